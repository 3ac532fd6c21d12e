//! Every way in which bytes can arrive: whole, in two pieces at every place, byte by byte.

/// Calls `feed` with the pieces of `bytes` for every way of cutting them.
pub(crate) fn every_way(bytes: &[u8], mut feed: impl FnMut(&mut dyn Iterator<Item = &[u8]>)) {
    feed(&mut [bytes].into_iter());
    for at in 0..=bytes.len() {
        let (first, second) = bytes.split_at(at);
        feed(&mut [first, second].into_iter());
    }
    feed(&mut bytes.chunks(1));
}
