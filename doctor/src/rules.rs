//! The rules that a recording can break: those of the core, and some of the doctor's own.

use serde::Serialize;
use ws101_core::handshake::HandshakeViolation;
use ws101_core::{Rule, Violation};

use crate::Severity;
use crate::probing::ProbeRule;
use crate::table::rule_table;

rule_table! {
    /// A rule that the core does not judge: of time and of both directions together, of what browsers add, and of bytes
    /// that were never meant as what they are read as.
    pub enum DoctorRule {
        RequestDeflateOffer Warning { "REQUEST_DEFLATE_OFFER_INVALID", "RFC 7692 §7", "An offer of permessage-deflate has a parameter that no offer may have, so that the server declines it.", "Use `server_no_context_takeover`, `client_no_context_takeover`, `server_max_window_bits` and `client_max_window_bits`, each once; window bits are 8 to 15." }
        ResponseMissing Error { "RESPONSE_MISSING", "RFC 6455 §4.2.2", "The server sent no byte of a response.", "Read the server's log of that moment; see that the URL's scheme, `ws:` or `wss:`, is the one that the port speaks." }
        ResponseNotHttp Error { "RESPONSE_NOT_HTTP", "RFC 6455 §4.2.2", "What the server sent first is no HTTP response.", "Answer the request with `HTTP/1.1 101 Switching Protocols` before anything else; see that the URL's scheme and port are those of a WebSocket server." }
        BytesBeforeHead Warning { "BYTES_BEFORE_STATUS_LINE", "RFC 9112 §4", "Bytes stand before the status line.", "Write nothing before `HTTP/1.1`: no empty line, and no byte order mark of a source file." }
        ResponseProtocolMissing Warning { "RESPONSE_PROTOCOL_MISSING", "WHATWG WebSockets §2.2", "The request offers subprotocols and the response names none: the RFC allows it, browsers other than Firefox fail.", "Answer with one of the names that the request offered, or offer none." }
        ResponseVersionField Note { "RESPONSE_VERSION_FIELD", "RFC 6455 §4.2.2", "The 101 response has a Sec-WebSocket-Version field, which is meant for refusals.", "Send it with 426 only; nobody minds it here." }
        ResponseBody Note { "RESPONSE_BODY", "RFC 9110 §8.6", "The 101 response announces a body, which it cannot have.", "Send neither Content-Length nor Transfer-Encoding with 101." }
        BytesBehindHead Error { "BYTES_BEHIND_HEAD", "RFC 6455 §5.2", "Bytes that belong to no frame stand between the head and the first frame.", "End the head with one empty line, CR LF CR LF, and write nothing more before the first frame." }
        UnframedData Error { "UNFRAMED_DATA", "RFC 6455 §5.2", "Bytes that are no frame stand where a frame should begin.", "Put a frame around everything that is sent after the handshake: let the library send it." }
        LengthWrong Error { "FRAME_LENGTH_WRONG", "RFC 6455 §5.2", "The payload length is not the number of bytes in the payload.", "Encode the payload first, count its bytes, and write the number in network byte order in the shortest form." }
        FrameTooLong Error { "FRAME_OVER_2_GIB", "RFC 6455 §10.4", "The frame announces more than 2147483647 bytes, which no browser takes.", "Send less at a time; where so much was not meant, see to the byte order of the length." }
        FrameCut Error { "FRAME_CUT", "RFC 6455 §5.2", "The connection ended within a frame.", "Write all of a frame before the connection is closed, and look at how much each write took." }
        FramesLost Note { "FRAMES_LOST", "RFC 6455 §5.2", "Where the next frame begins cannot be told; what follows was not judged.", "Mend what is told of the bytes before this, and record once more." }
        MaskingKeyConstant Note { "MASKING_KEY_CONSTANT", "RFC 6455 §5.3", "All frames of the client have the same masking-key.", "Draw a new key for each frame from a strong source of randomness." }
        FrameAfterClose Warning { "FRAME_AFTER_CLOSE", "RFC 6455 §5.5.1", "Bytes follow after a Close frame from the same end.", "Let the Close be the last frame: stop heartbeats and writers first." }
        MessageSplit Note { "MESSAGE_SPLIT_AT_125", "RFC 6455 §5.4", "A text of more than 125 bytes was sent as several messages.", "Send it as one message: a frame can be longer than 125 bytes, and a message can have several frames." } [StrSplit125]
        MessageNotEnded Note { "MESSAGE_NOT_ENDED", "RFC 6455 §5.4", "A message has begun and its last fragment did not come: the other end's application was told nothing of it.", "Set FIN on the last fragment of each message." }
        MessageDeflateEmpty Note { "MESSAGE_DEFLATE_EMPTY", "RFC 7692 §7.2.3.6", "A compressed message has not one byte; an empty message is the byte 00.", "Send the byte 00, or send empty messages uncompressed." }
        MessageUtf16 Note { "MESSAGE_LOOKS_LIKE_UTF16", "RFC 6455 §8.1", "A text message is UTF-8, but every second byte of it is zero, as in UTF-16.", "Encode text as UTF-8." }
        ContextTakeover Warning { "MESSAGE_CONTEXT_TAKEN_OVER", "RFC 7692 §7.1.1", "A compressed message refers back to a message before it, though the ends agreed that none does: browsers let it pass, other clients fail.", "Reset the compressor after each message, or do not agree to `server_no_context_takeover` or `client_no_context_takeover`." }
        WindowExceeded Warning { "MESSAGE_WINDOW_EXCEEDED", "RFC 7692 §7.1.2", "A compressed message refers back further than the window that was agreed on: browsers let it pass, readers with smaller windows fail.", "Make the compressor with the window bits that were agreed on." }
        CloseAnsweredAsData Error { "CLOSE_ANSWERED_AS_DATA", "RFC 6455 §5.5.1", "A Close was answered by its payload in a data frame, and not by a Close.", "Look at the opcode of what comes in, and answer opcode 8 with a Close." } [OpcodeIgnored]
        PingAnsweredAsData Error { "PING_ANSWERED_AS_DATA", "RFC 6455 §5.5.2", "A Ping was answered by its payload in a data frame, and not by a Pong.", "Look at the opcode of what comes in, and answer opcode 9 with a Pong." } [OpcodeIgnored]
        PingUnanswered Error { "PING_UNANSWERED", "RFC 6455 §5.5.2", "A Ping was not answered for seconds.", "Answer each Ping, or the latest, with a Pong at once." }
        PongPayload Warning { "PONG_PAYLOAD_WRONG", "RFC 6455 §5.5.3", "The Pongs do not have the payload of the Ping.", "Send back the payload of the Ping that is answered." }
        CloseUnanswered Error { "CLOSE_UNANSWERED", "RFC 6455 §5.5.1", "A Close was not answered by a Close.", "Answer a Close with a Close, and only then end the connection." }
        CloseMissing Note { "CLOSE_MISSING", "RFC 6455 §7.1.5", "The connection ended without a Close frame: both ends are told 1006.", "Where the end was meant, send a Close and wait for the answer before the socket is closed." }
        CloseStatusOfClient Note { "CLOSE_STATUS_OF_CLIENT", "RFC 6455 §7.4.1", "A server's Close carries 1010, which only clients have a use for.", "Close with 1011, 1008 or a code of your own." }
        ResetAfterClose Note { "RESET_AFTER_CLOSE", "RFC 6455 §7.1.1", "The server resets the TCP connection behind its Close, so that the Close may be lost.", "Shut the connection down in order: read what still comes, then close the socket." }
        ConnectionKept Note { "CONNECTION_KEPT", "RFC 6455 §7.1.1", "The server keeps the TCP connection open after the closing handshake.", "Close the TCP connection once a Close was sent and one has come." }
        BytesAfterEnd Warning { "BYTES_AFTER_END", "RFC 9293 §3.6", "The recording has bytes from an end that had ended its side of the connection before.", "See that the recording is of one connection, and in order." }
    }
}

/// A rule as it is listed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[non_exhaustive]
pub struct ListedRule {
    /// Its stable name, in `SCREAMING_SNAKE_CASE`.
    pub code: &'static str,
    /// Where it stands, e.g. `RFC 6455 §5.1`.
    pub section: &'static str,
    /// What is wrong where it is broken, in a sentence.
    pub sentence: &'static str,
    /// What to do about it, in a sentence.
    pub fix: &'static str,
    /// How bad it usually is; a finding may be better or worse, as its bytes are.
    pub severity: Severity,
}

/// Every rule that a finding can be of: the core's of the handshake and of frames, then the doctor's own, then those that
/// only a live server can be seen to break.
///
/// ```
/// use ws101_doctor::{Severity, rules};
/// let masked = rules().find(|rule| rule.code == "FRAME_MASKED").unwrap();
/// assert_eq!((masked.section, masked.severity), ("RFC 6455 §5.1", Severity::Warning));
/// ```
pub fn rules() -> impl Iterator<Item = ListedRule> {
    let heads = HandshakeViolation::ALL.iter().map(|&rule| (rule.rule(), of_handshake(rule)));
    let frames = Violation::ALL.iter().map(|&rule| (rule.rule(), of_frames(rule)));
    let own = DoctorRule::ALL.iter().map(|rule| (rule.rule(), rule.severity()));
    let probed = ProbeRule::ALL.iter().map(|rule| (rule.rule(), rule.severity()));
    heads.chain(frames).chain(own).chain(probed).map(|(rule, severity)| {
        let Rule { code, section, sentence, fix } = rule;
        ListedRule { code, section, sentence, fix, severity }
    })
}

/// How bad it is that a head breaks this rule, where nothing more is known: a warning where a browser lets it pass.
pub(crate) const fn of_handshake(rule: HandshakeViolation) -> Severity {
    use HandshakeViolation as V;
    match rule {
        V::BareLf
        | V::BareCr
        | V::FieldFolded
        | V::FieldWithoutColon
        | V::BlankBeforeColon
        | V::FieldName
        | V::FieldValue
        | V::ResponseVersion
        | V::ResponseInterim => Severity::Warning,
        _ => Severity::Error,
    }
}

/// How bad it is that frames break this rule, where nothing more is known: a warning where a browser lets it pass.
pub(crate) const fn of_frames(rule: Violation) -> Severity {
    match rule {
        Violation::MaskedFrame | Violation::CloseBodyTooShort | Violation::CloseStatusNotAllowed => Severity::Warning,
        _ => Severity::Error,
    }
}
