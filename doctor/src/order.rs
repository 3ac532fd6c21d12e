//! Putting things in order. Lists are short here and of many types; a sort of its own for each of them would be a large
//! part of the WebAssembly module, so that all of them sort the same pairs of numbers.

/// Puts the items in the order of their keys; those of equal keys stay in the order that they had.
pub(crate) fn by_key<T>(items: &mut Vec<T>, key: impl Fn(&T) -> usize) {
    let mut order: Vec<(usize, usize)> = items.iter().map(key).zip(0..).collect();
    order.sort_unstable();
    let mut unordered: Vec<Option<T>> = items.drain(..).map(Some).collect();
    items.extend(order.into_iter().filter_map(|(_, place)| unordered[place].take()));
}

#[cfg(test)]
mod tests {
    use super::by_key;

    #[test]
    fn what_is_equal_stays_in_its_order() {
        let mut words = vec!["the", "lists", "here", "are", "of", "a", "few", "words"];
        by_key(&mut words, |word| word.len());
        assert_eq!(words, ["a", "of", "the", "are", "few", "here", "lists", "words"]);
        by_key(&mut words, |_| 0);
        assert_eq!(words[..3], ["a", "of", "the"]);
        by_key(&mut Vec::<u8>::new(), |_| 0);
    }
}
