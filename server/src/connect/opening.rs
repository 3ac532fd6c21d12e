//! From an URL to an open connection: TCP, TLS, and the client's opening handshake (RFC 6455 §4.1).

use std::net::SocketAddr;
use std::time::Duration;

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::time::timeout;
use ws101_core::deflate::{Agreement, Offer, Offers};
use ws101_core::handshake::{ClientRequest, HandshakeError, HandshakeViolation, Key};
use ws101_core::{Head, HeadReader, Span};

use crate::connect::arguments::RequestArguments;
use crate::connect::dial::{Dialled, dial, place};
use crate::connect::report::{Party, Report};
use crate::connect::status::Status;
use crate::connect::stream::Stream;
use crate::connect::target::Target;
use crate::connect::tls::Tls;
use crate::failure::Failure;
use crate::limits::{CHUNK, HEAD};
use crate::preview::preview;

/// A connection after its opening handshake.
pub(super) struct Opened {
    pub(super) stream: Box<dyn Stream>,
    pub(super) address: SocketAddr,
    /// The version and the cipher suite of TLS.
    pub(super) tls: Option<String>,
    /// The heads that crossed.
    pub(super) request: Vec<u8>,
    pub(super) response: Vec<u8>,
    /// What came after the response.
    pub(super) rest: Vec<u8>,
    pub(super) subprotocol: Option<String>,
    /// The names of the extensions that the server takes.
    pub(super) extensions: Vec<String>,
    /// What was agreed on about permessage-deflate.
    pub(super) deflate: Option<Agreement>,
}

/// Opens a connection. What it finds out on the way is told to `report`.
pub(super) async fn open(
    target: &Target,
    tls: Option<&Tls>,
    arguments: &RequestArguments,
    report: &Report,
) -> Result<Opened, Failure> {
    let Dialled { mut stream, address, tls } = dial(target, tls).await.map_err(|error| failed(error.to_string()))?;

    let fields = fields(target, arguments);
    let fields: Vec<_> = fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    let subprotocols: Vec<_> = arguments.subprotocol.iter().map(String::as_str).collect();
    let offers = Offers::new([Offer::new().client_max_window_bits(None)]);
    let offered = offers.field_value();
    let mut request = ClientRequest::new(&target.authority, &target.resource, key()?)
        .subprotocols(&subprotocols)
        .extensions(if arguments.no_deflate { "" } else { offered.as_str() })
        .fields(&fields);
    if let Some(origin) = &arguments.origin {
        request = request.origin(origin);
    }
    let head = write(&request).map_err(|error| Failure::usage(format!("the request cannot be sent: {error}")))?;
    report.head(Party::Client, &head);
    let broke = |error| failed(format!("{} broke the connection during the handshake: {error}", place(target)));
    stream.write_all(&head).await.map_err(broke)?;
    stream.flush().await.map_err(broke)?;

    let mut rest = Vec::new();
    loop {
        let answer = read_head(&mut *stream, &mut rest, target).await?;
        report.head(Party::Server, &answer);
        let verified = request.verify_response(&answer);
        let judged = verified.and_then(|response| Ok((response, offers.judge(response.extensions())?)));
        match judged {
            Ok((response, deflate)) => {
                let subprotocol = response.subprotocol().map(str::to_owned);
                let extensions = response.extensions().map(|extension| extension.name().to_owned()).collect();
                return Ok(Opened {
                    stream,
                    address,
                    tls,
                    request: head,
                    response: answer,
                    rest,
                    subprotocol,
                    extensions,
                    deflate,
                });
            }
            Err(error) if error.violation == HandshakeViolation::ResponseInterim => {}
            Err(error) if error.violation == HandshakeViolation::NotSwitchingProtocols => {
                let body = read_body(&mut *stream, rest, &answer).await;
                report.refused(&answer, &body);
                return Err(refused(&answer));
            }
            Err(error) => return Err(violated(error, &answer, report)),
        }
    }
}

/// Sixteen fresh random bytes.
fn key() -> Result<Key, Failure> {
    let mut nonce = [0; Key::NONCE_LENGTH];
    getrandom::fill(&mut nonce).map_err(|error| format!("the system gives no random bytes: {error}"))?;
    Ok(Key::from_nonce(nonce))
}

fn write(request: &ClientRequest<'_>) -> Result<Vec<u8>, ws101_core::handshake::BuildError> {
    let mut head = vec![0; request.encoded_len()?];
    request.write(&mut head)?;
    Ok(head)
}

/// The fields of the command line, and ours where it says nothing of them.
fn fields(target: &Target, arguments: &RequestArguments) -> Vec<(String, String)> {
    let mut fields = arguments.header.clone();
    let ours = [
        ("User-Agent", Some(concat!("ws101/", env!("CARGO_PKG_VERSION")))),
        ("Authorization", target.authorization.as_deref()),
    ];
    for (name, value) in ours {
        let said = fields.iter().any(|(other, _)| other.eq_ignore_ascii_case(name));
        if let Some(value) = value.filter(|_| !said) {
            fields.push((name.to_owned(), value.to_owned()));
        }
    }
    fields
}

/// The next head; what follows it is left in `rest`, which is its beginning.
async fn read_head(stream: &mut dyn Stream, rest: &mut Vec<u8>, target: &Target) -> Result<Vec<u8>, Failure> {
    let mut reader = HeadReader::new(vec![0; HEAD as usize]);
    loop {
        let mut input = rest.as_slice();
        let taken = reader.receive(&mut input);
        *rest = input.to_vec();
        // Of what does not begin as an answer, nothing that follows makes one: the core says what is wrong.
        if taken != Ok(false) || !is_http(reader.bytes()) {
            return Ok(reader.bytes().to_vec());
        }
        let mut chunk = vec![0; CHUNK];
        let length = match stream.read(&mut chunk).await {
            Ok(length) => length,
            Err(error) if error.kind() == std::io::ErrorKind::UnexpectedEof => 0,
            Err(error) => {
                return Err(failed(format!("{} broke the connection before it answered: {error}", place(target))));
            }
        };
        if length == 0 && reader.bytes().is_empty() {
            return Err(failed(format!("{} closed the connection without an answer", place(target))));
        }
        if length == 0 {
            return Ok(reader.bytes().to_vec());
        }
        rest.extend_from_slice(&chunk[..length]);
    }
}

/// Whether bytes may be the beginning of an answer in HTTP.
fn is_http(bytes: &[u8]) -> bool {
    let beginning = b"HTTP/";
    let known = bytes.len().min(beginning.len());
    bytes[..known] == beginning[..known]
}

/// The beginning of an answer's body, as it comes.
async fn read_body(stream: &mut dyn Stream, mut body: Vec<u8>, head: &[u8]) -> Vec<u8> {
    /// Bytes that are shown at most.
    const SHOWN: usize = 2 << 10;
    /// How long they are waited for.
    const PATIENCE: Duration = Duration::from_secs(2);
    let length = Head::new(head).fields_named("Content-Length").next();
    let length = length.and_then(|line| std::str::from_utf8(line.value_bytes()).ok()?.parse().ok());
    let wanted = length.unwrap_or(SHOWN).min(SHOWN);
    // What has come by then is what is shown.
    let _ = timeout(PATIENCE, async {
        let mut chunk = vec![0; CHUNK];
        while body.len() < wanted
            && let Ok(length @ 1..) = stream.read(&mut chunk).await
        {
            body.extend_from_slice(&chunk[..length]);
        }
    })
    .await;
    body.truncate(wanted);
    body
}

fn refused(answer: &[u8]) -> Failure {
    let head = Head::new(answer);
    let line = String::from_utf8_lossy(head.start_line().content.of(answer)).into_owned();
    let location = head.fields_named("Location").next();
    let elsewhere =
        location.map_or_else(String::new, |field| format!("; it points to {}", preview(field.value_bytes())));
    Failure {
        message: format!("the server did not switch protocols: {line:?}{elsewhere}"),
        status: Status::Refused.code(),
    }
}

fn violated(error: HandshakeError, answer: &[u8], report: &Report) -> Failure {
    let too_long = error.violation == HandshakeViolation::HeadIncomplete && answer.len() >= HEAD as usize;
    let error = if too_long {
        HandshakeError { violation: HandshakeViolation::HeadTooLong, at: Span::new(answer.len(), answer.len()) }
    } else {
        error
    };
    report.handshake_violation(error, answer);
    let hint = match answer.first() {
        // The content types of an alert and of a handshake message (RFC 8446 §5.1).
        Some(0x15 | 0x16) => "; it looks like TLS, which is wss://",
        _ if !is_http(answer) => "; it is no answer in HTTP at all",
        _ => "",
    };
    let message = format!("the server's answer to the handshake is wrong{hint}");
    Failure { message, status: Status::Violation.code() }
}

fn failed(message: String) -> Failure {
    Failure { message, status: Status::NotConnected.code() }
}
