//! The heads before the frames: their parts, and what they say of the connection.

use ws101_core::handshake::{ClientRequest, HandshakeError, HandshakeViolation, Key, OriginPolicy, UpgradeRequest};
use ws101_core::inspect::{self, Field};
use ws101_core::{Head, Span};
use ws101_doctor::file::HeadKind;

use crate::decode::messages;
use crate::decode::stream::{Context, HeadPart, moved, reader_of_head};
use crate::finding::Finding;

/// What follows a head.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Next {
    Head,
    Frames,
    Body,
}

/// Reads the head that begins at `start`; the context learns what it says of the connection.
pub(super) fn read(bytes: &[u8], start: usize, kind: HeadKind, context: &mut Context) -> (HeadPart, Next) {
    let rest = &bytes[start..];
    let mut fields = Vec::new();
    let mut label = |field: Field| fields.push(moved(field, start));
    let (length, error) = match kind {
        HeadKind::Request => {
            (inspect::request(rest, &mut label), UpgradeRequest::verify(rest, OriginPolicy::Any).err())
        }
        HeadKind::Response => (inspect::response(rest, &mut label), judge_response(rest, context).err()),
    };
    context.reader = context.reader.or(Some(reader_of_head(kind)));
    let next = match error.map(|error| error.violation) {
        Some(HandshakeViolation::ResponseInterim) => Next::Head,
        Some(HandshakeViolation::NotSwitchingProtocols) => Next::Body,
        _ => Next::Frames,
    };
    // That another head follows is no fault.
    let error = error.filter(|error| error.violation != HandshakeViolation::ResponseInterim);
    let head = HeadPart {
        kind,
        at: Span::new(start, start + length),
        fields,
        finding: error.map(|error| Finding::of_head(error, rest).after(start as u64)),
        complete: Head::new(rest).empty_line().is_some(),
    };
    (head, next)
}

/// Judges a response whose request is not here: what it chose is taken as offered, and its answer to the key is only
/// judged where the key is known.
fn judge_response(bytes: &[u8], context: &mut Context) -> Result<(), HandshakeError> {
    let head = Head::new(bytes);
    let values = |name| {
        let values = head.fields_named(name).filter_map(|line| std::str::from_utf8(line.value_bytes()).ok());
        values.collect::<Vec<_>>()
    };
    let (subprotocols, extensions) = (values("Sec-WebSocket-Protocol"), values(EXTENSIONS).join(", "));
    let request = ClientRequest::new("", "", context.key.unwrap_or_else(|| Key::from_nonce([0; Key::NONCE_LENGTH])))
        .subprotocols(&subprotocols)
        .extensions(&extensions);
    match request.verify_response(bytes) {
        Err(error) if context.key.is_some() || error.violation != HandshakeViolation::AcceptWrong => return Err(error),
        _ => {}
    }
    let agreed = messages::agreement(&extensions).map_err(|violation| HandshakeError {
        violation,
        at: head.fields_named(EXTENSIONS).next().map(|line| line.value).unwrap_or_default(),
    })?;
    context.deflate = context.deflate.or(agreed);
    Ok(())
}

const EXTENSIONS: &str = "Sec-WebSocket-Extensions";
