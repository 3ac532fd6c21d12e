//! Bytes between the head and the first frame.

use ws101_core::Span;

use crate::Cause;
use crate::judge::detectives::length::is_followed_by_whole_frame;

/// What stands there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::judge) struct Filler {
    pub(in crate::judge) at: Span,
    pub(in crate::judge) cause: Cause,
}

/// How many bytes of filler are looked behind.
const MOST: usize = 8;

/// From how many zero bytes on nothing else is meant by them, though two of them read as an empty fragment.
const CERTAIN: usize = 3;

/// Whether zero bytes are all that follows.
pub(in crate::judge) fn is_all_zeros(bytes: &[u8], start: usize) -> bool {
    bytes.len() - start >= CERTAIN && bytes[start..].iter().all(|&byte| byte == 0)
}

/// A few zero bytes, line ends or blanks, or a byte order mark, behind which frames begin, or nothing does.
pub(in crate::judge) fn recognise(bytes: &[u8], start: usize, begins_frame: &dyn Fn(usize) -> bool) -> Option<Filler> {
    let rest = &bytes[start..];
    let cause = match rest {
        [0, ..] => Cause::NulBehindHead,
        [b'\r' | b'\n' | b' ' | b'\t', ..] => Cause::LineBehindHead,
        [0xef, 0xbb, 0xbf, ..] => Cause::UnframedText,
        _ => return None,
    };
    let is_filler = |&&byte: &&u8| matches!(byte, 0 | b'\r' | b'\n' | b' ' | b'\t');
    let mark = if cause == Cause::UnframedText { 3 } else { 0 };
    let length = mark + rest[mark..].iter().take(MOST).take_while(is_filler).count();
    let at = Span::new(start, start + length);
    // One byte may be the first of a frame, so that the next two read as one by accident.
    let certain = cause == Cause::NulBehindHead && begins_frame(at.end);
    let followed = is_followed_by_whole_frame(bytes, at.end, begins_frame);
    (certain || followed).then_some(Filler { at, cause })
}

#[cfg(test)]
mod tests {
    use super::recognise;
    use crate::Cause;

    #[test]
    fn zero_bytes_and_line_ends() {
        let recognised = |bytes: &[u8]| {
            let begins = |at: usize| bytes.get(at).is_none_or(|&byte| byte == 0x81);
            recognise(bytes, 0, &begins).map(|filler| (filler.at.end, filler.cause))
        };
        assert_eq!(recognised(b"\0\x81\x05hello"), Some((1, Cause::NulBehindHead)));
        assert_eq!(recognised(b"\r\n\x81\x05hello"), Some((2, Cause::LineBehindHead)));
        assert_eq!(recognised(b"\r\n"), Some((2, Cause::LineBehindHead)));
        assert_eq!(recognised(b"\xef\xbb\xbf\x81\x00"), Some((3, Cause::UnframedText)));
        assert_eq!(recognised(b"\r\nhello"), None);
        assert_eq!(recognised(b"\x81\x00"), None);
    }
}
