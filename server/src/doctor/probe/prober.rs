//! Asks one server, one thing after another.

use std::time::Duration;

use tokio::time::sleep;
use ws101_core::handshake::Key;
use ws101_doctor::probing::{Expected, Family, Gone, Observation, Probe, Progress, Reply, Session};

use crate::connect::{Target, Tls};
use crate::doctor::probe::arguments::ProbeArguments;
use crate::doctor::probe::frames::{self, Script, Traits};
use crate::doctor::probe::heads;
use crate::doctor::probe::line::{Line, Piece};
use crate::doctor::probe::request::Request;
use crate::failure::Failure;

/// A server, how it is asked, and what is known of it.
pub(super) struct Prober<'a> {
    pub(super) target: &'a Target,
    tls: Option<&'a Tls>,
    pub(super) arguments: &'a ProbeArguments,
    pub(super) session: Session,
    pub(super) traits: Traits,
    /// Whether it answers a key as it must; if not, that is told once and any answer is taken.
    pub(super) accepts: bool,
    /// Whether it serves two clients at a time.
    pub(super) serves_two: bool,
    /// Whether others end with a client that leaves: then the next comes only when the last is surely gone.
    pub(super) takes_along: bool,
    pub(super) remarks: Vec<String>,
    /// How long the server took for its first answer: one that is slow, or far away, is waited for longer.
    pub(super) pace: Duration,
    /// How often in a row the server did not finish a closing handshake that no probe was about.
    unfinished: u32,
}

/// How long nothing may happen where nothing should.
pub(super) const QUIET: Duration = Duration::from_millis(150);

impl<'a> Prober<'a> {
    pub(super) fn new(target: &'a Target, tls: Option<&'a Tls>, arguments: &'a ProbeArguments) -> Self {
        Self {
            target,
            tls,
            arguments,
            session: Session::default(),
            traits: Traits::default(),
            accepts: true,
            serves_two: false,
            takes_along: false,
            remarks: Vec::new(),
            pace: Duration::ZERO,
            unfinished: 0,
        }
    }

    /// Makes every probe that was chosen and can be.
    pub(super) async fn run(mut self) -> Result<(Session, Vec<String>), Failure> {
        if self.open().await? {
            self.rest().await?;
        }
        Ok((self.session, self.remarks))
    }

    async fn rest(&mut self) -> Result<(), Failure> {
        /// After so many answers that did not come the second time either, none is waited for twice.
        const FRUITLESS: usize = 3;
        let mut fruitless = 0;
        let first = Probe::ALL.iter().position(|&probe| probe == Probe::HeadBytewise).unwrap_or_default();
        for &probe in &Probe::ALL[first..] {
            if !self.arguments.chosen(probe) {
                continue;
            }
            let mut attempt = self.attempt(probe, self.glance()).await?;
            if attempt.may_need_time() && fruitless <= FRUITLESS {
                attempt = self.attempt(probe, self.patience()).await?;
                fruitless += usize::from(attempt.may_need_time());
            }
            if matches!(attempt, Attempt::NoConnection) && self.is_there().await? {
                attempt = self.attempt(probe, self.patience()).await?;
            }
            let seen = match attempt {
                Attempt::Seen(seen) => *seen,
                Attempt::Impossible => continue,
                Attempt::NoConnection => {
                    let after = self.session.observations.last().map_or(Probe::Open, |last| last.probe);
                    self.session.gone = Some(Gone { after, refuses: self.line().await.is_none() });
                    break;
                }
            };
            let may_be_gone = !seen.is_right() || is_risky(probe);
            self.session.observations.push(seen);
            if may_be_gone && !self.is_there().await? {
                self.session.gone = Some(Gone { after: probe, refuses: self.line().await.is_none() });
                break;
            }
        }
        Ok(())
    }

    async fn attempt(&mut self, probe: Probe, limit: Duration) -> Result<Attempt, Failure> {
        if probe == Probe::WithHead {
            return self.with_head(limit).await;
        }
        match probe.family() {
            Family::Handshake | Family::Refusals => self.head(probe, limit).await,
            Family::Frames | Family::Control | Family::Invalid => self.frames(probe, limit).await,
            Family::Company => self.company(probe, limit).await,
            _ => Ok(Attempt::Impossible),
        }
    }

    /// A request, and what the server answers.
    async fn head(&mut self, probe: Probe, limit: Duration) -> Result<Attempt, Failure> {
        let Some(mut line) = self.line().await else { return Ok(Attempt::NoConnection) };
        let request = self.request()?;
        let expected = if probe.family() == Family::Refusals { Expected::StaysShut } else { self.opens(&request) };
        line.send_pieces(&heads::pieces(probe, request)).await;
        let reply = line.wait(&expected, limit).await;
        let seen = observe(probe, &line, expected, reply);
        self.leave(line, seen.reply.opened()).await;
        Ok(Attempt::Seen(Box::new(seen)))
    }

    /// Frames on an open connection, and what the server makes of them.
    async fn frames(&mut self, probe: Probe, limit: Duration) -> Result<Attempt, Failure> {
        let fails_shorter = |seen: &Observation| seen.probe == Probe::Text65536 && !seen.is_right();
        if probe == Probe::Large && self.session.observations.iter().any(fails_shorter) {
            return Ok(Attempt::Impossible);
        }
        let Some(script) = frames::script(probe, self.traits) else { return Ok(Attempt::Impossible) };
        let Some(mut line) = self.opened(self.patience()).await? else { return Ok(Attempt::NoConnection) };
        line.send_pieces(&script.pieces).await;
        // Many bytes take their time.
        let limit = if probe == Probe::Large { 4 * limit } else { limit };
        let seen = self.follow(probe, &mut line, script, limit).await;
        // A Close would be taken for a part of what was announced, or comes after one.
        let in_order = probe != Probe::HugeLength && !matches!(seen.expected, Expected::Close(_));
        self.leave(line, in_order).await;
        Ok(Attempt::Seen(Box::new(seen)))
    }

    /// A request and a frame in one write.
    async fn with_head(&mut self, limit: Duration) -> Result<Attempt, Failure> {
        let Some(script) = frames::script(Probe::WithHead, self.traits) else { return Ok(Attempt::Impossible) };
        let Some(mut line) = self.line().await else { return Ok(Attempt::NoConnection) };
        let request = self.request()?;
        let frames = script.pieces.iter().map(|piece| piece.bytes.as_slice());
        let bytes: Vec<u8> = std::iter::once(request.bytes().as_slice()).chain(frames).flatten().copied().collect();
        line.send_pieces(&[Piece::new(bytes)]).await;
        let opens = self.opens(&request);
        let reply = line.wait(&opens, limit).await;
        if !reply.opened() {
            let seen = observe(Probe::WithHead, &line, opens, reply);
            self.leave(line, false).await;
            return Ok(Attempt::Seen(Box::new(seen)));
        }
        line.opened();
        let seen = self.follow(Probe::WithHead, &mut line, script, limit).await;
        self.leave(line, true).await;
        Ok(Attempt::Seen(Box::new(seen)))
    }

    /// Waits for what a script expects, and asks whether the server goes on where that is the question.
    pub(super) async fn follow(&self, probe: Probe, line: &mut Line, script: Script, limit: Duration) -> Observation {
        let Script { expected, next, .. } = script;
        let limit = if expected == Expected::Stays { QUIET } else { limit };
        let mut reply = line.wait(&expected, if next.is_some() { limit.min(QUIET) } else { limit }).await;
        if let Some(next) = next
            && expected.judge(&reply) == Progress::Pending
        {
            line.send(&next).await;
            reply = line.wait(&expected, limit).await;
        }
        observe(probe, line, expected, reply)
    }

    /// A TCP connection, with TLS where the URL asks for it; `None` where there is none to be had.
    pub(super) async fn line(&self) -> Option<Line> {
        Line::dial(self.target, self.tls, self.patience()).await.ok()
    }

    /// As `line`, for who must know why there is none.
    pub(super) async fn first_line(&self) -> Result<Line, Failure> {
        let line = Line::dial(self.target, self.tls, self.arguments.timeout.max(Duration::from_secs(10))).await;
        line.map_err(|error| Failure { message: error.to_string(), status: NOT_CONNECTED })
    }

    /// An open connection, after a good opening handshake.
    pub(super) async fn opened(&self, limit: Duration) -> Result<Option<Line>, Failure> {
        let Some(mut line) = self.line().await else { return Ok(None) };
        let request = self.request()?;
        line.send(&request.bytes()).await;
        let reply = line.wait(&self.opens(&request), limit).await;
        if !reply.opened() {
            line.fin(QUIET).await;
            return Ok(None);
        }
        line.opened();
        Ok(Some(line))
    }

    /// Whether new clients are served.
    pub(super) async fn is_there(&mut self) -> Result<bool, Failure> {
        for limit in [self.glance(), self.patience(), 2 * self.patience()] {
            if let Some(line) = self.opened(limit).await? {
                self.leave(line, true).await;
                return Ok(true);
            }
            sleep(QUIET).await;
        }
        Ok(false)
    }

    /// Leaves: in order, with a closing handshake, or by the end of TCP alone.
    pub(super) async fn leave(&mut self, mut line: Line, in_order: bool) {
        /// After so many a closing handshake is not waited for any more.
        const HOPELESS: u32 = 3;
        let limit = if self.unfinished < HOPELESS { 2 * self.glance() } else { QUIET / 5 };
        if in_order {
            if !line.is_open() {
                line.opened();
            }
            self.unfinished = match line.leave(limit).await {
                Some(true) => 0,
                Some(false) => self.unfinished + 1,
                None => self.unfinished,
            };
        } else {
            line.fin(limit).await;
        }
        if self.takes_along {
            sleep(QUIET).await;
        }
    }

    /// How long an answer is waited for at first.
    pub(super) fn glance(&self) -> Duration {
        (self.arguments.timeout / 4).max(20 * self.pace).min(self.arguments.timeout)
    }

    /// How long an answer is waited for where none came at first.
    pub(super) fn patience(&self) -> Duration {
        self.arguments.timeout.max(40 * self.pace).min(5 * self.arguments.timeout)
    }

    /// A new request with a key of its own.
    pub(super) fn request(&self) -> Result<Request, Failure> {
        let mut nonce = [0; Key::NONCE_LENGTH];
        getrandom::fill(&mut nonce).map_err(|error| format!("the system gives no random bytes: {error}"))?;
        Ok(Request::new(self.target, self.arguments, Key::from_nonce(nonce)))
    }

    /// That the request is answered with 101.
    pub(super) fn opens(&self, request: &Request) -> Expected {
        Expected::Opens(self.accepts.then(|| request.key.accept().as_str().to_owned()))
    }
}

/// The exit status of a server that cannot be reached, as of `ws101 connect`.
const NOT_CONNECTED: u8 = 3;

/// What became of a probe.
pub(super) enum Attempt {
    Seen(Box<Observation>),
    /// It needs what this server does not do.
    Impossible,
    /// There was no connection to make it on.
    NoConnection,
}

impl Attempt {
    /// Whether more time could change what came.
    fn may_need_time(&self) -> bool {
        match self {
            Self::Seen(seen) => !seen.is_right() && seen.expected.judge(&seen.reply) == Progress::Pending,
            Self::NoConnection => true,
            Self::Impossible => false,
        }
    }
}

pub(super) fn observe(probe: Probe, line: &Line, expected: Expected, reply: Reply) -> Observation {
    Observation { probe, sent: line.sent().to_vec(), expected, reply, recording: line.recording(), at: line.at() }
}

/// Whether servers are known to end by it without a sign.
const fn is_risky(probe: Probe) -> bool {
    matches!(probe.family(), Family::Refusals | Family::Invalid | Family::Company)
}
