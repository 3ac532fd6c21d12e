//! Bytes that were read before it was known who they are for, with the times at which they came.

use std::collections::VecDeque;

/// Reads, in order. It holds no more than a head may have and one read beyond.
#[derive(Debug, Default)]
pub(super) struct Backlog {
    bytes: Vec<u8>,
    /// The time of each read and how many bytes of it are still here.
    reads: VecDeque<(u64, usize)>,
}

impl Backlog {
    pub(super) fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    pub(super) fn append(&mut self, microseconds: u64, bytes: &[u8]) {
        if !bytes.is_empty() {
            self.bytes.extend_from_slice(bytes);
            self.reads.push_back((microseconds, bytes.len()));
        }
    }

    /// Lets go of the first `length` bytes; what is left of a read keeps its time.
    pub(super) fn forget(&mut self, length: usize) {
        let mut rest = length.min(self.bytes.len());
        self.bytes.drain(..rest);
        while let Some((_, left)) = self.reads.front_mut() {
            if *left > rest {
                *left -= rest;
                return;
            }
            rest -= *left;
            self.reads.pop_front();
        }
    }

    /// Each read's time and bytes.
    pub(super) fn arrivals(&self) -> impl Iterator<Item = (u64, &[u8])> {
        let mut rest = self.bytes.as_slice();
        self.reads.iter().filter_map(move |&(microseconds, length)| {
            let (bytes, after) = rest.split_at_checked(length)?;
            rest = after;
            Some((microseconds, bytes))
        })
    }

    pub(super) fn into_bytes(self) -> Vec<u8> {
        self.bytes
    }
}

#[cfg(test)]
mod tests {
    use super::Backlog;

    #[test]
    fn what_is_left_of_a_read_keeps_its_time() {
        for cut in 0..=7 {
            let mut backlog = Backlog::default();
            backlog.append(10, b"abc");
            backlog.append(20, b"");
            backlog.append(30, b"defg");
            backlog.forget(cut);
            let whole: Vec<(u64, u8)> = [10, 10, 10, 30, 30, 30, 30].into_iter().zip(*b"abcdefg").collect();
            let left: Vec<(u64, u8)> =
                backlog.arrivals().flat_map(|(time, bytes)| bytes.iter().map(move |&byte| (time, byte))).collect();
            assert_eq!(left, whole[cut..], "cut at {cut}");
            assert_eq!(backlog.into_bytes(), b"abcdefg"[cut..]);
        }
    }
}
