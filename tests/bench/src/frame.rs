//! The benchmark's own frames: nothing that is measured reads or writes them for the others.

/// What the head of a masked frame says (RFC 6455 §5.2).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct MaskedHeader {
    /// FIN, the reserved bits and the opcode.
    pub first: u8,
    /// Bytes of payload.
    pub length: usize,
    /// The masking-key.
    pub key: [u8; 4],
}

/// Writes the head of a masked frame with the shortest form of its length.
pub fn write_header(bytes: &mut Vec<u8>, header: MaskedHeader) {
    let MaskedHeader { first, length, key } = header;
    bytes.push(first);
    match (u8::try_from(length), u16::try_from(length)) {
        (Ok(short @ 0..126), _) => bytes.push(0x80 | short),
        (_, Ok(length)) => {
            bytes.push(0xfe);
            bytes.extend(length.to_be_bytes());
        }
        _ => {
            bytes.push(0xff);
            bytes.extend((length as u64).to_be_bytes());
        }
    }
    bytes.extend(key);
}

/// Reads the head of a masked frame, and says how long it is; `None` where it is cut, not masked or too long for this
/// machine.
#[inline]
pub fn read_header(bytes: &[u8]) -> Option<(MaskedHeader, usize)> {
    let (&[first, second @ 0x80..=0xff], rest) = bytes.split_first_chunk()? else { return None };
    let (length, key) = match second & 0x7f {
        126 => rest.split_first_chunk().map(|(length, rest)| (u64::from(u16::from_be_bytes(*length)), rest))?,
        127 => rest.split_first_chunk().map(|(length, rest)| (u64::from_be_bytes(*length), rest))?,
        short => (u64::from(short), rest),
    };
    let (&key, payload) = key.split_first_chunk()?;
    let header = MaskedHeader { first, length: usize::try_from(length).ok()?, key };
    Some((header, bytes.len() - payload.len()))
}

/// Masks or unmasks; the compiler makes vectors of it.
#[inline]
pub fn mask(payload: &mut [u8], key: [u8; 4]) {
    let stripe: [u8; 32] = std::array::from_fn(|at| key[at % 4]);
    let (stripes, rest) = payload.as_chunks_mut::<32>();
    for bytes in stripes {
        for (byte, mask) in bytes.iter_mut().zip(&stripe) {
            *byte ^= mask;
        }
    }
    for (byte, mask) in rest.iter_mut().zip(&stripe) {
        *byte ^= mask;
    }
}

#[cfg(test)]
mod tests {
    use super::{MaskedHeader, mask, read_header, write_header};

    #[test]
    fn heads_have_the_shortest_form_and_are_read_as_they_were_written() {
        for (length, size) in [(0, 6), (125, 6), (126, 8), (65_535, 8), (65_536, 14)] {
            let header = MaskedHeader { first: 0x82, length, key: [1, 2, 3, 4] };
            let mut bytes = Vec::new();
            write_header(&mut bytes, header);
            assert_eq!((bytes.len(), read_header(&bytes)), (size, Some((header, size))));
            assert_eq!(read_header(&bytes[..size - 1]), None);
        }
    }

    #[test]
    fn the_head_of_the_rfc_s_example_is_read() {
        // §5.7: a single-frame masked text message, "Hello".
        let mut frame = [0x81, 0x85, 0x37, 0xfa, 0x21, 0x3d, 0x7f, 0x9f, 0x4d, 0x51, 0x58];
        let (header, size) = read_header(&frame).unwrap();
        assert_eq!((header.first, header.length, size), (0x81, 5, 6));
        mask(&mut frame[size..], header.key);
        assert_eq!(&frame[size..], b"Hello");
    }

    #[test]
    fn a_frame_that_is_not_masked_is_none() {
        assert_eq!(read_header(&[0x81, 0x05, 0x48, 0x65, 0x6c, 0x6c, 0x6f]), None);
    }

    #[test]
    fn masking_meets_every_byte_with_its_key_s() {
        for length in 0..100 {
            let mut bytes: Vec<u8> = (0..length).collect();
            mask(&mut bytes, [9, 8, 7, 6]);
            assert!(bytes.iter().zip(0u8..).all(|(byte, at)| *byte == at ^ [9, 8, 7, 6][usize::from(at % 4)]));
        }
    }
}
