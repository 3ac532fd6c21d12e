//! Opening handshakes: those that a server must accept however they are written, and those that it must refuse.

use std::time::Duration;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use ws101_doctor::probing::Probe;

use crate::doctor::probe::line::Piece;
use crate::doctor::probe::request::{KEY, Request, VERSION};

/// Between pieces, so that each is read by itself.
const PAUSE: Duration = Duration::from_millis(60);
const BYTE_PAUSE: Duration = Duration::from_millis(1);

/// How the request of a probe is sent; as any, where it is not about requests.
pub(super) fn pieces(probe: Probe, request: Request) -> Vec<Piece> {
    let bytes = request_of(probe, request).bytes();
    match probe {
        Probe::HeadBytewise => Piece::bytewise(&bytes, BYTE_PAUSE),
        Probe::HeadFiveWrites => {
            let fifth = bytes.len() / 5;
            Piece::cut(&bytes, &[fifth, 2 * fifth, 3 * fifth, 4 * fifth], PAUSE)
        }
        _ => vec![Piece::new(bytes)],
    }
}

fn request_of(probe: Probe, request: Request) -> Request {
    match probe {
        Probe::Head1024 => request.key_behind(1025),
        Probe::Head2048 => request.key_behind(2049),
        Probe::Head8000 => request.key_behind(8001),
        Probe::CookiesBehind => request.longer_than(1100),
        Probe::NamesLower => request.lower_case(),
        Probe::NoBlank => request.blanks("", ""),
        Probe::Blanks => request.blanks("  ", "  "),
        Probe::KeyDecoy => request.first("X-Forwarded-Sec-WebSocket-Key", "AQIDBAUGBwgJCgsMDQ4PEA=="),
        Probe::ConnectionList => request.with("Connection", "keep-alive, Upgrade"),
        Probe::UpgradeCase => request.with("Upgrade", "WebSocket"),

        Probe::NoUpgrade => request.without("Upgrade").with("Connection", "keep-alive"),
        Probe::OtherVersion => request.with(VERSION, "12"),
        Probe::ShortKey => {
            let short = STANDARD.encode(&request.key.nonce()[1..]);
            request.with(KEY, &short)
        }
        Probe::NoHost => request.without("Host"),
        Probe::Post => request.method("POST").with("Content-Length", "0"),
        Probe::ForeignOrigin => request.with("Origin", "https://another-site.example"),
        Probe::NoKey => request.without(KEY),
        Probe::PlainGet => {
            let request = request.without("Upgrade").without(KEY).without(VERSION).without("Sec-WebSocket-Protocol");
            request.with("Connection", "keep-alive").with("Accept", "text/html,*/*;q=0.8")
        }
        _ => request,
    }
}
