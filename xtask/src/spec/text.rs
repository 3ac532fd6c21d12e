//! An RFC as its sentences: page breaks taken out, lines joined, each sentence with the section that it stands in.

/// The text of an RFC, section by section.
pub(crate) struct Rfc {
    sections: Vec<Section>,
}

/// A section without its subsections.
struct Section {
    number: String,
    title: String,
    sentences: Vec<String>,
}

/// A sentence that demands something.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Clause {
    /// Its section and its place among the section's clauses: `5.1/2`. The text of an RFC never changes, nor does this.
    pub(crate) id: String,
    pub(crate) sentence: String,
}

/// The words that make a sentence a clause; `MUST NOT` and `SHALL NOT` contain them.
const KEYWORDS: [&str; 3] = ["MUST", "SHALL", "REQUIRED"];

impl Rfc {
    /// Reads the plain text of an RFC.
    pub(crate) fn parse(text: &str) -> Self {
        let mut sections: Vec<Section> = Vec::new();
        for paragraph in paragraphs(text) {
            if let Some((number, title)) = heading(&paragraph) {
                sections.push(Section { number: number.to_owned(), title: title.to_owned(), sentences: Vec::new() });
            } else if let Some(section) = sections.last_mut() {
                section.sentences.extend(sentences(&paragraph));
            }
        }
        Self { sections }
    }

    /// The clauses of these chapters and all their sections, in their order.
    pub(crate) fn clauses(&self, chapters: &[&str]) -> Vec<Clause> {
        let within = |section: &&Section| chapters.contains(&chapter(&section.number));
        let clauses = |section: &Section| {
            let demanding = section.sentences.iter().filter(|sentence| is_clause(sentence));
            let numbered = demanding.zip(1..).map(|(sentence, ordinal)| Clause {
                id: format!("{}/{ordinal}", section.number),
                sentence: sentence.clone(),
            });
            numbered.collect::<Vec<_>>()
        };
        self.sections.iter().filter(within).flat_map(clauses).collect()
    }

    /// What a section is about.
    pub(crate) fn title(&self, number: &str) -> Option<&str> {
        self.section(number).map(|section| section.title.as_str())
    }

    /// Whether a section, or one within it, says this word for word; `…` stands for words that are left out.
    pub(crate) fn says(&self, number: &str, quote: &str) -> bool {
        let within = format!("{number}.");
        let sections =
            self.sections.iter().filter(|section| section.number == number || section.number.starts_with(&within));
        let text = sections.flat_map(|section| &section.sentences).map(String::as_str).collect::<Vec<_>>().join(" ");
        let mut rest = text.as_str();
        quote.split('…').map(str::trim).filter(|part| !part.is_empty()).all(|part| {
            rest.split_once(part).is_some_and(|(_, behind)| {
                rest = behind;
                true
            })
        })
    }

    pub(crate) fn has_section(&self, number: &str) -> bool {
        self.section(number).is_some()
    }

    fn section(&self, number: &str) -> Option<&Section> {
        self.sections.iter().find(|section| section.number == number)
    }
}

/// The section that a clause's id names.
pub(crate) fn section_of(id: &str) -> &str {
    id.split('/').next().unwrap_or(id)
}

fn chapter(section: &str) -> &str {
    section.split('.').next().unwrap_or(section)
}

fn is_clause(sentence: &str) -> bool {
    sentence.split(|c: char| !c.is_ascii_alphabetic()).any(|word| KEYWORDS.contains(&word))
}

/// The text between blank lines, one line each. A paragraph that a page break cuts is one paragraph; a comment within
/// ABNF is one of its own, without its marks.
fn paragraphs(text: &str) -> Vec<String> {
    let mut paragraphs: Vec<String> = Vec::new();
    let (mut open, mut page_ended, mut in_comment) = (false, false, false);
    for line in text.lines() {
        if line.starts_with('\u{c}') || is_page_footer(line) {
            page_ended = true;
            continue;
        }
        if is_page_header(line) {
            continue;
        }
        if line.trim().is_empty() {
            open = false;
            continue;
        }
        let comment = line.trim().strip_prefix(';');
        let cut = page_ended && heading(line).is_none() && paragraphs.last().is_some_and(|text| is_cut(text));
        let goes_on = (open || cut) && comment.is_some() == in_comment;
        match paragraphs.last_mut() {
            Some(paragraph) if goes_on => join(paragraph, comment.unwrap_or(line).trim()),
            _ => paragraphs.push(comment.unwrap_or(line).trim_end().to_owned()),
        }
        in_comment = comment.is_some();
        (open, page_ended) = (true, false);
    }
    paragraphs.iter().map(|paragraph| unmarked(paragraph).to_owned()).collect()
}

/// `Fette & Melnikov             Standards Track                   [Page 30]`
fn is_page_footer(line: &str) -> bool {
    line.ends_with(']') && line.contains("[Page ")
}

/// `RFC 6455                 The WebSocket Protocol            December 2011`
fn is_page_header(line: &str) -> bool {
    line.starts_with("RFC ") && line.trim_start_matches("RFC ").contains("     ")
}

/// Whether a paragraph stops in the middle of a sentence.
fn is_cut(paragraph: &str) -> bool {
    !paragraph.ends_with(['.', ':', '?', ')', '"'])
}

/// Adds a line; a word that was broken at its hyphen is put together.
fn join(paragraph: &mut String, line: &str) {
    let hyphened = paragraph.ends_with('-') && !paragraph.ends_with(" -");
    if !hyphened {
        paragraph.push(' ');
    }
    paragraph.push_str(line);
}

/// A section's number and title, from a line that begins at the margin: `5.1.  Overview`.
fn heading(line: &str) -> Option<(&str, &str)> {
    let (number, title) = line.split_once(".  ")?;
    let numeric = !number.is_empty() && number.split('.').all(|part| part.parse::<u32>().is_ok());
    numeric.then_some((number, title.trim()))
}

/// A paragraph without its indentation and the mark of a list: `o`, `*`, `7.`. A heading stays as it is.
fn unmarked(paragraph: &str) -> &str {
    if !paragraph.starts_with(' ') {
        return paragraph;
    }
    let text = paragraph.trim_start();
    let Some((mark, rest)) = text.split_once("  ") else { return text };
    let numbered = mark.strip_suffix('.').is_some_and(|number| number.parse::<u32>().is_ok());
    if numbered || matches!(mark, "o" | "*") { rest.trim_start() } else { text }
}

/// The sentences of a paragraph, with one blank between words.
fn sentences(paragraph: &str) -> Vec<String> {
    let mut sentences: Vec<String> = Vec::new();
    let mut ended = true;
    for word in paragraph.split_whitespace() {
        match sentences.last_mut() {
            Some(sentence) if !(ended && begins_sentence(word)) => {
                sentence.push(' ');
                sentence.push_str(word);
            }
            _ => sentences.push(word.to_owned()),
        }
        let abbreviated = word.trim_start_matches('(') == "cf.";
        ended = !abbreviated && word.trim_end_matches(['"', ')', ']', '_']).ends_with(['.', '?']);
    }
    sentences
}

fn begins_sentence(word: &str) -> bool {
    word.trim_start_matches(['"', '(', '_', '|', '/', '[']).starts_with(|c: char| c.is_uppercase() || c.is_numeric())
}

#[cfg(test)]
mod tests {
    use super::{Clause, Rfc};

    const SAMPLE: &str = "\
Table of Contents

   1.  First . . . . . . . . . . . . . . . . . . . . . . . . . . . .  4

1.  First

   Nothing is asked here.  It must not be taken for a clause.

1.1.  Inside

   7.   A frame (e.g., of a client) MUST be
        masked, case-
        insensitively.  \"SHALL\" is
        one too: it

Author                       Standards Track                    [Page 1]
\u{c}
RFC 1                        The Sample                    December 2011

        goes on.  They are REQUIRED.

   o  Each MUST NOT (cf. Section 2):

   o  stay

       frame = bit
             ; MUST be
             ; one
       bit = 1

2.  Second

   The last MUST end.
";

    fn clause(id: &str, sentence: &str) -> Clause {
        Clause { id: id.to_owned(), sentence: sentence.to_owned() }
    }

    #[test]
    fn every_sentence_with_a_keyword_is_a_clause() {
        let rfc = Rfc::parse(SAMPLE);
        assert_eq!(
            rfc.clauses(&["1"]),
            [
                clause("1.1/1", "A frame (e.g., of a client) MUST be masked, case-insensitively."),
                clause("1.1/2", "\"SHALL\" is one too: it goes on."),
                clause("1.1/3", "They are REQUIRED."),
                clause("1.1/4", "Each MUST NOT (cf. Section 2):"),
                clause("1.1/5", "MUST be one"),
            ]
        );
        assert_eq!(rfc.clauses(&["2"]), [clause("2/1", "The last MUST end.")]);
        assert_eq!(rfc.clauses(&["1", "2"]).len(), 6);
        assert_eq!((rfc.title("1.1"), rfc.title("3")), (Some("Inside"), None));
    }

    #[test]
    fn a_quote_is_word_for_word_and_in_its_section() {
        let rfc = Rfc::parse(SAMPLE);
        assert!(rfc.says("1.1", "MUST be masked, case-insensitively. \"SHALL\" is one"));
        assert!(rfc.says("1.1", "A frame … MUST be masked … They are REQUIRED."));
        assert!(rfc.says("1", "They are REQUIRED."), "a section holds those within it");
        assert!(!rfc.says("1.1", "They are REQUIRED. … A frame"), "the parts stand in their order");
        assert!(!rfc.says("1.1", "A frame MUST be masked"), "nothing is left out in silence");
        assert!(!rfc.says("2", "They are REQUIRED."));
        assert!(!rfc.says("9", "The last MUST end."));
    }
}
