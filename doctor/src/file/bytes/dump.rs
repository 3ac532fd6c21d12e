//! Hexadecimal dumps: an offset at the beginning of each line, and text at its end.

use crate::file::bytes::digits::digits;
use crate::file::bytes::{InRows, Row};
use crate::file::heads::{self, TextLine};

/// Bytes that a dump has at most: what `*` repeats takes no room in it.
const LIMIT: usize = 64 << 20;

/// The bytes of a dump as xxd, `hexdump -C`, `od -tx1` and Wireshark print it, and the lines that they stand in; `None`
/// where the text is no dump.
pub(super) fn parse(text: &str) -> Option<Result<InRows, String>> {
    let lines = heads::lines(text).into_iter().map(|line| TextLine { text: line.text.trim_end(), ..line });
    let lines: Vec<TextLine<'_>> = lines.filter(|line| !line.text.is_empty()).collect();
    let first = Line::parse(lines.first()?.text)?;
    if first.are_words() {
        return Some(Err(
            "this looks like hexdump without -C, which prints two-byte words in the machine's order. Use \
                         `hexdump -C` or `xxd`"
                .to_owned(),
        ));
    }
    match read(&lines, &first) {
        // Digits that happen to look like an offset.
        Err(_) if !first.marked => None,
        Ok(_) if !first.marked && first.offset != 0 && lines.len() == 1 => None,
        result => Some(result),
    }
}

fn read(lines: &[TextLine<'_>], first: &Line<'_>) -> Result<InRows, String> {
    let mut bytes: Vec<u8> = Vec::new();
    let mut rows = Vec::new();
    // How many bytes the line before had, for a `*` that stands for more lines like it.
    let mut width = 0;
    for (place, &TextLine { number, text }) in lines.iter().enumerate() {
        let start = Row { at: bytes.len(), line: number };
        let next = lines.get(place + 1).and_then(|line| Line::parse(line.text));
        let next = next.map(|next| usize::try_from(next.offset.wrapping_sub(first.offset)).unwrap_or(usize::MAX));
        let wrong = |why: &str| Err(format!("line {} of the dump {why}", place + 1));
        if text == "*" {
            let Some(end) = next.filter(|end| (bytes.len()..=LIMIT).contains(end) && width > 0) else {
                return wrong("repeats what cannot be repeated");
            };
            let pattern = bytes[bytes.len() - width..].to_vec();
            let missing = end - bytes.len();
            bytes.extend(pattern.iter().cycle().take(missing));
            rows.extend((missing > 0).then_some(start));
            continue;
        }
        let Some(line) = Line::parse(text) else {
            return wrong("does not begin with an offset");
        };
        if line.offset.wrapping_sub(first.offset) != bytes.len() as u64 || line.marked != first.marked {
            return wrong("has an offset that does not follow from the lines before it");
        }
        let repeated = lines.get(place + 1).is_some_and(|line| line.text == "*");
        let count = next.filter(|_| !repeated).map(|next| next.wrapping_sub(bytes.len()));
        let row = line.bytes(count);
        if count.is_some_and(|count| count != row.len()) {
            return wrong("has more or fewer bytes than the next line's offset says");
        }
        width = row.len();
        rows.extend((width > 0).then_some(start));
        bytes.extend(row);
    }
    Ok((bytes, rows))
}

/// A line that begins with an offset.
struct Line<'a> {
    offset: u64,
    /// Whether a colon says that it is one.
    marked: bool,
    rest: &'a str,
}

impl<'a> Line<'a> {
    fn parse(line: &'a str) -> Option<Self> {
        let line = line.trim_start();
        let number = digits(line);
        let rest = &line[number.len()..];
        let (marked, rest) = rest.strip_prefix(':').map_or((false, rest), |rest| (true, rest));
        let parted = rest.is_empty() || rest.starts_with([' ', '\t']);
        if !(4..=16).contains(&number.len()) || !parted {
            return None;
        }
        // Bytes stand two digits apart; other groups only behind a colon.
        let group = digits(rest.trim_start()).len();
        let plausible = marked || matches!(group, 0 | 2) || (group, number.len()) == (4, 7);
        let offset = u64::from_str_radix(number, 16).ok()?;
        plausible.then_some(Self { offset, marked, rest })
    }

    fn are_words(&self) -> bool {
        !self.marked && digits(self.rest.trim_start()).len() == 4
    }

    /// The bytes of the line: `count` of them, if it is known, and else those up to the gap before the text.
    fn bytes(&self, count: Option<usize>) -> Vec<u8> {
        let mut bytes = Vec::new();
        let mut rest = self.rest.split('|').next().unwrap_or_default();
        while count.is_none_or(|count| bytes.len() < count) {
            let group = rest.trim_start();
            let gap = rest.len() - group.len();
            let number = digits(group);
            let after = &group[number.len()..];
            let alone = after.is_empty() || after.starts_with([' ', '\t']);
            // `hexdump -C` parts its bytes in the middle too.
            let middle = gap == 2 && bytes.len() == 8 && number.len() == 2;
            let before_text = count.is_none() && gap > 1 && !bytes.is_empty() && !middle;
            let Ok(more) = hex::decode(number) else { break };
            if more.is_empty() || !alone || before_text {
                break;
            }
            bytes.extend(more);
            rest = after;
        }
        bytes
    }
}

#[cfg(test)]
mod tests {
    use super::{Row, parse};

    /// Twenty bytes whose text looks like digits.
    const BYTES: [u8; 20] = *b"\x81\x12abcdefabcdef012345";

    fn is(text: &str, bytes: &[u8]) {
        let (found, _) = parse(text).unwrap_or_else(|| panic!("no dump: {text}")).unwrap();
        assert_eq!(found, bytes, "{text}");
    }

    #[test]
    fn dumps_of_the_usual_tools_are_read() {
        is(
            "00000000: 8112 6162 6364 6566 6162 6364 6566 3031  ..abcdefabcdef01\n\
             00000010: 3233 3435                                2345\n",
            &BYTES,
        );
        is(
            "00000000  81 12 61 62 63 64 65 66  61 62 63 64 65 66 30 31  |..abcdefabcdef01|\n\
             00000010  32 33 34 35                                       |2345|\n00000014\n",
            &BYTES,
        );
        // od -A x -t x1
        is("000000 81 12 61 62 63 64 65 66 61 62 63 64 65 66 30 31\n000010 32 33 34 35\n000014\n", &BYTES);
        // Wireshark, with and without its text.
        is(
            "0000   81 12 61 62 63 64 65 66 61 62 63 64 65 66 30 31   ..abcdefabcdef01\r\n0010   32 33 34 35   2345\r\n",
            &BYTES,
        );
        is("0000  81 12 61 62 63 64 65 66  61 62 63 64 65 66 30 31\n0010  32 33 34 35", &BYTES);
        // A part of a longer dump.
        is("00000100: 8102 6162  ..ab\n00000104: 8100  ..\n", b"\x81\x02ab\x81\x00");
        is("0000   81 00", b"\x81\x00");
        is("00000000: 6162 6364 6566 6768  abcdefgh", b"abcdefgh");
    }

    #[test]
    fn a_star_stands_for_lines_like_the_one_before() {
        let mut bytes = b"\x82\x7e\x00\x2c".to_vec();
        bytes.resize(48, 0);
        let lines = "00000000  82 7e 00 2c 00 00 00 00  00 00 00 00 00 00 00 00  |.~.,............|\n\
                     00000010  00 00 00 00 00 00 00 00  00 00 00 00 00 00 00 00  |................|\n*\n00000030\n";
        is(lines, &bytes);
        // Its bytes stand in its own line.
        let (_, rows) = parse(lines).unwrap().unwrap();
        assert_eq!(rows, [(0, 1), (16, 2), (32, 3)].map(|(at, line)| Row { at, line }));
        assert!(parse(&lines.replace("00000030", "ffffffffffff")).is_none_or(|result| result.is_err()));
    }

    #[test]
    fn digits_that_only_look_like_offsets_are_none() {
        for text in ["8105 48\n6c6c 6f", "81054865\n6c6c6f", "48656c6c 81 05", "81:05:48", "8105:4865", "", "*", "zz"] {
            assert!(parse(text).is_none(), "{text}");
        }
    }

    #[test]
    fn a_dump_with_a_gap_is_an_error() {
        let error = parse("00000000: 8105\n00000010: 4865\n").unwrap().unwrap_err();
        assert!(error.contains("line 1"), "{error}");
        let error = parse("00000000: 8105\n00000002: 48zz\nxx").unwrap().unwrap_err();
        assert!(error.contains("line 3"), "{error}");
        let error = parse("0000000 0581 6548 6c6c 006f\n0000007\n").unwrap().unwrap_err();
        assert!(error.contains("hexdump -C"), "{error}");
    }
}
