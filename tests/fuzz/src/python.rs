//! The same streams read by another implementation, wsproto in Python, over a pipe: the same messages and control frames,
//! and where one refuses a stream the other does too, with the same status code. What may differ is listed here with the
//! clause that decides it; everything else is a failure.

use std::io::{BufReader, BufWriter, Read, Write};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};

use anyhow::{Context, Result, bail, ensure};
use arbitrary::Unstructured;
use ws101_core::deflate::Agreement;
use ws101_core::{Config, Connection, Entropy, FrameHeader, Role, StatusCode, Violation};

use crate::setup::{agreement, extended, keys, other};
use crate::stream;
use crate::told::{Bounds, MessageBuffer, Reader, Told};

/// Streams that are written before their answers are read: a pipe must hold neither all of them nor wait for each.
const BATCH: usize = 64;

/// A stream, and how it is read.
#[derive(Debug)]
pub struct Case {
    role: Role,
    deflate: Option<u8>,
    bytes: Vec<u8>,
}

/// The other implementation.
pub struct Python {
    child: Child,
    input: Option<BufWriter<ChildStdin>>,
    output: BufReader<ChildStdout>,
}

/// What came of many streams.
#[derive(Debug, Default)]
pub struct Outcome {
    /// Streams that were read by both.
    pub streams: usize,
    /// Messages and control frames in them.
    pub told: usize,
    /// Streams that both refused.
    pub refused: usize,
    /// Streams of which the two differ in a way that is listed.
    pub explained: usize,
}

/// Reads `count` streams that `seed` makes with both, and stops at the first difference that is not explained.
///
/// # Errors
/// The difference, with the stream and how it is made again; or what kept Python from running.
pub fn compare_streams(mut python: Command, seed: u64, count: usize) -> Result<Outcome> {
    let mut python = Python::start(&mut python)?;
    let mut outcome = Outcome::default();
    let numbers: Vec<u64> = (seed..).take(count).collect();
    for numbers in numbers.chunks(BATCH) {
        let cases: Vec<Case> = numbers.iter().map(|number| Case::made_from(*number)).collect();
        for ((case, theirs), number) in cases.iter().zip(python.read(&cases)?).zip(numbers) {
            let ours = case.read();
            let differ = |what: &str| {
                format!(
                    "{what}: stream {number}, to be had alone with `--seed {number} --streams 1`\n{case:02x?}\n\
                     ours: {ours:?}\ntheirs: {theirs:?}"
                )
            };
            outcome.streams += 1;
            outcome.told += ours.len();
            outcome.refused += usize::from(matches!(ours.last(), Some(Told::Violation(_))));
            match case.compare(&ours, &theirs) {
                Ok(Same::Exactly) => {}
                Ok(Same::Explained) => outcome.explained += 1,
                Err(what) => bail!(differ(what)),
            }
        }
    }
    python.end()?;
    ensure!(outcome.told > 0 && outcome.refused > 0, "the streams say nothing: {outcome:?}");
    Ok(outcome)
}

impl Case {
    /// The stream with that number: the same in every run.
    fn made_from(number: u64) -> Self {
        let mut random = Random(number);
        let (flags, deflate, length) = (random.next(), random.next(), random.next());
        let bytes: Vec<u8> = (0..=length % 160).map(|_| random.next().to_le_bytes()[0]).collect();
        let role = if flags & 1 == 0 { Role::Server } else { Role::Client };
        // wsproto knows no window of 8 bits.
        let deflate = (flags & 6 == 0).then_some(deflate.to_le_bytes()[0] | 0b0010_0100);
        let mut u = Unstructured::new(&bytes);
        let bytes = stream::build(&mut u, other(role), deflate.map(agreement));
        Self { role, deflate, bytes }
    }

    fn agreement(&self) -> Option<Agreement> {
        self.deflate.map(agreement)
    }

    fn read(&self) -> Vec<Told> {
        match self.role {
            Role::Server => self.read_with(Connection::server(Config::default())),
            Role::Client => self.read_with(Connection::client(Config::default(), keys())),
        }
    }

    fn read_with<E: Entropy>(&self, connection: Connection<E>) -> Vec<Told> {
        let limits = Config::default().limits;
        let bounds = Bounds { message: limits.message, outgoing: limits.outgoing };
        let reader = Reader::new(extended(connection, self.agreement()), bounds);
        reader.read([&self.bytes[..]].into_iter(), MessageBuffer::Left).told
    }

    fn compare(&self, ours: &[Told], theirs: &[Theirs]) -> std::result::Result<Same, &'static str> {
        for (place, ours_here) in ours.iter().enumerate() {
            let theirs_here = theirs.get(place);
            if theirs_here.is_some_and(|theirs| theirs.is(ours_here)) {
                continue;
            }
            return if self.is_explained(ours_here, theirs_here) { Ok(Same::Explained) } else { Err("they differ") };
        }
        if ours.len() < theirs.len() { Err("wsproto tells more") } else { Ok(Same::Exactly) }
    }

    /// Whether the first difference is one that we know.
    fn is_explained(&self, ours: &Told, theirs: Option<&Theirs>) -> bool {
        match (ours, theirs) {
            // 1014 is in the IANA registry, which §7.4.1 opens for new codes; wsproto does not know it.
            (Told::Close(Some(1014), _), Some(Theirs::Violation(1002))) => true,
            (Told::Violation(error), theirs) => {
                let frame = usize::try_from(error.frame_start).map_or(&[][..], |start| &self.bytes[start..]);
                match (error.violation, theirs) {
                    // §10.4: it has no limit.
                    (Violation::FrameTooBig | Violation::MessageTooBig, None) => true,
                    // RFC 7692 §7.2.2 leaves open what is done with data that is no DEFLATE; RFC 6455 §8.1's 1007 fits.
                    // zlib, as wsproto calls it, does not say that a message ended within a block, and passes over
                    // what follows a block with BFINAL (§7.2.3.4 lets more follow).
                    (Violation::CompressedDataInvalid, _) => true,
                    // §7.1.7 lets an end fail the connection as soon as it knows: we do at the byte that decides; it
                    // reads the header, and of a control frame all, before it looks.
                    (_, None) => is_cut(frame),
                    _ => false,
                }
            }
            _ => self.breaks_compression(),
        }
    }

    /// RFC 6455 §5.4: "Control frames MAY be injected in the middle of a fragmented message." wsproto forgets at such a
    /// frame that the message is compressed. And what the streams have as DEFLATE that no compressor made it reads
    /// otherwise, see above.
    fn breaks_compression(&self) -> bool {
        self.deflate.is_some()
    }
}

enum Same {
    Exactly,
    Explained,
}

/// An entry of wsproto's answer.
#[derive(Debug)]
enum Theirs {
    Told(Told),
    Violation(u16),
}

impl Theirs {
    fn is(&self, ours: &Told) -> bool {
        match (self, ours) {
            (Self::Told(theirs), ours) => theirs == ours,
            (Self::Violation(code), Told::Violation(error)) => StatusCode(*code) == error.violation.status_code(),
            _ => false,
        }
    }

    fn parse(letter: u8, content: Vec<u8>) -> Result<Self> {
        let code = |content: &[u8]| content.first_chunk().map(|code| u16::from_be_bytes(*code)).context("no code");
        let text = |content: &[u8]| String::from_utf8(content.to_vec()).context("no text");
        Ok(Self::Told(match letter {
            b'T' => Told::Text(text(&content)?),
            b'B' => Told::Binary(content),
            b'I' => Told::Ping(content),
            b'O' => Told::Pong(content),
            b'C' => {
                let code = code(&content)?;
                // §7.1.5: 1005 stands for a Close without a body.
                Told::Close((code != 1005).then_some(code), text(&content[2..])?)
            }
            b'V' => return Ok(Self::Violation(code(&content)?)),
            other => bail!("Python answers {other:#x}, which is no entry"),
        }))
    }
}

impl Python {
    fn start(command: &mut Command) -> Result<Self> {
        let child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn();
        let mut child = child.with_context(|| format!("{} cannot be started", command.get_program().display()))?;
        let input = child.stdin.take().map(BufWriter::new);
        let output = BufReader::new(child.stdout.take().context("Python has no output")?);
        Ok(Self { child, input, output })
    }

    /// What it says of each of these streams.
    fn read(&mut self, cases: &[Case]) -> Result<Vec<Vec<Theirs>>> {
        let input = self.input.as_mut().context("Python has ended")?;
        let (output, count) = (&mut self.output, cases.len());
        std::thread::scope(|scope| {
            // Both pipes are short: who writes and reads in turn may wait for ever.
            let answers = scope.spawn(move || (0..count).map(|_| read_answer(output)).collect::<Result<Vec<_>>>());
            for case in cases {
                let flags = u8::from(case.role == Role::Client) | u8::from(case.deflate.is_some()) << 1;
                let length = u32::try_from(case.bytes.len())?;
                input.write_all(&[flags, case.deflate.unwrap_or(0)])?;
                input.write_all(&length.to_be_bytes())?;
                input.write_all(&case.bytes)?;
            }
            // An empty stream asks for what waits.
            input.write_all(&[0; 6])?;
            input.flush()?;
            answers.join().expect("reading does not panic")
        })
        .and_then(|answers| {
            ensure!(read_answer(&mut self.output)?.is_empty(), "an empty stream says something");
            Ok(answers)
        })
    }

    fn end(mut self) -> Result<()> {
        self.input = None;
        let status = self.child.wait()?;
        ensure!(status.success(), "Python ended with {status}");
        Ok(())
    }
}

fn read_answer(output: &mut impl Read) -> Result<Vec<Theirs>> {
    let mut number = || -> Result<usize> {
        let mut bytes = [0; 4];
        output.read_exact(&mut bytes).context("Python ended before its answer did")?;
        Ok(usize::try_from(u32::from_be_bytes(bytes))?)
    };
    let mut answer = vec![0; number()?];
    output.read_exact(&mut answer)?;
    let (mut rest, mut entries) = (&answer[..], Vec::new());
    while let [letter, a, b, c, d, more @ ..] = rest {
        let length = usize::try_from(u32::from_be_bytes([*a, *b, *c, *d]))?;
        let (content, after) = more.split_at_checked(length).context("an entry is cut")?;
        entries.push(Theirs::parse(*letter, content.to_vec())?);
        rest = after;
    }
    Ok(entries)
}

/// Whether the stream ends within this frame, whatever its header says.
fn is_cut(frame: &[u8]) -> bool {
    let plain: Vec<u8> = [0x82].into_iter().take(frame.len()).chain(frame.iter().skip(1).copied()).take(14).collect();
    match FrameHeader::parse(&plain) {
        Ok(Some((header, start))) => (frame.len() as u64) < header.payload_length.saturating_add(start as u64),
        Ok(None) => true,
        // Its length alone is wrong, once all of it is there.
        Err(_) => frame.len() < if frame[1] & 0x7f == 127 { 10 } else { 4 },
    }
}

/// Random, but the same every time (`SplitMix64`).
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ self.0 >> 30).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ mixed >> 27).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ mixed >> 31
    }
}
