//! Which requests the tap is there for.

use ws101_core::Head;
use ws101_doctor::file::HeadKind;

/// What the first bytes of a client are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// More bytes, please.
    Unknown,
    /// A request of HTTP that does not ask for WebSocket.
    Plain,
    /// A request that asks for WebSocket, well or badly; or something that is no request at all.
    WebSocket,
}

/// Bytes of the longest head that is waited for.
pub(super) const HEAD: usize = 64 << 10;

impl Kind {
    pub(super) fn of(bytes: &[u8]) -> Self {
        let known = &bytes[..bytes.len().min(HEAD)];
        let line = known.contains(&b'\n');
        match HeadKind::of(known) {
            Some(HeadKind::Request) if Head::new(known).empty_line().is_none() && bytes.len() < HEAD => Self::Unknown,
            Some(HeadKind::Request) if !asks_for_websocket(known) => Self::Plain,
            // Its first line is not all there.
            _ if !line && bytes.len() < HEAD && looks_like_text(known) => Self::Unknown,
            _ => Self::WebSocket,
        }
    }
}

fn looks_like_text(bytes: &[u8]) -> bool {
    bytes.iter().all(|byte| (b' '..=b'~').contains(byte) || *byte == b'\r')
}

/// Whether a head has any field of an opening handshake: one that lacks others is what a tap is there for.
pub(super) fn asks_for_websocket(head: &[u8]) -> bool {
    Head::new(head).fields().any(|field| {
        let name = field.name_bytes().to_ascii_lowercase();
        let value = field.value_bytes().to_ascii_lowercase();
        name.starts_with(b"sec-websocket-") || name == b"upgrade" && value.windows(9).any(|part| part == b"websocket")
    })
}

#[cfg(test)]
mod tests {
    use super::{HEAD, Kind};

    #[test]
    fn requests_are_told_by_their_fields() {
        for (bytes, kind) in [
            ("", Kind::Unknown),
            ("GET / HT", Kind::Unknown),
            ("GET / HTTP/1.1\r\nHost: a\r\n", Kind::Unknown),
            ("GET / HTTP/1.1\r\nHost: a\r\n\r\n", Kind::Plain),
            ("POST / HTTP/1.1\r\nUpgrade: h2c\r\n\r\nbody", Kind::Plain),
            ("GET / HTTP/1.1\r\nupgrade: WebSocket\r\n\r\n", Kind::WebSocket),
            // What a proxy left of a handshake.
            ("GET / HTTP/1.1\r\nConnection: close\r\nSec-WebSocket-Key: x\r\n\r\n", Kind::WebSocket),
            ("\u{16}\u{3}\u{1}", Kind::WebSocket),
            ("hello\n", Kind::WebSocket),
        ] {
            assert_eq!(Kind::of(bytes.as_bytes()), kind, "{bytes:?}");
        }
        assert_eq!(Kind::of(&vec![b'x'; HEAD]), Kind::WebSocket);
        let long = format!("GET / HTTP/1.1\r\n{}", "a: b\r\n".repeat(HEAD / 6 + 1));
        assert_eq!(Kind::of(long.as_bytes()), Kind::Plain);
    }
}
