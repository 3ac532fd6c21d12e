//! Rows of the opening handshake: the accept key alone, and a browser's request judged and answered.

use std::rc::Rc;

use crate::contestant::{Contestant, Standing};
use crate::entrant::{Entrant, Omission, enter, timed};
use crate::transport::{Outlet, Transport};

/// The key of the RFC's example (§1.3), and its answer.
const KEY: &str = "dGhlIHNhbXBsZSBub25jZQ==";
const ACCEPT: &str = "s3pPLMBiTxaQ9kYGzzhZRbK+xOo=";

/// What a browser sends: 542 bytes.
const REQUEST: &str = "GET /rooms/5?lang=en HTTP/1.1\r\n\
    Host: chat.example.com\r\n\
    Connection: Upgrade\r\n\
    Pragma: no-cache\r\n\
    Cache-Control: no-cache\r\n\
    User-Agent: Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36\r\n\
    Upgrade: websocket\r\n\
    Origin: https://www.example.com\r\n\
    Sec-WebSocket-Version: 13\r\n\
    Accept-Encoding: gzip, deflate, br, zstd\r\n\
    Accept-Language: en-US,en;q=0.9\r\n\
    Cookie: session=0123456789ab; dark\r\n\
    Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\
    Sec-WebSocket-Extensions: permessage-deflate; client_max_window_bits\r\n\r\n";

const KEYS_IN_A_PASS: usize = 2_000;
const REQUESTS_IN_A_PASS: usize = 500;

/// Who derives accept keys, and how many a pass has.
///
/// # Errors
/// A contestant whose key is wrong.
pub fn accept_key_entrants() -> Result<(Vec<Entrant>, usize), String> {
    let entrants = enter(|contestant| {
        let derive = contestant.accept_key?;
        let outlet = Outlet::default();
        outlet.keep();
        derive(KEY, &outlet);
        if outlet.take() != ACCEPT.as_bytes() {
            return Some(Err("the accept key is wrong".to_owned()));
        }
        let pass = move || {
            timed(|| {
                for _ in 0..KEYS_IN_A_PASS {
                    derive(std::hint::black_box(KEY), &outlet);
                }
                Ok(())
            })
        };
        Some(Ok((Box::new(pass), None)))
    })?;
    Ok((entrants, KEYS_IN_A_PASS))
}

/// Who answers requests, and how many a pass has.
///
/// # Errors
/// A contestant that does not answer the browser's request as it must.
pub fn request_entrants() -> Result<(Vec<Entrant>, usize), String> {
    let request: Rc<[u8]> = Rc::from(REQUEST.as_bytes());
    let entrants = enter(|contestant| {
        let answer = contestant.handshake?;
        let outlet = Outlet::default();
        if let Err(error) = answered(answer, &request, contestant.standing) {
            return Some(Err(error));
        }
        let request = Rc::clone(&request);
        let pass = move || {
            let fresh = || Transport::once(&request, &outlet);
            let transports: Vec<_> = std::iter::repeat_with(fresh).take(REQUESTS_IN_A_PASS).collect();
            timed(|| transports.into_iter().try_for_each(answer))
        };
        Some(Ok((Box::new(pass), omission(contestant, answer))))
    })?;
    Ok((entrants, REQUESTS_IN_A_PASS))
}

/// Whether the answer is what the RFC asks for (§4.2.2 item 5); of a limit, whether the accept key is in it.
fn answered(answer: fn(Transport) -> Result<(), String>, request: &Rc<[u8]>, standing: Standing) -> Result<(), String> {
    let outlet = Outlet::default();
    outlet.keep();
    answer(Transport::once(request, &outlet))?;
    let response = outlet.take();
    let text = String::from_utf8_lossy(&response);
    let names: String = text.to_ascii_lowercase();
    let whole = text.starts_with("HTTP/1.1 101 ")
        && text.ends_with("\r\n\r\n")
        && names.contains("\r\nupgrade: websocket\r\n")
        && names.contains("\r\nconnection: upgrade\r\n");
    if text.contains(ACCEPT) && (whole || standing == Standing::Limit) {
        Ok(())
    } else {
        Err(format!("the response is not a 101 with the right key: {text:?}"))
    }
}

/// Tries valid and invalid requests. Who takes one that must be refused, or refuses one that must be taken, does not
/// judge requests as §4.2.1 asks, and so does another job.
fn omission(contestant: &Contestant, answer: fn(Transport) -> Result<(), String>) -> Option<Omission> {
    if contestant.standing == Standing::Limit {
        return None;
    }
    let taken = |request: &String| answer(Transport::once(&Rc::from(request.as_bytes()), &Outlet::default())).is_ok();
    let faults: Vec<_> = REQUESTS
        .iter()
        .filter(|(_, valid, change)| taken(&change.map_or_else(|| REQUEST.to_owned(), changed)) != *valid)
        .map(|(name, valid, _)| format!("{} {name}", if *valid { "refuses" } else { "takes" }))
        .collect();
    (!faults.is_empty()).then(|| Omission { words: faults.join(", "), another_job: true })
}

/// The browser's request with one text in place of another.
fn changed((from, to): (&str, &str)) -> String {
    REQUEST.replacen(from, to, 1)
}

/// What a request is called, whether it is valid, and what is changed in the browser's.
type Variant = (&'static str, bool, Option<(&'static str, &'static str)>);

const REQUESTS: &[Variant] = &[
    ("a browser's request", true, None),
    ("`Connection: keep-alive, Upgrade`", true, Some(("Connection: Upgrade", "Connection: keep-alive, Upgrade"))),
    ("`Upgrade: WebSocket`", true, Some(("Upgrade: websocket", "Upgrade: WebSocket"))),
    ("POST", false, Some(("GET ", "POST "))),
    ("HTTP/1.0", false, Some(("HTTP/1.1", "HTTP/1.0"))),
    ("no Host", false, Some(("Host: chat.example.com\r\n", ""))),
    ("`Connection: close`", false, Some(("Connection: Upgrade", "Connection: close"))),
    ("`Upgrade: h2c`", false, Some(("Upgrade: websocket", "Upgrade: h2c"))),
    ("no version", false, Some(("Sec-WebSocket-Version: 13\r\n", ""))),
    ("version 8", false, Some(("Sec-WebSocket-Version: 13", "Sec-WebSocket-Version: 8"))),
    ("no key", false, Some(("Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n", ""))),
    ("a key of 4 bytes", false, Some((KEY, "AAAAAA=="))),
    ("a key that is not base64", false, Some((KEY, "!!!!!!!!!!!!!!!!!!!!!!=="))),
];

#[cfg(test)]
mod tests {
    use super::{REQUEST, REQUESTS, changed};
    use std::collections::HashSet;

    #[test]
    fn the_request_has_542_bytes() {
        assert_eq!(REQUEST.len(), 542);
    }

    #[test]
    fn every_change_changes_something() {
        let requests: HashSet<_> =
            REQUESTS.iter().map(|(_, _, change)| change.map_or_else(|| REQUEST.to_owned(), changed)).collect();
        assert_eq!(requests.len(), REQUESTS.len());
    }
}
