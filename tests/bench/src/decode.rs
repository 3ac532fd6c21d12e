//! Rows of reading: a client's masked messages, as a server takes them from the network.

use std::rc::Rc;

use crate::contestant::{Contestant, Decode, Standing};
use crate::entrant::{Entrant, Omission, Pass, enter, timed};
use crate::inbox::{Inbox, Look};
use crate::transport::Feed;
use crate::wire::{Content, Wire};

/// Who reads messages of `size` bytes in reads of `read` bytes, and how many messages a pass has.
///
/// # Errors
/// A contestant, and the message that it gave wrongly.
pub fn entrants(content: Content, size: usize, read: usize) -> Result<(Vec<Entrant>, usize), String> {
    let feed = Feed::new(Rc::new(Wire::new(content, size)), read);
    let spoiled = spoil(&feed);
    let entrants = enter(|contestant| {
        let decode = contestant.decode?;
        let made = verified(decode(&feed), &feed);
        Some(made.map(|()| (pass(decode(&feed), &feed), omission(contestant, decode, &spoiled))))
    })?;
    Ok((entrants, feed.messages()))
}

/// A pass that is repeated.
pub(crate) fn pass(mut decode: Decode, feed: &Feed) -> Pass {
    let mut inbox = Inbox::new(Rc::clone(feed.wire()), Look::Glance);
    Box::new(move || {
        let time = timed(|| decode(&mut inbox))?;
        inbox.end()?;
        Ok(time)
    })
}

/// Two passes, the second from what the first left behind; every byte is compared.
pub(crate) fn verified(mut decode: Decode, feed: &Feed) -> Result<(), String> {
    let mut inbox = Inbox::new(Rc::clone(feed.wire()), Look::Compare);
    for _ in 0..2 {
        decode(&mut inbox)?;
        inbox.end()?;
    }
    Ok(())
}

/// A feed with a text that is not UTF-8.
struct Spoiled {
    feed: Feed,
    /// Which part of all messages arrives as this one does, from 0 to 1.
    share: f64,
    words: &'static str,
}

/// Where messages are texts, one feed with a spoiled text that straddles reads and one with a spoiled text that does
/// not, so far as there are such.
fn spoil(feed: &Feed) -> Vec<Spoiled> {
    let (wire, read) = (feed.wire(), feed.read_size());
    if !wire.content().is_text() {
        return Vec::new();
    }
    let straddling = wire.straddling_share(read);
    let kinds = [
        (true, straddling, "takes a text that is not UTF-8 where it straddles reads"),
        (false, 1.0 - straddling, "takes a text that is not UTF-8 where it lies in one read"),
    ];
    let spoiled = kinds.into_iter().filter_map(|(straddling, share, words)| {
        let wire = Rc::new(wire.spoiled(wire.example(straddling, read)?));
        Some(Spoiled { feed: Feed::new(wire, read), share, words })
    });
    spoiled.collect()
}

/// Tries whether texts are checked. Who checks less than half of them does another job.
fn omission(contestant: &Contestant, decode: fn(&Feed) -> Decode, spoiled: &[Spoiled]) -> Option<Omission> {
    if contestant.standing == Standing::Limit {
        return None;
    }
    let unchecked: Vec<_> = spoiled.iter().filter(|spoiled| takes(decode, &spoiled.feed)).collect();
    let share: f64 = unchecked.iter().map(|spoiled| spoiled.share).sum();
    let words: Vec<_> = unchecked.iter().map(|spoiled| spoiled.words).collect();
    let omission = Omission { words: words.join(", and "), another_job: share > 0.5 };
    (!unchecked.is_empty()).then_some(omission)
}

fn takes(decode: fn(&Feed) -> Decode, feed: &Feed) -> bool {
    decode(feed)(&mut Inbox::new(Rc::clone(feed.wire()), Look::Away)).is_ok()
}
