//! The other implementation, over a pipe.

use std::io::{BufReader, BufWriter, Read, Write};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};

use anyhow::{Context, Result, bail, ensure};
use ws101_core::Role;

use crate::python::case::Case;
use crate::told::Told;

/// Python with `read_streams.py`.
pub(super) struct Python {
    child: Child,
    input: Option<BufWriter<ChildStdin>>,
    output: BufReader<ChildStdout>,
}

/// What wsproto says of one stream.
#[derive(Debug, Default)]
pub(super) struct Theirs {
    pub(super) told: Vec<Entry>,
    /// The first thing that it did with compressed data and should not have, and how much it had told before.
    pub(super) defect: Option<(usize, Defect)>,
}

/// An event of wsproto, or the status code with which it refuses the stream.
#[derive(Debug)]
pub(super) enum Entry {
    Told(Told),
    Violation(u16),
}

/// What wsproto does with compressed data, seen by `read_streams.py` as it does it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Defect {
    /// Behind a control frame between fragments it no longer inflates the message.
    ForgotCompression,
    /// Behind a block with BFINAL it reads nothing any more, in this message and in all that follow.
    StoppedAtFinalBlock,
    /// It took a message that ended within a block.
    TookCutBlock,
    /// It refused a distance beyond the window that was agreed on, which we follow up to 32 KiB.
    RefusedDistance,
}

impl Python {
    pub(super) fn start(command: &mut Command) -> Result<Self> {
        let child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn();
        let mut child = child.with_context(|| format!("{} cannot be started", command.get_program().display()))?;
        let input = child.stdin.take().map(BufWriter::new);
        let output = BufReader::new(child.stdout.take().context("Python has no output")?);
        Ok(Self { child, input, output })
    }

    /// What it says of each of these streams.
    pub(super) fn read(&mut self, cases: &[Case]) -> Result<Vec<Theirs>> {
        let input = self.input.as_mut().context("Python has ended")?;
        let (output, count) = (&mut self.output, cases.len());
        std::thread::scope(|scope| {
            // Both pipes are short: who writes and reads in turn may wait for ever.
            let answers = scope.spawn(move || {
                let answers = (0..count).map(|_| read_answer(output)).collect::<Result<Vec<_>>>()?;
                ensure!(read_answer(output)?.told.is_empty(), "an empty stream says something");
                Ok(answers)
            });
            for case in cases {
                write_case(input, case)?;
            }
            // An empty stream asks for what waits.
            input.write_all(&[0; 6])?;
            input.flush()?;
            answers.join().expect("reading does not panic")
        })
    }

    pub(super) fn end(mut self) -> Result<()> {
        self.input = None;
        let status = self.child.wait()?;
        ensure!(status.success(), "Python ended with {status}");
        Ok(())
    }
}

fn write_case(input: &mut impl Write, case: &Case) -> Result<()> {
    let flags = u8::from(case.role == Role::Client) | u8::from(case.deflate.is_some()) << 1;
    let length = u32::try_from(case.bytes.len())?;
    input.write_all(&[flags, case.deflate.unwrap_or(0)])?;
    input.write_all(&length.to_be_bytes())?;
    Ok(input.write_all(&case.bytes)?)
}

fn read_answer(output: &mut impl Read) -> Result<Theirs> {
    let mut length = [0; 4];
    output.read_exact(&mut length).context("Python ended before its answer did")?;
    let mut answer = vec![0; usize::try_from(u32::from_be_bytes(length))?];
    output.read_exact(&mut answer)?;
    let (mut rest, mut theirs) = (&answer[..], Theirs::default());
    while let [letter, a, b, c, d, more @ ..] = rest {
        let length = usize::try_from(u32::from_be_bytes([*a, *b, *c, *d]))?;
        let (content, after) = more.split_at_checked(length).context("an entry is cut")?;
        theirs.add(*letter, content)?;
        rest = after;
    }
    ensure!(rest.is_empty(), "an entry is cut");
    Ok(theirs)
}

impl Theirs {
    fn add(&mut self, letter: u8, content: &[u8]) -> Result<()> {
        let code = |content: &[u8]| content.first_chunk().map(|code| u16::from_be_bytes(*code)).context("no code");
        let text = |content: &[u8]| String::from_utf8(content.to_vec()).context("no text");
        let told = match letter {
            b'T' => Told::Text(text(content)?),
            b'B' => Told::Binary(content.to_vec()),
            b'I' => Told::Ping(content.to_vec()),
            b'O' => Told::Pong(content.to_vec()),
            b'C' => {
                let code = code(content)?;
                // §7.1.5: 1005 stands for a Close without a body.
                Told::Close((code != 1005).then_some(code), text(&content[2..])?)
            }
            b'V' => {
                self.told.push(Entry::Violation(code(content)?));
                return Ok(());
            }
            b'D' => {
                self.defect.get_or_insert((self.told.len(), Defect::parse(content)?));
                return Ok(());
            }
            other => bail!("Python answers {other:#x}, which is no entry"),
        };
        self.told.push(Entry::Told(told));
        Ok(())
    }
}

impl Defect {
    fn parse(name: &[u8]) -> Result<Self> {
        Ok(match name {
            b"forgot" => Self::ForgotCompression,
            b"final" => Self::StoppedAtFinalBlock,
            b"cut" => Self::TookCutBlock,
            b"distance" => Self::RefusedDistance,
            other => bail!("Python names a defect {}, which nobody knows", other.escape_ascii()),
        })
    }
}
