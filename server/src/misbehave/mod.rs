//! `/misbehave/`: servers that do one thing wrong each, for those who write clients and for those who look for a mistake.
//!
//! `/misbehave/<id>` answers a client's handshake as a case of the doctor says, byte for byte and with its end of the TCP
//! connection ([`player`]); read with GET, it says what the case is, and `/misbehave/` lists them all ([`page`], or
//! [`json`] for programs). Nothing here has authority: any origin may use it, as it may `/echo`.

mod client;
mod json;
mod page;
mod player;

use http_body_util::Full;
use hyper::body::Bytes;
use hyper::header::{self, HeaderMap, HeaderValue};
use hyper::{Response, StatusCode};
use tracing::info;
use ws101_doctor::cases::{self, Case};

use crate::handshake;
use crate::plain::{self, text};
use crate::server::Server;
use crate::shutdown::Shutdown;
use crate::tap;
use crate::wire::Wire;
use player::Player;

/// Answers a handshake for `/misbehave/<id>`, recorded by this tap if there is one.
pub(crate) async fn serve(
    mut wire: Wire,
    head: &[u8],
    id: &str,
    tap: Option<String>,
    server: &Server,
    shutdown: Shutdown,
) {
    let mut commands = None;
    if let Some(tap) = tap {
        let Some((recorded, asked)) = tap::record(wire, &tap, server).await else { return };
        (wire, commands) = (recorded, Some(asked));
    }
    let Some(case) = cases::find(id) else {
        info!("404: there is no case {id:?}");
        return handshake::refuse(wire, &plain::response("404 Not Found", &unknown(id)), server.limits).await;
    };
    let key = match server.verify(head) {
        Ok(request) => request.key(),
        Err(error) => return handshake::refuse_handshake(wire, error, server.limits).await,
    };
    info!("misbehaving: {id}");
    wire.forget(head.len());
    Player::new(case, key.as_str(), commands, server.limits).play(wire, shutdown).await;
}

/// The key of the RFC's example, for which it is shown what is sent.
const KEY: &str = "dGhlIHNhbXBsZSBub25jZQ==";

/// Where the cases are listed, and below which each of them is.
const ROOT: &str = "/misbehave";

/// How the list looks: the page's policy lets no style stand in the list itself.
const STYLE: &str = "/misbehave.css";

/// Answers a plain request, unless it is for something else; `host` is where the client thinks that it asks.
pub(crate) fn respond(path: &str, headers: &HeaderMap, host: &str) -> Option<Response<Full<Bytes>>> {
    if path == STYLE {
        return Some(content("text/css; charset=utf-8", include_str!("style.css")));
    }
    let id = path.strip_prefix(ROOT)?;
    let all = cases::all().iter().chain(cases::variations());
    let wanted: Vec<&Case> = match id.strip_prefix('/') {
        None if id.is_empty() => all.collect(),
        None => return None,
        Some("") => all.collect(),
        Some(id) => match cases::find(id) {
            Some(case) => vec![case],
            None => return Some(text(StatusCode::NOT_FOUND, unknown(id))),
        },
    };
    let mut response = if wants_json(headers) {
        content("application/json", json::list(&wanted))
    } else {
        content("text/html; charset=utf-8", page::list(&wanted, host))
    };
    response.headers_mut().insert(header::VARY, HeaderValue::from_static("Accept"));
    Some(response)
}

fn content(kind: &'static str, body: impl Into<Bytes>) -> Response<Full<Bytes>> {
    let mut response = Response::new(Full::from(body.into()));
    response.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static(kind));
    response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("no-cache"));
    response
}

/// Browsers take HTML before all else; programs that name JSON and not HTML get that.
fn wants_json(headers: &HeaderMap) -> bool {
    let fields = headers.get_all(header::ACCEPT).iter().filter_map(|value| value.to_str().ok());
    let kinds = fields.flat_map(|value| value.split(',')).filter_map(|range| range.split(';').next());
    let first = kinds.map(str::trim).find(|kind| matches!(*kind, "application/json" | "text/html"));
    first == Some("application/json")
}

fn unknown(id: &str) -> String {
    let near = match cases::near(id).as_slice() {
        [] => String::new(),
        near => format!(" Is one of these meant? {}.", near.join(", ")),
    };
    format!("There is no misbehaviour {id:?}.{near} All of them are at {ROOT}/.\n")
}
