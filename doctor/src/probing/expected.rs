//! What must come back.

use ws101_core::Opcode;

use super::reply::{Message, Reply, describe_bytes};

/// What a server must answer to a probe.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Expected {
    /// A 101, with this accept value; where the server computes a wrong one for any request, any is taken.
    Opens(Option<String>),
    /// Anything but a 101, the end of the connection among it.
    StaysShut,
    /// These messages in this order; others may stand between, which a server sends to all its clients.
    Messages(Vec<Message>, Likeness),
    /// A Pong with this payload.
    Pong(Vec<u8>),
    /// A Close with this status code, and then the end of the TCP connection.
    Close(Option<u16>),
    /// That the connection is failed, with one of these status codes; what goes on instead answers the second, which is
    /// sent after it.
    Fails(&'static [u16], Message),
    /// Nothing that holds this payload, and that what is sent next is answered.
    Ignores(Vec<u8>, Message),
    /// That the connection is still there when the time is over.
    Stays,
    /// Nothing: whatever comes is right.
    Anything,
}

/// How like the message that was sent the answer must be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Likeness {
    /// The same.
    Equal,
    /// It must hold what was sent: `You said: hello`.
    Contains,
}

/// How far an answer has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Progress {
    /// It is there.
    Met,
    /// It can still come.
    Pending,
    /// It cannot come any more.
    Missed,
}

impl Expected {
    /// How far a reply has come. With a reply to which nothing more will be added, `Pending` is as bad as `Missed`, but
    /// for [`Stays`](Self::Stays), which then is met.
    #[must_use]
    pub fn judge(&self, reply: &Reply) -> Progress {
        let over = reply.ended.is_some();
        let met = match self {
            Self::Opens(accept) => {
                if reply.status.is_some_and(|status| status != 101) || !reply.opened() && reply.messages.len() > 1 {
                    return Progress::Missed;
                }
                if reply.opened() && accept.is_some() && *accept != reply.accept {
                    return Progress::Missed;
                }
                reply.opened()
            }
            Self::StaysShut => {
                if reply.opened() {
                    return Progress::Missed;
                }
                over || reply.status.is_some()
            }
            Self::Messages(messages, likeness) => contains_in_order(reply, messages, *likeness),
            Self::Pong(payload) => reply
                .messages
                .iter()
                .any(|message| message.opcode == Opcode::Pong.bits() && message.payload == *payload),
            Self::Close(code) => match reply.close() {
                Some(came) if came != *code => return Progress::Missed,
                came => came.is_some() && over,
            },
            Self::Fails(codes, next) => match reply.close() {
                None if went_on(reply, next) => return Progress::Missed,
                Some(code) if !code.is_some_and(|code| codes.contains(&code)) => return Progress::Missed,
                came => came.is_some() || over,
            },
            Self::Ignores(payload, next) => {
                if reply.messages.iter().any(|message| is_part_of(payload, &message.payload)) {
                    return Progress::Missed;
                }
                went_on(reply, next)
            }
            Self::Stays if over || reply.close().is_some() => return Progress::Missed,
            Self::Stays => false,
            Self::Anything => true,
        };
        match met {
            true => Progress::Met,
            // After a Close nothing else comes but the end.
            false if over || reply.close().is_some() && !matches!(self, Self::Close(_)) => Progress::Missed,
            false => Progress::Pending,
        }
    }

    /// What must come, in words.
    #[must_use]
    pub fn describe(&self) -> String {
        match self {
            Self::Opens(None) => "a 101".to_owned(),
            Self::Opens(Some(accept)) => format!("a 101 with `Sec-WebSocket-Accept: {accept}`"),
            Self::StaysShut => "an HTTP response that is no 101".to_owned(),
            Self::Messages(messages, likeness) => {
                let messages: Vec<_> = messages.iter().map(Message::describe).collect();
                let like = if *likeness == Likeness::Contains { " in what comes" } else { "" };
                format!("{}{like}", messages.join(", then "))
            }
            Self::Pong(payload) => format!("a Pong {}", describe_bytes(payload)),
            Self::Close(Some(code)) => format!("a Close with {code}, then the end of the TCP connection"),
            Self::Close(None) => "a Close without a status code, then the end of the TCP connection".to_owned(),
            Self::Fails(codes, _) => {
                let codes: Vec<_> = codes.iter().map(u16::to_string).collect();
                format!("a Close with {}, then the end of the TCP connection", codes.join(" or "))
            }
            Self::Ignores(..) => "no answer, and that the connection goes on".to_owned(),
            Self::Stays => "that the connection stays open".to_owned(),
            Self::Anything => String::new(),
        }
    }
}

fn contains_in_order(reply: &Reply, messages: &[Message], likeness: Likeness) -> bool {
    let mut came = reply.data();
    messages.iter().all(|wanted| {
        came.any(|message| match likeness {
            Likeness::Equal => message == wanted,
            Likeness::Contains => is_part_of(&wanted.payload, &message.payload),
        })
    })
}

/// Whether a server answered what came after the frame that it should have failed by: a Ping, or a text.
pub(super) fn went_on(reply: &Reply, next: &Message) -> bool {
    reply.messages.iter().any(|message| {
        let like =
            if next.opcode == Opcode::Ping.bits() { message.opcode == Opcode::Pong.bits() } else { message.opcode < 8 };
        like && is_part_of(&next.payload, &message.payload)
    })
}

pub(super) fn is_part_of(part: &[u8], whole: &[u8]) -> bool {
    part.is_empty() || whole.windows(part.len()).any(|window| window == part)
}

#[cfg(test)]
mod tests {
    use super::{Expected, Likeness, Progress};
    use crate::Ended;
    use crate::probing::reply::{Message, Reply};

    fn judge(expected: &Expected, bytes: &[u8], ended: Option<Ended>) -> Progress {
        expected.judge(&Reply::of_frames(bytes, ended))
    }

    #[test]
    fn messages_are_looked_for_among_others() {
        let expected = Expected::Messages(vec![Message::text("a"), Message::text("b")], Likeness::Equal);
        assert_eq!(judge(&expected, b"\x81\x01x\x81\x01a\x81\x01b", None), Progress::Met);
        assert_eq!(judge(&expected, b"\x81\x01b\x81\x01a", None), Progress::Pending);
        assert_eq!(judge(&expected, b"\x81\x01a", Some(Ended::Fin)), Progress::Missed);
        assert_eq!(judge(&expected, b"\x81\x01a\x88\x00", None), Progress::Missed);
        let like = Expected::Messages(vec![Message::text("a")], Likeness::Contains);
        assert_eq!(judge(&like, b"\x81\x03say", None), Progress::Met);
    }

    #[test]
    fn a_close_needs_its_code_and_the_end() {
        let expected = Expected::Close(Some(1000));
        assert_eq!(judge(&expected, b"\x88\x02\x03\xe8", None), Progress::Pending);
        assert_eq!(judge(&expected, b"\x88\x02\x03\xe8", Some(Ended::Fin)), Progress::Met);
        assert_eq!(judge(&expected, b"\x88\x02\x03\xe9", None), Progress::Missed);
        assert_eq!(judge(&expected, b"", Some(Ended::Fin)), Progress::Missed);
        assert_eq!(judge(&Expected::Close(None), b"\x88\x00", Some(Ended::Fin)), Progress::Met);
    }

    #[test]
    fn a_failed_connection_is_one_that_ends() {
        let expected = Expected::Fails(&[1002], Message::text("next"));
        assert_eq!(judge(&expected, b"\x88\x02\x03\xea", None), Progress::Met);
        assert_eq!(judge(&expected, b"", Some(Ended::Rst)), Progress::Met);
        assert_eq!(judge(&expected, b"\x88\x02\x03\xe8", None), Progress::Missed);
        assert_eq!(judge(&expected, b"\x81\x01a", None), Progress::Pending);
        assert_eq!(judge(&expected, b"\x81\x04next", None), Progress::Missed);
    }

    #[test]
    fn a_refusal_is_any_answer_but_101() {
        let judge = |bytes: &[u8], ended| Expected::StaysShut.judge(&Reply::of_answer(bytes, ended));
        assert_eq!(judge(b"HTTP/1.1 400 Bad Request\r\n\r\n", None), Progress::Met);
        assert_eq!(judge(b"", Some(Ended::Fin)), Progress::Met);
        assert_eq!(judge(b"HTTP/1.1 101 x\r\n\r\n", None), Progress::Missed);
        assert_eq!(judge(b"HTTP/1.1 4", None), Progress::Pending);
    }
}
