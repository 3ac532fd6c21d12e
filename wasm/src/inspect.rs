//! Labelled ranges of a head or of frames, what is wrong with them, and the steps to an accept value.

use wasm_bindgen::prelude::wasm_bindgen;
use ws101_core::handshake::{
    Accept, ClientRequest, GUID, HandshakeError, HandshakeViolation, Key, OriginPolicy, UpgradeRequest,
};
use ws101_core::inspect::{self, Field};
use ws101_core::{Role, Rsv};

use crate::exchange::{Exchange, NO_MEMORY, OK, Results, verdict, word, words};

/// Bits of a field's first word beside its kind.
const DEPTH_SHIFT: u32 = 8;
const COMPLETE: u32 = 1 << 16;
const HAS_VALUE: u32 = 1 << 17;

/// Words of a field and of a problem.
const FIELD: usize = 5;
const PROBLEM: usize = 3;

#[wasm_bindgen]
impl Exchange {
    /// In: frames. Words out: how many bytes whole frames take and how many fields there are; five words for each field
    /// (kind with depth from bit 8, bit 16 for complete, bit 17 for a value; first bit; bit after the last; the value in
    /// two words); three for each problem (as a verdict; first byte; byte after the last). `role` is 0 for the client, 1 for the server and 2 for any.
    pub fn inspect_frames(&mut self, role: u32) -> u32 {
        let (input, results) = self.begin();
        let mut report = Report::begin(results);
        let consumed = inspect::frames(input, &mut |field| report.field(&field));
        report.end_fields(consumed);
        let role = match role {
            0 => Some(Role::Client),
            1 => Some(Role::Server),
            _ => None,
        };
        inspect::frame_problems(input, role, Rsv::NONE, &mut |error| {
            let start = word(usize::try_from(error.frame_start).unwrap_or(usize::MAX));
            report.problem(error.violation.number(), start + word(error.at.start), start + word(error.at.end));
        });
        report.finish()
    }

    /// In: a request head. Words out as for frames.
    pub fn inspect_request(&mut self) -> u32 {
        let (input, results) = self.begin();
        let mut report = Report::begin(results);
        let consumed = inspect::request(input, &mut |field| report.field(&field));
        report.end_fields(consumed);
        report.head_problem(UpgradeRequest::verify(input, OriginPolicy::Any).err());
        report.finish()
    }

    /// In: a response head. Words out as for frames. The request is not known, so that what depends on it is not judged.
    pub fn inspect_response(&mut self) -> u32 {
        let (input, results) = self.begin();
        let mut report = Report::begin(results);
        let consumed = inspect::response(input, &mut |field| report.field(&field));
        report.end_fields(consumed);
        let unknown = ClientRequest::new("", "", Key::from_nonce([0; Key::NONCE_LENGTH]));
        report.head_problem(unknown.verify_response(input).err().filter(is_about_the_response_alone));
        report.finish()
    }

    /// In: any text. Out, as texts: the GUID, the digest, the accept value, and the nonce if the text is a key; the
    /// answer says why it is none.
    pub fn explain_accept_key(&mut self) -> u32 {
        let (input, mut results) = self.begin();
        let accept = Accept::derive(input);
        results.text(GUID.as_bytes());
        results.text(&accept.digest());
        results.text(accept.as_str().as_bytes());
        let key = Key::parse(input);
        results.optional(key.map(|key| key.nonce()).ok().as_ref().map(|nonce| &nonce[..]));
        key.map_or_else(|violation| verdict(violation.number()), |_| OK)
    }
}

const fn is_about_the_response_alone(error: &HandshakeError) -> bool {
    !matches!(
        error.violation,
        HandshakeViolation::AcceptWrong
            | HandshakeViolation::ResponseProtocolNotOffered
            | HandshakeViolation::ExtensionNotOffered
    )
}

/// A report under construction. It grows with what is inspected, so that memory may run out: then it says so.
struct Report<'a> {
    results: Results<'a>,
    fields: u32,
    out_of_memory: bool,
}

impl<'a> Report<'a> {
    fn begin(results: Results<'a>) -> Self {
        let mut report = Self { results, fields: 0, out_of_memory: false };
        report.add([0, 0]);
        report
    }

    fn field(&mut self, field: &Field) {
        let kind = u32::from(field.kind.number()) | u32::from(field.depth) << DEPTH_SHIFT;
        let complete = if field.complete { COMPLETE } else { 0 };
        let has_value = if field.value.is_some() { HAS_VALUE } else { 0 };
        let [low, high] = words(field.value.unwrap_or(0));
        let [start, _] = words(field.start);
        let [end, _] = words(field.end);
        self.fields += 1;
        self.add::<FIELD>([kind | complete | has_value, start, end, low, high]);
    }

    fn end_fields(&mut self, consumed: usize) {
        if let [first, second, ..] = self.results.words.as_mut_slice() {
            (*first, *second) = (word(consumed), self.fields);
        }
    }

    fn head_problem(&mut self, error: Option<HandshakeError>) {
        if let Some(error) = error {
            self.problem(error.violation.number(), word(error.at.start), word(error.at.end));
        }
    }

    fn problem(&mut self, rule: u16, start: u32, end: u32) {
        self.add::<PROBLEM>([verdict(rule), start, end]);
    }

    fn add<const N: usize>(&mut self, row: [u32; N]) {
        if self.results.words.try_reserve(N).is_ok() {
            self.results.words.extend(row);
        } else {
            self.out_of_memory = true;
        }
    }

    fn finish(&self) -> u32 {
        if self.out_of_memory { NO_MEMORY } else { OK }
    }
}
