//! Rows of writing: binary messages as a client sends them, each masked with a key of its own.

use std::collections::HashSet;

use bytes::Bytes;

use crate::contestant::{Encode, Load, Standing};
use crate::entrant::{Entrant, Pass, enter, timed};
use crate::frame::{MaskedHeader, mask, read_header, write_header};
use crate::transport::Outlet;
use crate::wire::{Content, Wire};

/// Who writes messages of `size` bytes, and how many messages a pass has.
///
/// # Errors
/// A contestant, and the frame that it wrote wrongly.
pub fn entrants(size: usize) -> Result<(Vec<Entrant>, usize), String> {
    let wire = Wire::new(Content::Binary, size);
    let load = Load {
        payload: Bytes::copy_from_slice(&wire.payloads()[0]),
        messages: wire.messages(),
        outlet: Outlet::default(),
    };
    let entrants = enter(|contestant| {
        let encode = contestant.encode?;
        let verified = verified(encode(&load), &load, contestant.standing);
        Some(verified.map(|()| (pass(encode(&load)), None)))
    })?;
    Ok((entrants, load.messages))
}

fn pass(mut encode: Encode) -> Pass {
    Box::new(move || timed(&mut encode))
}

/// Two passes, the second over what the first left behind; every frame is read back.
fn verified(mut encode: Encode, load: &Load, standing: Standing) -> Result<(), String> {
    for _ in 0..2 {
        load.outlet.keep();
        encode()?;
        let written = load.outlet.take();
        let copied = || standing == Standing::Limit && written == load.payload.repeat(load.messages);
        if !copied() {
            check(&written, load)?;
        }
    }
    Ok(())
}

/// Every frame must be the shortest that carries the payload, final, masked, and not all with one key.
fn check(written: &[u8], load: &Load) -> Result<(), String> {
    let mut rest = written;
    let mut keys = HashSet::new();
    for number in 0..load.messages {
        let frame = read_header(rest).and_then(|(header, size)| {
            let (payload, after) = rest[size..].split_at_checked(header.length)?;
            Some((header, payload, after))
        });
        let Some((header @ MaskedHeader { first: 0x82, key, .. }, payload, after)) = frame else {
            return Err(format!("frame {number} is not a masked frame of a binary message"));
        };
        let mut unmasked = payload.to_vec();
        mask(&mut unmasked, key);
        if unmasked != load.payload {
            return Err(format!("frame {number} does not carry what was sent"));
        }
        let mut shortest = Vec::new();
        write_header(&mut shortest, header);
        if !rest.starts_with(&shortest) {
            return Err(format!("frame {number} has a longer head than it needs"));
        }
        keys.insert(key);
        rest = after;
    }
    if !rest.is_empty() {
        return Err(format!("{} bytes follow the last frame", rest.len()));
    }
    if load.messages > 1 && keys.len() == 1 {
        return Err("all frames have the same masking-key".to_owned());
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::check;
    use crate::contestant::Load;
    use crate::transport::Outlet;
    use bytes::Bytes;

    const TWO: [u8; 16] = [0x82, 0x82, 1, 2, 3, 4, b'a' ^ 1, b'b' ^ 2, 0x82, 0x82, 5, 6, 7, 8, b'a' ^ 5, b'b' ^ 6];

    fn load() -> Load {
        Load { payload: Bytes::from_static(b"ab"), messages: 2, outlet: Outlet::default() }
    }

    #[test]
    fn frames_that_carry_the_payload_pass() {
        assert_eq!(check(&TWO, &load()), Ok(()));
    }

    #[test]
    fn wrong_bytes_too_few_and_too_many_are_found() {
        let mut wrong = TWO;
        wrong[15] ^= 1;
        assert!(check(&wrong, &load()).unwrap_err().contains("frame 1 does not carry"));
        assert!(check(&TWO[..15], &load()).unwrap_err().contains("frame 1 is not"));
        assert!(check(&[&TWO[..], &[0]].concat(), &load()).unwrap_err().contains("1 bytes follow"));
    }

    #[test]
    fn one_key_for_all_frames_is_found() {
        let same = [&TWO[..8], &TWO[..8]].concat();
        assert!(check(&same, &load()).unwrap_err().contains("same masking-key"));
    }

    #[test]
    fn a_longer_length_form_than_needed_is_found() {
        let long = [&[0x82, 0xfe, 0, 2, 1, 2, 3, 4, b'a' ^ 1, b'b' ^ 2], &TWO[8..]].concat();
        assert!(check(&long, &load()).unwrap_err().contains("frame 0 has a longer head"));
    }
}
