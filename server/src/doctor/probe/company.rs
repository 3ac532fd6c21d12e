//! Several clients at once, and how they leave.
//!
//! The first probes are one conversation: a server that ends when a client leaves, or that forgets its listener, must be
//! asked about several clients before any has left.

use std::time::Duration;

use tokio::time::{Instant, sleep};
use ws101_doctor::probing::{Expected, Gone, Likeness, Message, Observation, Probe, Progress, Reply};

use crate::doctor::probe::frames::{self, HELLO, Manner};
use crate::doctor::probe::line::Line;
use crate::doctor::probe::prober::{Attempt, Prober, QUIET, observe};
use crate::failure::Failure;

impl Prober<'_> {
    /// Opens the first connections, and learns what the server makes of a text. Says whether there is more to ask.
    pub(super) async fn open(&mut self) -> Result<bool, Failure> {
        let Some(mut first) = self.first().await? else { return Ok(false) };
        let mut second = None;
        if self.arguments.chosen(Probe::SecondClient) {
            second = self.another(Probe::SecondClient).await?;
            self.serves_two = second.as_ref().is_some_and(|line| line.reply().opened());
            match &mut second {
                Some(second) if self.serves_two => second.opened(),
                _ => {
                    let Some(line) = self.after_first(first, second.take()).await? else { return Ok(false) };
                    first = line;
                }
            }
        }
        if let Some(other) = second.take() {
            let reply = first.wait(&Expected::Stays, QUIET).await;
            let ended = reply.ended.is_some();
            self.session.observations.push(observe(Probe::FirstStays, &first, Expected::Stays, reply));
            if ended {
                // The second is the first from here on.
                self.serves_two = false;
                first = other;
            } else {
                second = Some(other);
            }
        }
        self.text(&mut first).await;
        let mut others: Vec<_> = second.into_iter().collect();
        if self.serves_two && self.arguments.chosen(Probe::OthersGoOn) {
            let Some(third) = self.third().await? else { return Ok(false) };
            others.push(third);
        }
        // Not on the first, where there are others: what comes of it would be taken for an answer to what follows there.
        self.pings(others.last_mut().unwrap_or(&mut first)).await;
        self.departures(first, others).await
    }

    /// The first connection; `None` where it does not open.
    async fn first(&mut self) -> Result<Option<Line>, Failure> {
        let mut line = self.first_line().await?;
        let request = self.request()?;
        let begin = Instant::now();
        line.send(&request.bytes()).await;
        let expected = self.opens(&request);
        let reply = line.wait(&expected, self.arguments.timeout * 2).await;
        self.pace = begin.elapsed();
        let opened = reply.opened();
        let seen = observe(Probe::Open, &line, expected, reply);
        self.accepts = seen.is_right();
        self.session.observations.push(seen);
        if opened {
            line.opened();
            return Ok(Some(line));
        }
        line.fin(QUIET).await;
        Ok(None)
    }

    /// Another client, open or not.
    async fn another(&mut self, probe: Probe) -> Result<Option<Line>, Failure> {
        let Some(mut line) = self.line().await else { return Ok(None) };
        let request = self.request()?;
        line.send(&request.bytes()).await;
        let expected = self.opens(&request);
        let reply = line.wait(&expected, self.patience()).await;
        self.session.observations.push(observe(probe, &line, expected, reply));
        Ok(Some(line))
    }

    /// The second client was not served: the first leaves, and perhaps it is now. Gives a new first one, if there can be.
    async fn after_first(&mut self, first: Line, second: Option<Line>) -> Result<Option<Line>, Failure> {
        self.leave(first, true).await;
        if let Some(mut second) = second {
            let expected = Expected::Opens(None);
            let reply = second.wait(&expected, self.patience()).await;
            let opened = reply.opened();
            self.session.observations.push(observe(Probe::SecondAfterFirst, &second, expected, reply));
            self.leave(second, opened).await;
        }
        let next = self.opened(self.patience()).await?;
        if next.is_none() {
            self.session.gone = Some(Gone { after: Probe::SecondClient, refuses: self.line().await.is_none() });
        }
        Ok(next)
    }

    /// A text message, and what comes back.
    async fn text(&mut self, first: &mut Line) {
        first.send(&frames::text(HELLO)).await;
        let contains = Expected::Messages(vec![Message::text(HELLO)], Likeness::Contains);
        let reply = first.wait(&contains, self.patience()).await;
        self.traits.manner = manner(&reply, HELLO);
        let expected = match self.traits.manner {
            Manner::Echoes(likeness) => Expected::Messages(vec![Message::text(HELLO)], likeness),
            Manner::Closes => Expected::Stays,
            Manner::Answers | Manner::Silent => Expected::Anything,
        };
        self.session.observations.push(observe(Probe::Text, first, expected, reply));
    }

    /// A third client, after the message; it also tells whether a server that said nothing to a short text echoes a longer
    /// one. `None` where the server does not serve it.
    async fn third(&mut self) -> Result<Option<Line>, Failure> {
        let Some(mut third) = self.another(Probe::OthersGoOn).await? else {
            self.session.gone = Some(Gone { after: Probe::Text, refuses: true });
            return Ok(None);
        };
        if !third.reply().opened() {
            self.session.gone = Some(Gone { after: Probe::OthersGoOn, refuses: false });
            return Ok(None);
        }
        third.opened();
        if self.traits.manner == Manner::Silent {
            let text = "x".repeat(126);
            third.send(&frames::text(&text)).await;
            let expected = Expected::Messages(vec![Message::text(&text)], Likeness::Contains);
            let reply = third.wait(&expected, self.glance()).await;
            self.traits.manner = manner(&reply, &text);
            self.traits.only_long = matches!(self.traits.manner, Manner::Echoes(_));
        }
        Ok(Some(third))
    }

    /// Whether the server answers a Ping; on this depends how a server can be asked that does not echo.
    async fn pings(&mut self, line: &mut Line) {
        line.mark();
        line.send(&frames::ping(b"ws101")).await;
        let expected = Expected::Pong(b"ws101".to_vec());
        let limit = match self.traits.manner {
            Manner::Echoes(_) => self.glance(),
            _ => self.patience(),
        };
        let reply = line.wait(&expected, limit).await;
        self.traits.pongs = expected.judge(&reply) == Progress::Met;
        if let Some(remark) = self.limits_of_view() {
            self.remarks.push(remark.to_owned());
        }
    }

    const fn limits_of_view(&self) -> Option<&'static str> {
        match (self.traits.manner, self.traits.pongs) {
            (Manner::Echoes(_), _) => None,
            (_, true) => Some(
                "The server does not send a text back: of frames it was judged only whether the connection goes on, by \
                 its Pongs.",
            ),
            (_, false) => Some(
                "The server neither sends a text back nor answers a Ping: what it makes of most frames cannot be seen.",
            ),
        }
    }

    /// First the other clients leave, then the first, then a new one comes.
    async fn departures(&mut self, mut first: Line, others: Vec<Line>) -> Result<bool, Failure> {
        let timeout = self.patience();
        if !others.is_empty() {
            for other in others {
                self.leave(other, true).await;
            }
            if self.arguments.chosen(Probe::OneLeaves) && self.traits.manner != Manner::Closes {
                let seen = self.exchange(Probe::OneLeaves, &mut first, timeout).await;
                let ended = seen.reply.ended.is_some();
                self.session.observations.push(seen);
                if ended {
                    self.serves_two = false;
                    self.takes_along = true;
                    // Whoever comes while it still takes others along is taken along too: that is not its end.
                    sleep(QUIET).await;
                    if !self.is_there().await? {
                        let refuses = self.line().await.is_none();
                        self.session.gone = Some(Gone { after: Probe::OneLeaves, refuses });
                        return Ok(false);
                    }
                }
            }
        }
        self.leave(first, true).await;
        // So that the server has seen it.
        sleep(QUIET).await;
        if self.takes_along {
            self.is_there().await?;
        }
        let next = self.another(Probe::NextClient).await?;
        let opened = next.as_ref().is_some_and(|line| line.reply().opened());
        if let Some(next) = next {
            self.leave(next, opened).await;
        }
        if !opened {
            self.session.gone = Some(Gone { after: Probe::NextClient, refuses: self.line().await.is_none() });
        }
        Ok(opened)
    }

    /// A message there and back, as far as this server can show that.
    async fn exchange(&self, probe: Probe, line: &mut Line, limit: Duration) -> Observation {
        line.mark();
        let script = self.traits.exchange();
        line.send_pieces(&script.pieces).await;
        self.follow(probe, line, script, limit).await
    }

    /// Each of the later probes is about a client that does something, and what others see of that.
    pub(super) async fn company(&mut self, probe: Probe, limit: Duration) -> Result<Attempt, Failure> {
        let companion = if leaves(probe) && self.serves_two { self.opened(self.patience()).await? } else { None };
        let Some(stays) = self.act(probe).await? else { return Ok(Attempt::NoConnection) };
        // So that the server has seen it.
        sleep(QUIET / 3).await;
        let mut seen = None;
        if let Some(mut companion) = companion {
            let exchanged = self.exchange(probe, &mut companion, limit).await;
            let right = exchanged.is_right();
            seen = (!right).then_some(exchanged);
            self.leave(companion, right).await;
        }
        if seen.is_none() {
            let Some(mut next) = self.line().await else { return Ok(Attempt::NoConnection) };
            let request = self.request()?;
            next.send(&request.bytes()).await;
            let expected = self.opens(&request);
            let reply = next.wait(&expected, limit).await;
            let opened = reply.opened();
            seen = Some(observe(probe, &next, expected, reply));
            self.leave(next, opened).await;
        }
        if let Stays::Here(line) = stays {
            line.fin(QUIET).await;
        }
        Ok(seen.map_or(Attempt::Impossible, |seen| Attempt::Seen(Box::new(seen))))
    }

    /// What the client does that the probe is about; `None` where it cannot connect.
    async fn act(&mut self, probe: Probe) -> Result<Option<Stays>, Failure> {
        let half = |bytes: &[u8]| bytes[..bytes.len() / 2].to_vec();
        if matches!(probe, Probe::SilentClient | Probe::HalfHead | Probe::LeavesMidHead) {
            let Some(mut line) = self.line().await else { return Ok(None) };
            if probe != Probe::SilentClient {
                line.send(&half(&self.request()?.bytes())).await;
            }
            if probe == Probe::LeavesMidHead {
                line.fin(QUIET).await;
                return Ok(Some(Stays::Gone));
            }
            return Ok(Some(Stays::Here(line)));
        }
        if !leaves(probe) {
            return Ok(Some(Stays::Gone));
        }
        let Some(mut line) = self.opened(self.patience()).await? else { return Ok(None) };
        match probe {
            Probe::LeavesReset => {
                line.reset();
                return Ok(Some(Stays::Gone));
            }
            Probe::LeavesMidFrame => line.send(&half(&frames::text("a text of which half is sent"))).await,
            _ => {}
        }
        line.fin(QUIET).await;
        Ok(Some(Stays::Gone))
    }
}

/// Whether a client that acted is still connected.
enum Stays {
    Here(Line),
    Gone,
}

const fn leaves(probe: Probe) -> bool {
    matches!(probe, Probe::LeavesMidHead | Probe::LeavesFin | Probe::LeavesMidFrame | Probe::LeavesReset)
}

/// What a server made of this text.
fn manner(reply: &Reply, text: &str) -> Manner {
    let sent = Message::text(text);
    let holds = |payload: &[u8]| payload.windows(text.len()).any(|window| window == text.as_bytes());
    if reply.data().any(|message| *message == sent) {
        Manner::Echoes(Likeness::Equal)
    } else if reply.data().any(|message| holds(&message.payload)) {
        Manner::Echoes(Likeness::Contains)
    } else if reply.ended.is_some() || reply.close().is_some() {
        Manner::Closes
    } else if reply.data().next().is_some() {
        Manner::Answers
    } else {
        Manner::Silent
    }
}
