//! What a client sends while its server misbehaves: all that matters of it is its Close.

use ws101_core::{FrameDecoder, Opcode, Role, Rsv};

/// Looks for a Close in a client's bytes.
pub(super) struct Client {
    /// `None` once the Close was found, or bytes that are no frames.
    decoder: Option<FrameDecoder>,
    payload: Vec<u8>,
}

impl Client {
    pub(super) fn new() -> Self {
        // What the client sends is not judged here: the bit of compression must not hide its Close.
        let decoder = FrameDecoder::new(Role::Server).allow_rsv(Rsv::RSV1);
        Self { decoder: Some(decoder), payload: Vec::new() }
    }

    /// Reads what came, and unmasks it in its place; the Close's payload when it is whole.
    pub(super) fn read(&mut self, mut bytes: &mut [u8]) -> Option<Vec<u8>> {
        let decoder = self.decoder.as_mut()?;
        loop {
            match decoder.decode(&mut bytes) {
                Ok(None) => return None,
                Ok(Some(part)) if part.header.opcode == Opcode::Close => {
                    self.payload.extend_from_slice(part.payload);
                    if part.is_last() {
                        self.decoder = None;
                        return Some(std::mem::take(&mut self.payload));
                    }
                }
                Ok(Some(_)) => {}
                Err(_) => {
                    self.decoder = None;
                    return None;
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Client;

    #[test]
    fn a_close_is_found_in_whatever_pieces_it_comes() {
        // A compressed message, a ping and a Close 1000 with the reason "done"; the mask changes nothing.
        let stream = b"\xc1\x82\0\0\0\0hi\x89\x80\0\0\0\0\x88\x86\0\0\0\0\x03\xe8done\x81\x80\0\0\0\0";
        for size in 1..=stream.len() {
            let mut client = Client::new();
            let mut stream = stream.to_vec();
            let found: Vec<Vec<u8>> = stream.chunks_mut(size).filter_map(|piece| client.read(piece)).collect();
            assert_eq!(found, [b"\x03\xe8done"], "in pieces of {size}");
        }
    }

    #[test]
    fn bytes_that_are_no_frames_hold_no_close() {
        let mut client = Client::new();
        assert_eq!(client.read(&mut b"GET / HTTP/1.1\r\n\r\n".to_vec()), None);
        assert_eq!(client.read(&mut b"\x88\x80\0\0\0\0".to_vec()), None);
    }
}
