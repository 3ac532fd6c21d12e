//! Requests that do not switch protocols: each is replayed into hyper, which writes its response on the wire.

mod replay;

use std::convert::Infallible;
use std::io;
use std::sync::atomic::{AtomicBool, Ordering};

use http_body_util::Full;
use hyper::body::{Body, Bytes, Incoming};
use hyper::header::{self, HeaderMap, HeaderValue};
use hyper::service::service_fn;
use hyper::{Method, Request, Response, StatusCode, Version};
use tracing::info;

use crate::assets;
use crate::misbehave;
use crate::plain::{self, text};
use crate::server::Server;
use crate::tap::{self, Authorities};
use crate::wire::Wire;
use replay::Replay;

/// Whether another request may follow on the connection.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Persistence {
    KeepAlive,
    Close,
}

/// Answers one request, of which only the head has been taken from the wire.
pub(crate) async fn answer(wire: &mut Wire, head: &[u8], server: &Server) -> io::Result<Persistence> {
    // Whether hyper could read the head, and what was decided about the connection then.
    let (understood, persistent) = (AtomicBool::new(false), AtomicBool::new(false));
    let service = service_fn(async |request: Request<Incoming>| {
        understood.store(true, Ordering::Relaxed);
        let (response, persistence) = judge(&request, server);
        persistent.store(persistence == Persistence::KeepAlive, Ordering::Relaxed);
        info!("{}: {} {}", response.status().as_u16(), request.method(), request.uri().path());
        Ok::<_, Infallible>(response)
    });
    let replay = Replay::new(head, wire.tcp(), &understood);
    let result = hyper::server::conn::http1::Builder::new().half_close(true).serve_connection(replay, service).await;
    if !understood.into_inner() {
        let why = result.err().map_or_else(String::new, |error| format!(": {error}"));
        info!("400: not a request{why}");
        let text = format!("This is no HTTP/1.1 request{why}. Begin with a line like `GET / HTTP/1.1`.\n");
        wire.write_all(&plain::response("400 Bad Request", &text)).await?;
        return Ok(Persistence::Close);
    }
    result.map_err(io::Error::other)?;
    Ok(if persistent.into_inner() { Persistence::KeepAlive } else { Persistence::Close })
}

fn judge(request: &Request<Incoming>, server: &Server) -> (Response<Full<Bytes>>, Persistence) {
    let body = !request.body().is_end_stream();
    let persistence = if body || request.version() != Version::HTTP_11 || asks_to_close(request.headers()) {
        Persistence::Close
    } else {
        Persistence::KeepAlive
    };
    let mut response = respond(request, body, server);
    let headers = response.headers_mut();
    for (name, value) in PROTECTION {
        headers.insert(name, HeaderValue::from_static(value));
    }
    if persistence == Persistence::Close {
        headers.insert(header::CONNECTION, HeaderValue::from_static("close"));
    }
    (response, persistence)
}

fn respond(request: &Request<Incoming>, body: bool, server: &Server) -> Response<Full<Bytes>> {
    let path = request.uri().path();
    let mut hosts = request.headers().get_all(header::HOST).iter();
    let host = match (hosts.next(), hosts.next()) {
        (Some(host), None) => host.to_str().unwrap_or_default(),
        (None, None) if request.version() != Version::HTTP_11 => "",
        // RFC 9112 §3.2: "A server MUST respond with a 400 (Bad Request) status code to any HTTP/1.1 request message
        // that lacks a Host header field and to any request message that contains more than one Host header field line"
        _ => return text(StatusCode::BAD_REQUEST, "The request must have one Host field, and has none or several.\n"),
    };
    if !matches!(*request.method(), Method::GET | Method::HEAD) {
        let message = format!("{path} can be read with GET or HEAD, not with {}.\n", request.method());
        let mut response = text(StatusCode::METHOD_NOT_ALLOWED, message);
        response.headers_mut().insert(header::ALLOW, HeaderValue::from_static("GET, HEAD"));
        return response;
    }
    if body {
        return text(StatusCode::PAYLOAD_TOO_LARGE, "This server takes no request bodies: leave it out.\n");
    }
    if path == "/tap.json" {
        return offer(host, server);
    }
    misbehave::respond(path, request.headers(), host).unwrap_or_else(|| assets::respond(path, request.headers()))
}

/// Where the tap is and what opens it: readable for pages of our own origin alone.
fn offer(host: &str, server: &Server) -> Response<Full<Bytes>> {
    let mut response = if server.authorities.take(host) {
        let mut response = Response::new(Full::from(tap::offer(server)));
        response.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static("application/json"));
        response
    } else {
        text(StatusCode::FORBIDDEN, Authorities::foreign(host))
    };
    response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response
}

fn asks_to_close(headers: &HeaderMap) -> bool {
    let fields = headers.get_all(header::CONNECTION).iter().filter_map(|value| value.to_str().ok());
    fields.flat_map(|value| value.split(',')).any(|option| option.trim().eq_ignore_ascii_case("close"))
}

/// What keeps the page to itself and other sites out of it. `wasm-unsafe-eval` is for the module; `ws:` and `wss:` are
/// for people who connect to servers of their own.
const PROTECTION: [(&str, &str); 5] = [
    (
        "content-security-policy",
        "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; img-src 'self' data:; \
         font-src 'self'; connect-src 'self' ws: wss:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
    ),
    ("x-content-type-options", "nosniff"),
    ("referrer-policy", "no-referrer"),
    ("cross-origin-opener-policy", "same-origin"),
    ("cross-origin-resource-policy", "same-origin"),
];
