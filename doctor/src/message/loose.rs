//! Patterns in text that was typed, or changed on its way: word by word, with a letter wrong here and there.

/// How much of a pattern stands in a line, from 0 to 1; 0 where it is too short to be sure.
pub(super) fn likeness(pattern: &str, line: &str) -> f64 {
    // `UTF-8` and `UTF8` are one word.
    let (pattern, line) = (pattern.replace('-', ""), line.replace('-', ""));
    let wanted: Vec<&str> = words(&pattern).filter(|word| !matches!(*word, "n" | "x")).collect();
    let total: usize = wanted.iter().map(|word| word.len()).sum();
    if wanted.len() < 3 || total < 16 {
        return 0.0;
    }
    let there: Vec<&str> = words(&line).take(MOST_WORDS).collect();
    // The longest sequence of the pattern's words that stands in the line in this order, counted in letters.
    let mut best = vec![0; wanted.len() + 1];
    for word in there {
        let mut diagonal = 0;
        for (at, want) in wanted.iter().enumerate() {
            let above = best[at + 1];
            let with = if is_like(want, word) { diagonal + want.len() } else { 0 };
            diagonal = above;
            best[at + 1] = above.max(best[at]).max(with);
        }
    }
    // Both are small whole numbers.
    #[expect(clippy::cast_precision_loss, reason = "a line has fewer letters than a float has digits")]
    let likeness = best[wanted.len()] as f64 / total as f64;
    likeness
}

const MOST_WORDS: usize = 120;

fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|character: char| !character.is_alphanumeric()).filter(|word| !word.is_empty())
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
    use super::{distance, likeness};

    #[test]
    fn typing_errors_are_counted() {
        assert_eq!(distance(b"frame", b"frame"), 0);
        assert_eq!(distance(b"frame", b"farme"), 1);
        assert_eq!(distance(b"header", b"headr"), 1);
        assert_eq!(distance(b"", b"abc"), 3);
    }

    #[test]
    fn what_is_alike() {
        let pattern = "received start of new message but previous message is unfinished";
        assert!(likeness(pattern, "recieved start of a new mesage but the previous message is unfinished") > 0.9);
        assert!(likeness(pattern, "a message was received and the start was new") < 0.5);
        assert!(likeness("bad opcode", "bad opcode") < 0.1, "too short to be sure");
    }
}
