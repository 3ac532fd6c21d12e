//! The frames that an end sent, one after another, and what is wrong with their headers and lengths.

mod tell;

use ws101_core::inspect::RawFrame;
use ws101_core::{Opcode, Role, Rsv, Span, Violation, apply_mask};

use crate::End;
use crate::judge::detectives::characters::valid_unmasked;
use crate::judge::detectives::{behind_head, length, unframed};
use crate::judge::report::Report;
use crate::judge::{Agreed, inflate};

/// All that an end sent after its head, as far as frames could be told in it.
pub(super) struct Stream {
    pub(super) end: End,
    pub(super) frames: Vec<Frame>,
}

/// One frame.
pub(super) struct Frame {
    pub(super) raw: RawFrame,
    /// The payload, unmasked: of a frame whose length is wrong, what it really is.
    pub(super) payload: Vec<u8>,
    /// Where its payload is in what the end sent.
    pub(super) at: Span,
    /// Whether all of it is there.
    pub(super) complete: bool,
    /// Whether something is wrong with it that says all, so that its payload is not judged.
    pub(super) spoilt: bool,
}

impl Frame {
    pub(super) fn opcode(&self) -> Option<Opcode> {
        self.raw.opcode()
    }

    pub(super) fn is_data(&self) -> bool {
        self.opcode().is_some_and(|opcode| !opcode.is_control())
    }

    /// Where it ends.
    pub(super) fn whole(&self) -> Span {
        Span::new(self.raw.start, self.at.end)
    }
}

/// Whether a whole frame stands at `at` that a server may send.
pub(super) fn looks_like_frame(bytes: &[u8], at: usize, allowed: Rsv) -> bool {
    let manner = Manner { role: Role::Client, allowed, masked_wrongly: false, rsv1_wrongly: false };
    RawFrame::read(bytes, at).is_some_and(|raw| raw.is_complete()) && manner.begins_frame(bytes, at)
}

/// The frames of an end; `other` are those of the other end.
pub(super) fn read(report: &mut Report<'_>, end: End, agreed: Agreed, other: &[Frame]) -> Stream {
    let Some(start) = report.recording().side(end).frames_at() else { return Stream { end, frames: Vec::new() } };
    let role = match end {
        End::Client => Role::Server,
        End::Server => Role::Client,
    };
    let allowed = if agreed.deflate.is_some() { Rsv::RSV1 } else { Rsv::NONE };
    let bytes = report.bytes(end);
    let mut walk = Walk {
        report,
        end,
        bytes,
        start,
        at: start,
        manner: Manner { role, allowed, masked_wrongly: false, rsv1_wrongly: false },
        message: Under::No,
        told: Vec::new(),
        vain: 0,
        other,
        frames: Vec::new(),
    };
    while walk.step().is_some() {}
    let frames = walk.frames;
    tell::constant_key(report, end, &frames);
    Stream { end, frames }
}

/// How an end writes its frames, as far as it is wrong in the same way each time.
#[derive(Debug, Clone, Copy)]
struct Manner {
    /// Who receives.
    role: Role,
    allowed: Rsv,
    masked_wrongly: bool,
    rsv1_wrongly: bool,
}

impl Manner {
    /// The same, as the frame shows it.
    fn of(self, raw: &RawFrame) -> Self {
        let masked_wrongly = raw.is_masked() != self.role.receives_masked();
        Self { masked_wrongly, rsv1_wrongly: raw.rsv() == Rsv::RSV1, ..self }
    }

    /// Whether the header of a frame stands at `at`, written in this manner, or nothing does.
    fn begins_frame(self, bytes: &[u8], at: usize) -> bool {
        let Some(raw) = RawFrame::read(bytes, at) else { return at == bytes.len() };
        let mut sound = true;
        raw.header_problems(bytes, self.role, self.allowed, false, &mut |violation, _| {
            sound &= match violation {
                Violation::UnexpectedContinuation | Violation::LengthNotMinimal => true,
                Violation::MaskedFrame | Violation::UnmaskedFrame => self.masked_wrongly,
                Violation::ReservedBits => self.rsv1_wrongly && raw.rsv() == Rsv::RSV1,
                _ => false,
            };
        });
        sound
    }
}

/// Whether a message has begun whose last fragment has not come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Under {
    No,
    /// One of this opcode.
    Way(Option<Opcode>),
    /// One was interrupted by another, and may go on.
    Interrupted,
}

struct Walk<'w, 'r> {
    report: &'w mut Report<'r>,
    end: End,
    bytes: &'r [u8],
    /// Where the frames begin.
    start: usize,
    at: usize,
    manner: Manner,
    message: Under,
    /// Habits that were told already.
    told: Vec<Violation>,
    /// How often no length was found that makes the frames go on rightly.
    vain: usize,
    other: &'w [Frame],
    frames: Vec<Frame>,
}

/// How often a length is looked for in vain: each time all that follows may have to be read.
const PATIENCE: usize = 64;

/// A rule that a frame breaks, and its bytes counted from the frame's first.
type Problem = (Violation, Span);

impl Walk<'_, '_> {
    /// Reads the next frame, or what stands in its place; `None` where nothing more can be read.
    fn step(&mut self) -> Option<()> {
        let raw = RawFrame::read(self.bytes, self.at)?;
        let problems = self.problems(&raw);
        let manner = self.manner.of(&raw);
        let next = raw.end(self.bytes);
        let fits = raw.is_complete() && manner.begins_frame(self.bytes, next);
        let begins = |at: usize| self.manner.begins_frame(self.bytes, at);
        if self.at == self.start
            && (!fits || problems.len() > 1 || behind_head::is_all_zeros(self.bytes, self.at))
            && let Some(filler) = behind_head::recognise(self.bytes, self.at, &begins)
        {
            tell::filler(self.report, self.end, self.bytes, filler);
            self.at = filler.at.end;
            return Some(());
        }
        if (!fits || !problems.is_empty())
            && let Some(found) = unframed::recognise(self.bytes, self.at, &begins)
        {
            tell::unframed(self.report, self.end, self.bytes, found);
            self.at = found.at.end;
            return Some(());
        }
        let begins = |at: usize| manner.begins_frame(self.bytes, at) || self.manner.begins_frame(self.bytes, at);
        // A header that follows by accident is two bytes; text that is cut by it asks for more.
        let is_cut = || self.is_broken_text(&raw) && !length::is_followed_by_whole_frame(self.bytes, next, &begins);
        if self.vain < PATIENCE
            && (!fits || is_cut())
            && problems.iter().all(|&(violation, _)| may_come_of_length(violation))
        {
            if let Some(wrong) = length::recognise(self.bytes, &raw, self.end, &begins) {
                tell::length(self.report, self.end, self.bytes, &raw, &wrong);
                self.follow(&raw);
                self.push(raw, wrong.payload, Spoilt::Yes);
                self.at = wrong.payload.end;
                return self.unless_closed();
            }
            self.vain += 1;
        }
        self.judge(raw, &problems, fits)
    }

    fn problems(&self, raw: &RawFrame) -> Vec<Problem> {
        let under_way = match self.message {
            Under::No => false,
            Under::Way(_) => true,
            // It may go on, or be given up.
            Under::Interrupted => raw.opcode() == Some(Opcode::Continuation),
        };
        let mut problems: Vec<Problem> = Vec::new();
        let (role, allowed) = (self.manner.role, self.manner.allowed);
        raw.header_problems(self.bytes, role, allowed, under_way, &mut |violation, at| problems.push((violation, at)));
        // An opcode without a meaning asks neither for FIN nor for a length.
        if problems.iter().any(|&(violation, _)| violation == Violation::ReservedOpcode) {
            let of_control = [Violation::FragmentedControlFrame, Violation::ControlFrameTooLong];
            problems.retain(|(violation, _)| !of_control.contains(violation));
        }
        problems
    }

    /// Whether it is a whole text message that is not UTF-8.
    fn is_broken_text(&self, raw: &RawFrame) -> bool {
        let whole = raw.opcode() == Some(Opcode::Text) && raw.fin() && raw.rsv() == Rsv::NONE;
        let text = || valid_unmasked(raw.payload.of(self.bytes), raw.masking_key(self.bytes));
        whole && text().len() < raw.payload.len()
    }

    fn unmasked(&self, raw: &RawFrame, at: Span) -> Vec<u8> {
        let mut payload = at.of(self.bytes).to_vec();
        if let Some(key) = raw.masking_key(self.bytes) {
            apply_mask(&mut payload, key, 0);
        }
        payload
    }

    /// A frame of which only rules can say what is wrong.
    fn judge(&mut self, raw: RawFrame, problems: &[Problem], fits: bool) -> Option<()> {
        let breaks_sync = |&&(violation, _): &&Problem| !is_about_order(violation);
        let lost = !fits && problems.iter().any(|problem| breaks_sync(&problem));
        let told = if lost { &problems[..1] } else { problems };
        for &(violation, at) in told {
            let again = is_habit(violation) && self.told.contains(&violation);
            if !again {
                self.told.extend(is_habit(violation).then_some(violation));
                tell::rule(self, &raw, violation, at);
            }
        }
        // What is wrong with the mask alone leaves the payload to be judged.
        let of_mask = |violation| matches!(violation, Violation::MaskedFrame | Violation::UnmaskedFrame);
        let spoilt = problems.iter().any(|&(violation, _)| !of_mask(violation));
        self.follow(&raw);
        self.push(raw, raw.payload, if spoilt { Spoilt::Yes } else { Spoilt::No });
        let next = raw.end(self.bytes);
        if !raw.is_complete() {
            if problems.is_empty() {
                tell::cut(self.report, self.end, &raw);
            }
            return None;
        }
        if lost {
            if next < self.bytes.len() {
                tell::lost(self.report, self.end, Span::new(next, self.bytes.len()));
            }
            return None;
        }
        self.at = next;
        self.unless_closed()
    }

    /// Nothing follows a Close.
    fn unless_closed(&mut self) -> Option<()> {
        let closed = self.frames.last().is_some_and(|frame| frame.opcode() == Some(Opcode::Close));
        if !closed {
            return Some(());
        }
        if let Some(late) = RawFrame::read(self.bytes, self.at) {
            let sound = self.problems(&late).iter().all(|&(violation, _)| is_about_order(violation));
            tell::after_close(self.report, self.end, self.bytes, &late, if sound { Spoilt::No } else { Spoilt::Yes });
        }
        None
    }

    /// The state of fragmentation after this frame.
    fn follow(&mut self, raw: &RawFrame) {
        let opcode = match raw.opcode() {
            Some(opcode) if !opcode.is_control() => opcode,
            _ => return,
        };
        self.message = match (self.message, raw.fin()) {
            (Under::Way(_), true) if opcode != Opcode::Continuation => Under::Interrupted,
            (_, true) => Under::No,
            (Under::Way(first), false) if opcode == Opcode::Continuation => Under::Way(first),
            (_, false) => Under::Way(Some(opcode)),
        };
    }

    fn push(&mut self, raw: RawFrame, at: Span, spoilt: Spoilt) {
        let payload = self.unmasked(&raw, at);
        let complete = raw.is_complete() || at != raw.payload;
        self.frames.push(Frame { raw, payload, at, complete, spoilt: spoilt == Spoilt::Yes });
    }

    /// Whether the other end sent exactly these bytes.
    fn was_sent_by_other(&self, raw: &RawFrame) -> bool {
        let end = match self.end {
            End::Client => End::Server,
            End::Server => End::Client,
        };
        let (ours, theirs) = (Span::new(raw.start, raw.payload.end).of(self.bytes), self.report.bytes(end));
        self.other.iter().any(|frame| frame.raw.is_masked() && frame.whole().of(theirs) == ours)
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Spoilt {
    Yes,
    No,
}

/// Rules that say nothing of where the next frame begins.
const fn is_about_order(violation: Violation) -> bool {
    matches!(violation, Violation::UnexpectedContinuation | Violation::MessageUnfinished)
}

/// Rules that a wrong length may break, or that leave it to be judged.
const fn may_come_of_length(violation: Violation) -> bool {
    is_about_order(violation)
        || matches!(
            violation,
            Violation::MaskedFrame | Violation::UnmaskedFrame | Violation::LengthNotMinimal | Violation::LengthHighBit
        )
}

/// Rules that who breaks them once breaks each time.
const fn is_habit(violation: Violation) -> bool {
    is_about_order(violation) || may_come_of_length(violation) || matches!(violation, Violation::ReservedBits)
}

/// What was agreed on of compression, guessed from the first frame that says it is compressed.
pub(super) fn guess(bytes: &[u8]) -> bool {
    let mut at = 0;
    while let Some(raw) = RawFrame::read(bytes, at).filter(RawFrame::is_complete) {
        if raw.rsv() == Rsv::RSV1 && raw.opcode().is_some_and(|opcode| !opcode.is_control()) {
            let mut payload = raw.payload.of(bytes).to_vec();
            if let Some(key) = raw.masking_key(bytes) {
                apply_mask(&mut payload, key, 0);
            }
            return raw.fin() && inflate::message(&payload, &[]).is_ok_and(|one| !one.bytes.is_empty());
        }
        at = raw.end(bytes);
    }
    false
}
