//! Nothing panics on any bytes, and how they are cut into moments changes nothing.
#![cfg(feature = "cases")]

mod talking;

use talking::{REQUEST, RESPONSE, brief, frame, masked, streams};
use ws101_doctor::{End, Ended, Moment, Part, Recording, Streams, What, cases, diagnose};

const KEY: &str = "dGhlIHNhbXBsZSBub25jZQ==";

/// A generator of its own keeps the test the same everywhere.
struct Random(u64);

impl Random {
    fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % limit.max(1) as u64).unwrap()
    }

    fn change(&mut self, bytes: &mut Vec<u8>) {
        for _ in 0..=self.below(3) {
            let at = self.below(bytes.len() + 1).min(bytes.len());
            let end = (at + self.below(9)).min(bytes.len());
            match self.below(4) {
                0 => drop(bytes.drain(at..end)),
                1 => bytes.insert(at, u8::try_from(self.below(256)).unwrap()),
                2 if at < bytes.len() => bytes[at] ^= 1 << self.below(8),
                _ => {
                    let copy = bytes[at..end].to_vec();
                    let to = self.below(bytes.len() + 1).min(bytes.len());
                    drop(bytes.splice(to..to, copy));
                }
            }
        }
    }
}

fn conversations() -> Vec<Streams> {
    let talk = |case: &cases::Case| {
        let Streams { request, response, from_server, ended, .. } = case.streams(KEY);
        Streams { request, response, from_server, from_client: masked(0x81, "hello"), ended }
    };
    let small = |streams: &Streams| streams.from_server.len() < 2000;
    // What makes a wrong accept is searched for long, and has tests of its own.
    let quick = cases::all().iter().filter(|case| case.theme.name != "accept");
    let mut all: Vec<Streams> = quick.map(talk).filter(small).collect();
    let talk = [masked(0x01, "h\u{e9}"), masked(0x89, "p"), masked(0x80, "!"), masked(0x88, [3, 232])].concat();
    all.push(streams(talk, [frame(0x81, "\u{4f60}"), frame(0x8a, "p"), frame(0x88, [3, 232])].concat(), None));
    all
}

#[test]
fn any_bytes_are_judged() {
    let mut random = Random(0x2545_f491_4f6c_dd1d);
    let conversations = conversations();
    for round in 0..1_500 {
        let mut streams = conversations[round % conversations.len()].clone();
        for part in [&mut streams.from_server, &mut streams.from_client] {
            random.change(part);
        }
        match random.below(4) {
            0 => streams.response.iter_mut().for_each(|head| random.change(head)),
            1 => streams.request.iter_mut().for_each(|head| random.change(head)),
            2 => streams.ended = Some([Ended::Fin, Ended::Rst][random.below(2)]),
            _ => {}
        }
        let lengths = [
            (Part::Request, streams.request.as_ref().map_or(0, Vec::len)),
            (Part::Response, streams.response.as_ref().map_or(0, Vec::len)),
            (Part::FromServer, streams.from_server.len()),
            (Part::FromClient, streams.from_client.len()),
        ];
        let written = format!("{streams:02x?}");
        for finding in diagnose(&streams.into()).findings {
            let place = finding.place;
            let length = lengths.iter().find(|(part, _)| *part == place.part).unwrap().1;
            assert!(place.start <= place.end && place.end <= length, "{finding:?} in {written}");
        }
    }
}

#[test]
fn noise_is_judged() {
    let mut random = Random(0x9e37_79b9_7f4a_7c15);
    for _ in 0..1_500 {
        let length = random.below(400);
        let mut noise = || (0..length).map(|_| u8::try_from(random.below(256)).unwrap()).collect::<Vec<u8>>();
        let _ = diagnose(&streams(noise(), noise(), None).into());
        let _ = diagnose(&Streams { response: Some(noise()), request: Some(noise()), ..Streams::default() }.into());
    }
}

#[test]
fn how_bytes_are_cut_changes_nothing() {
    for streams in conversations() {
        let Streams { request, response, from_server, from_client, ended } = streams;
        let client = [request.unwrap(), from_client].concat();
        let server = [response.unwrap(), from_server].concat();
        let cut = |size: usize| {
            let pieces = |from: End, at: u64, bytes: &[u8]| -> Vec<Moment> {
                let chunks = bytes.chunks(size.max(1)).map(<[u8]>::to_vec);
                chunks.map(|piece| Moment { at, from, what: What::Bytes(piece) }).collect()
            };
            let mut moments = [pieces(End::Client, 10, &client), pieces(End::Server, 20, &server)].concat();
            moments.extend(ended.map(|ended| Moment { at: 90_000, from: End::Server, what: What::Ended(ended) }));
            diagnose(&Recording::of_timeline(moments)).findings
        };
        let whole = cut(usize::MAX);
        for size in [1, 7] {
            assert_eq!(cut(size), whole, "{}", brief(&whole).join(", "));
        }
    }
}

#[test]
fn a_head_that_is_not_all_there_misses_nothing() {
    for end in 1..RESPONSE.len() {
        let response = Some(RESPONSE[..end].into());
        let streams = Streams { request: Some(REQUEST.into()), response, ..Streams::default() };
        let findings = diagnose(&streams.into()).findings;
        assert!(
            findings.iter().all(|finding| !finding.rule.ends_with("_MISSING")),
            "{end}: {}",
            brief(&findings).join(", ")
        );
    }
}
