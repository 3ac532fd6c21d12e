//! Where messages arrive: every one is counted and its length compared; where asked, all its bytes too.

use std::hint::black_box;
use std::rc::Rc;

use crate::wire::{Content, Wire};

/// How closely an [`Inbox`] looks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Look {
    /// At the length: what timing can afford.
    Glance,
    /// At the kind and every byte.
    Compare,
    /// At nothing: a wire that should be refused is on its way.
    Away,
}

/// The receiving application.
#[derive(Debug)]
pub struct Inbox {
    wire: Rc<Wire>,
    look: Look,
    size: usize,
    taken: usize,
    /// Bytes of the wire that were only copied.
    copied: usize,
    wrong: Option<usize>,
}

impl Inbox {
    /// An inbox for the messages of a wire, in their order.
    pub fn new(wire: Rc<Wire>, look: Look) -> Self {
        let size = wire.size();
        Self { wire, look, size, taken: 0, copied: 0, wrong: None }
    }

    /// Takes a text message.
    #[inline]
    pub fn text(&mut self, text: impl AsRef<[u8]>) {
        self.take(text.as_ref(), Content::is_text);
    }

    /// Takes a binary message.
    #[inline]
    pub fn binary(&mut self, bytes: &[u8]) {
        self.take(bytes, |content| !content.is_text());
    }

    #[inline]
    fn take(&mut self, bytes: &[u8], kind: fn(Content) -> bool) {
        // What was received counts as used, whatever the compiler can see.
        black_box(bytes);
        let right = match self.look {
            Look::Away => true,
            Look::Glance => bytes.len() == self.size,
            Look::Compare => {
                self.wire.payloads().get(self.taken).is_some_and(|payload| bytes == payload)
                    && kind(self.wire.content())
            }
        };
        if !right && self.wrong.is_none() {
            self.wrong = Some(self.taken);
        }
        self.taken += 1;
    }

    /// Takes bytes of the wire as they are, from who does nothing but copy them.
    #[inline]
    pub fn copied(&mut self, bytes: &[u8]) {
        black_box(bytes);
        let end = self.copied + bytes.len();
        if self.look == Look::Compare && self.wire.bytes().get(self.copied..end) != Some(bytes) {
            self.wrong = Some(0);
        }
        self.copied = end;
    }

    /// Ends a pass: all messages must have come, and have been right. The next pass begins with the first again.
    ///
    /// # Errors
    /// What was wrong.
    pub fn end(&mut self) -> Result<(), String> {
        let (taken, messages) = (std::mem::take(&mut self.taken), self.wire.messages());
        let copied = std::mem::take(&mut self.copied) == self.wire.bytes().len();
        match self.wrong.take() {
            Some(number) => Err(format!("message {number} of {messages} is not what was sent")),
            None if taken != messages && !copied => Err(format!("{taken} messages came, but {messages} were sent")),
            None => Ok(()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Inbox, Look};
    use crate::wire::{Content, Wire};
    use std::rc::Rc;

    fn inbox(look: Look) -> (Inbox, Vec<Vec<u8>>) {
        let wire = Rc::new(Wire::with_messages(Content::Binary, 8, 2));
        let payloads = wire.payloads().to_vec();
        (Inbox::new(wire, look), payloads)
    }

    fn deliver(inbox: &mut Inbox, payloads: &[Vec<u8>]) {
        for payload in payloads {
            inbox.binary(payload);
        }
    }

    #[test]
    fn what_was_sent_is_right_in_every_pass() {
        let (mut inbox, payloads) = inbox(Look::Compare);
        for _ in 0..3 {
            deliver(&mut inbox, &payloads);
            inbox.end().unwrap();
        }
    }

    #[test]
    fn a_changed_a_missing_and_a_doubled_message_are_wrong() {
        let (mut inbox, mut payloads) = inbox(Look::Compare);
        deliver(&mut inbox, &payloads);
        inbox.binary(&payloads[0]);
        assert!(inbox.end().unwrap_err().contains("message 2 of 2"));
        inbox.binary(&payloads[0]);
        assert!(inbox.end().unwrap_err().contains("1 messages came"));
        payloads[1][3] ^= 1;
        deliver(&mut inbox, &payloads);
        assert!(inbox.end().unwrap_err().contains("message 1 of 2"));
    }

    #[test]
    fn bytes_that_come_as_text_are_wrong() {
        let (mut inbox, _) = inbox(Look::Compare);
        inbox.text("12345678");
        assert!(inbox.end().unwrap_err().contains("message 0 of 2"));
    }

    #[test]
    fn a_glance_sees_a_wrong_length() {
        let (mut inbox, payloads) = inbox(Look::Glance);
        inbox.binary(&payloads[0][1..]);
        inbox.binary(&payloads[1]);
        assert!(inbox.end().unwrap_err().contains("message 0 of 2"));
    }
}
