//! Patterns in text that was typed, or changed on its way: word by word, with a letter wrong here and there.

/// The words of a pattern, or of a line.
#[derive(Debug)]
pub(super) struct Words {
    words: Vec<String>,
    letters: usize,
}

/// No line of a log says more than this about one thing.
const MOST_WORDS: usize = 120;

impl Words {
    /// The words of a text in the form of the patterns; holes are none.
    pub(super) fn of(text: &str) -> Self {
        // `UTF-8` and `UTF8` are one word.
        let text = text.replace("{n}", " ").replace("{x}", " ").replace('-', "");
        let words = text.split(|character: char| !character.is_alphanumeric()).filter(|word| !word.is_empty());
        let words: Vec<String> = words.take(MOST_WORDS).map(str::to_owned).collect();
        let letters = words.iter().map(String::len).sum();
        Self { words, letters }
    }

    /// How much of this pattern stands in a line, from 0 to 1; 0 where it is too short to be sure.
    pub(super) fn likeness(&self, line: &Self) -> f64 {
        if self.words.len() < 3 || self.letters < 16 {
            return 0.0;
        }
        // Who mistypes a line still writes half of it as it is.
        let as_it_is: usize = self.words.iter().filter(|word| line.words.contains(word)).map(String::len).sum();
        if as_it_is * 2 < self.letters {
            return 0.0;
        }
        // The longest sequence of the pattern's words that stands in the line in this order, counted in letters.
        let mut best = vec![0; self.words.len() + 1];
        for word in &line.words {
            let mut diagonal = 0;
            for (at, want) in self.words.iter().enumerate() {
                let above = best[at + 1];
                let with = if is_like(want, word) { diagonal + want.len() } else { 0 };
                diagonal = above;
                best[at + 1] = above.max(best[at]).max(with);
            }
        }
        #[expect(clippy::cast_precision_loss, reason = "a line has fewer letters than a float has digits")]
        let likeness = best[self.words.len()] as f64 / self.letters as f64;
        likeness
    }
}

/// Whether two words are the same but for typing errors: one in a word of four letters, two in one of eight.
fn is_like(a: &str, b: &str) -> bool {
    let allowed = match a.len() {
        0..=3 => 0,
        4..=7 => 1,
        _ => 2,
    };
    a == b || a.len().abs_diff(b.len()) <= allowed && allowed > 0 && distance(a.as_bytes(), b.as_bytes()) <= allowed
}

/// How many letters are to be changed, added, taken away or swapped with the next.
fn distance(a: &[u8], b: &[u8]) -> usize {
    let mut before: Vec<usize> = Vec::new();
    let mut above: Vec<usize> = (0..=b.len()).collect();
    for i in 1..=a.len() {
        let mut row = vec![i];
        for j in 1..=b.len() {
            let same = usize::from(a[i - 1] != b[j - 1]);
            let mut least = (above[j - 1] + same).min(above[j] + 1).min(row[j - 1] + 1);
            if i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] {
                least = least.min(before[j - 2] + 1);
            }
            row.push(least);
        }
        before = above;
        above = row;
    }
    above[b.len()]
}

#[cfg(test)]
mod tests {
    use super::{Words, distance};

    #[test]
    fn typing_errors_are_counted() {
        assert_eq!(distance(b"frame", b"frame"), 0);
        assert_eq!(distance(b"frame", b"farme"), 1);
        assert_eq!(distance(b"header", b"headr"), 1);
        assert_eq!(distance(b"", b"abc"), 3);
    }

    #[test]
    fn what_is_alike() {
        let likeness = |pattern: &str, line: &str| Words::of(pattern).likeness(&Words::of(line));
        let pattern = "received start of new message but previous message is unfinished";
        assert!(likeness(pattern, "recieved start of a new mesage but the previous message is unfinished") > 0.9);
        assert!(likeness(pattern, "a message was received and the start was new") < 0.5);
        assert!(likeness("bad opcode", "bad opcode") < 0.1, "too short to be sure");
    }
}
