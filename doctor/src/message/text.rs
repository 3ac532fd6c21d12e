//! A pasted text, and patterns that are looked for in it.
//!
//! A pattern is in small letters (as which capitals of ASCII are read, and no others), with `'` for every kind of
//! quotation mark and single blanks. `{n}` stands for decimal digits, `{x}` for hexadecimal ones with or without `0x`,
//! `{}` for anything of up to [`LONGEST_HOLE`] bytes, and `{$}` for the rest of the line. It begins with letters.

/// What was pasted, in the form in which patterns are written, with the way back to what it was.
#[derive(Debug)]
pub(super) struct Text<'a> {
    pasted: &'a str,
    plain: String,
    /// For each byte of `plain`, where it comes from in `pasted`.
    origin: Vec<usize>,
    /// Where lines end in `plain`.
    line_ends: Vec<usize>,
}

/// A pattern that was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Found {
    /// Its range in the plain text.
    pub(super) start: usize,
    pub(super) end: usize,
    /// What stood in its holes.
    pub(super) holes: Vec<String>,
}

/// More than this stands nowhere between two words of one message.
const LONGEST_HOLE: usize = 300;

/// No log line that somebody pastes is longer than this; what is behind it is not read.
const LONGEST_TEXT: usize = 1 << 18;

impl<'a> Text<'a> {
    pub(super) fn new(pasted: &'a str) -> Self {
        let mut text = Self { pasted, plain: String::new(), origin: Vec::new(), line_ends: Vec::new() };
        let mut characters = pasted.char_indices().take_while(|(at, _)| *at < LONGEST_TEXT).peekable();
        while let Some((at, character)) = characters.next() {
            match character {
                '\n' => {
                    text.line_ends.push(text.plain.trim_end().len());
                    text.push(at, ' ');
                }
                // Quotation marks in quoted text are escaped.
                '\\' if characters.peek().is_some_and(|(_, next)| matches!(next, '"' | '\'' | '\\')) => {}
                '\u{1b}' => {
                    // Colours of a terminal: ESC [ … m.
                    while characters
                        .next_if(|(_, next)| *next == '[' || *next == ';' || next.is_ascii_digit())
                        .is_some()
                    {}
                    characters.next_if(|(_, next)| *next == 'm');
                }
                '"' | '`' | '´' | '‘' | '’' | '‚' | '‛' | '“' | '”' | '„' | '«' | '»' | '′' | '″' =>
                {
                    text.push(at, '\'');
                }
                '–' | '—' | '‑' => text.push(at, '-'),
                '…' => "...".chars().for_each(|dot| text.push(at, dot)),
                '\u{200b}'..='\u{200d}' | '\u{feff}' => {}
                '：' => text.push(at, ':'),
                _ if character.is_whitespace() || character.is_control() => text.push(at, ' '),
                _ => text.push(at, character.to_ascii_lowercase()),
            }
        }
        text.line_ends.push(text.plain.trim_end().len());
        text
    }

    fn push(&mut self, at: usize, character: char) {
        if character == ' ' && (self.plain.is_empty() || self.plain.ends_with(' ')) {
            return;
        }
        self.plain.push(character);
        self.origin.resize(self.plain.len(), at);
    }

    /// The text in the form of the patterns.
    pub(super) fn plain(&self) -> &str {
        &self.plain
    }

    /// The lines in that form.
    pub(super) fn lines(&self) -> impl Iterator<Item = &str> {
        let starts = core::iter::once(0).chain(self.line_ends.iter().copied());
        starts.zip(&self.line_ends).map(|(start, &end)| self.plain.get(start..end).unwrap_or_default().trim())
    }

    /// Whether a line ends at this place of the plain text, or behind blanks.
    pub(super) fn line_ends_at(&self, at: usize) -> bool {
        let rest = self.plain.get(at..).unwrap_or_default();
        let blanks = rest.len() - rest.trim_start().len();
        rest.len() == blanks || self.line_ends.iter().any(|end| (at..=at + blanks).contains(end))
    }

    /// What was pasted between two places of the plain text, on one line and not too long.
    pub(super) fn pasted(&self, start: usize, end: usize) -> String {
        let from = self.origin.get(start).copied().unwrap_or(self.pasted.len());
        let to = self.origin.get(end).copied().unwrap_or(self.pasted.len());
        let words = self.pasted.get(from..to.max(from)).unwrap_or_default().split_whitespace();
        let line = words.collect::<Vec<_>>().join(" ");
        match line.char_indices().nth(160) {
            Some((cut, _)) => format!("{}…", &line[..cut]),
            None => line,
        }
    }

    /// What was pasted from this place of the plain text to the end of its line.
    pub(super) fn pasted_line(&self, at: usize) -> &'a str {
        let rest = self.origin.get(at).and_then(|&from| self.pasted.get(from..)).unwrap_or_default();
        rest.split('\n').next().unwrap_or_default()
    }

    /// The first place of a pattern.
    pub(super) fn find(&self, pattern: &str) -> Option<Found> {
        let beginning = pattern.split('{').next().unwrap_or_default();
        let places = self.plain.match_indices(beginning);
        places.take(64).find_map(|(start, _)| self.match_at(start, pattern))
    }

    /// A line that ends within the pattern's first words, as a console cuts it.
    pub(super) fn find_cut(&self, pattern: &str) -> Option<Found> {
        let beginning = pattern.split('{').next().unwrap_or_default();
        self.line_ends.iter().take(200).find_map(|&end| {
            let line = self.plain.get(..end)?.trim_end_matches(['.', ' ']);
            let shortest = (beginning.len() / 2).max(14);
            let lengths = (shortest..beginning.len()).rev().filter(|&length| beginning.is_char_boundary(length));
            let cut = lengths.map(|length| &beginning[..length]).find(|cut| line.ends_with(cut.trim_end()))?;
            Some(Found { start: line.len() - cut.trim_end().len(), end: line.len(), holes: Vec::new() })
        })
    }

    /// The pattern at this very place.
    fn match_at(&self, start: usize, pattern: &str) -> Option<Found> {
        let plain = &self.plain;
        let mut at = start;
        let mut holes = Vec::new();
        let mut rest = pattern;
        while !rest.is_empty() {
            let Some(hole) = rest.find('{') else {
                plain[at..].starts_with(rest).then(|| at += rest.len())?;
                break;
            };
            plain[at..].starts_with(&rest[..hole]).then(|| at += hole)?;
            let close = hole + rest[hole..].find('}')?;
            let kind = &rest[hole + 1..close];
            rest = &rest[close + 1..];
            let length = match kind {
                "n" => digits(&plain[at..], |byte| byte.is_ascii_digit()),
                "x" => {
                    let prefix = if plain[at..].starts_with("0x") { 2 } else { 0 };
                    match digits(&plain[at + prefix..], |byte| byte.is_ascii_hexdigit()) {
                        0 => 0,
                        length => prefix + length,
                    }
                }
                "$" => {
                    let line_end = self.line_ends.iter().copied().find(|&end| end >= at).unwrap_or(plain.len());
                    let here = &plain[at..line_end];
                    here.char_indices().map(|(at, _)| at).find(|&at| at >= LONGEST_HOLE).unwrap_or(here.len())
                }
                _ => {
                    let next = rest.split('{').next().unwrap_or_default();
                    let here = &plain[at..];
                    let window = here.char_indices().map(|(at, _)| at).find(|&at| at >= LONGEST_HOLE + next.len());
                    here[..window.unwrap_or(here.len())].find(next)?
                }
            };
            if length == 0 && matches!(kind, "n" | "x") {
                return None;
            }
            holes.push(plain[at..at + length].to_owned());
            at += length;
        }
        Some(Found { start, end: at, holes })
    }
}

/// How many of the first bytes are such digits, at most as many as a number has that fits.
fn digits(text: &str, digit: impl Fn(u8) -> bool) -> usize {
    text.bytes().take_while(|&byte| digit(byte)).take(18).count()
}
