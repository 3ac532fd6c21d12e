//! The page's files: embedded in a release build, read from disk in a debug build.

use std::borrow::Cow;

use http_body_util::Full;
use hyper::body::Bytes;
use hyper::header::{self, HeaderMap, HeaderValue};
use hyper::{Response, StatusCode};
use percent_encoding::percent_decode_str;
use rust_embed::{EmbeddedFile, RustEmbed};

use crate::plain::text;

/// The built page; empty in a tree in which it was not built.
#[derive(RustEmbed)]
#[cfg_attr(packaged, folder = "page")]
#[cfg_attr(not(packaged), folder = "../www/dist")]
#[allow_missing = true]
struct Page;

/// The file at this path of a URL.
pub(crate) fn respond(path: &str, headers: &HeaderMap) -> Response<Full<Bytes>> {
    respond_from::<Page>(path, headers)
}

fn respond_from<Files: RustEmbed>(path: &str, headers: &HeaderMap) -> Response<Full<Bytes>> {
    let Some(name) = file_name(path) else {
        return text(StatusCode::BAD_REQUEST, "The path is not one: it leaves its folder, or is not UTF-8.\n");
    };
    match Files::get(&name) {
        Some(file) => respond_with(&name, file, headers),
        None if name == INDEX => text(
            StatusCode::SERVICE_UNAVAILABLE,
            "The page is not built. Run `cargo xtask play`, which builds it and then serves it here.\n\
             /echo takes WebSocket connections all the same.\n",
        ),
        None => text(StatusCode::NOT_FOUND, format!("There is nothing at {path}. The page is at /.\n")),
    }
}

const INDEX: &str = "index.html";

/// The file's name below the page's folder; `None` for a path that is no such name.
fn file_name(path: &str) -> Option<Cow<'_, str>> {
    let decoded = percent_decode_str(path.strip_prefix('/')?).decode_utf8().ok()?;
    if decoded.is_empty() {
        return Some(Cow::Borrowed(INDEX));
    }
    let plain = |part: &str| !part.is_empty() && part != "." && part != ".." && !part.contains(['\\', '\0', ':']);
    decoded.split('/').all(plain).then_some(decoded)
}

fn respond_with(name: &str, file: EmbeddedFile, headers: &HeaderMap) -> Response<Full<Bytes>> {
    let tag = format!("\"{}\"", hex::encode(&file.metadata.sha256_hash()[..16]));
    let known = headers.get_all(header::IF_NONE_MATCH).iter().filter_map(|value| value.to_str().ok());
    let unchanged = known.flat_map(|value| value.split(',')).any(|known| {
        let known = known.trim();
        known == "*" || known.strip_prefix("W/").unwrap_or(known) == tag
    });
    let content_type = content_type(file.metadata.mimetype());
    let mut response = Response::new(if unchanged { Full::default() } else { Full::from(bytes_of(file.data)) });
    if unchanged {
        *response.status_mut() = StatusCode::NOT_MODIFIED;
    }
    // The build puts a hash of the content into these names; everything else is asked for anew.
    let caching = if name.starts_with("assets/") { "public, max-age=31536000, immutable" } else { "no-cache" };
    let fields = response.headers_mut();
    fields.insert(header::CACHE_CONTROL, HeaderValue::from_static(caching));
    for (field, value) in [(header::ETAG, tag), (header::CONTENT_TYPE, content_type)] {
        if let Ok(value) = HeaderValue::try_from(value) {
            fields.insert(field, value);
        }
    }
    response
}

fn content_type(mime: &str) -> String {
    let written_in_utf8 = mime.starts_with("text/") || mime == "application/json" || mime == "image/svg+xml";
    if written_in_utf8 { format!("{mime}; charset=utf-8") } else { mime.to_owned() }
}

fn bytes_of(data: Cow<'static, [u8]>) -> Bytes {
    match data {
        Cow::Borrowed(bytes) => Bytes::from_static(bytes),
        Cow::Owned(bytes) => Bytes::from(bytes),
    }
}

#[cfg(test)]
mod tests {
    use http_body_util::BodyExt;
    use hyper::body::Bytes;
    use hyper::header::HeaderMap;
    use rust_embed::RustEmbed;

    use super::respond_from;

    /// A page with one file of each kind.
    #[derive(RustEmbed)]
    #[folder = "tests/page"]
    struct Sample;

    /// A page that was not built.
    #[derive(RustEmbed)]
    #[folder = "tests/no-page"]
    #[allow_missing = true]
    struct Nothing;

    struct Answer {
        status: u16,
        headers: HeaderMap,
        body: Bytes,
    }

    impl Answer {
        fn header(&self, name: &str) -> &str {
            self.headers.get(name).map_or("", |value| value.to_str().unwrap())
        }
    }

    async fn get<Files: RustEmbed>(path: &str, request: &[(&'static str, &str)]) -> Answer {
        let headers = request.iter().map(|(name, value)| (name.parse().unwrap(), value.parse().unwrap())).collect();
        let (parts, body) = respond_from::<Files>(path, &headers).into_parts();
        let body = body.collect().await.unwrap().to_bytes();
        Answer { status: parts.status.as_u16(), headers: parts.headers, body }
    }

    #[tokio::test]
    async fn every_kind_of_file_has_its_content_type() {
        for (path, content_type) in [
            ("/", "text/html; charset=utf-8"),
            ("/index.html", "text/html; charset=utf-8"),
            ("/assets/main-1a2b3c4d.js", "text/javascript; charset=utf-8"),
            ("/assets/main-1a2b3c4d.css", "text/css; charset=utf-8"),
            ("/assets/module-1a2b3c4d.wasm", "application/wasm"),
            ("/assets/text-1a2b3c4d.woff2", "font/woff2"),
            ("/favicon.svg", "image/svg+xml; charset=utf-8"),
            ("/picture.png", "image/png"),
            ("/session.json", "application/json; charset=utf-8"),
        ] {
            let answer = get::<Sample>(path, &[]).await;
            assert_eq!((answer.status, answer.header("content-type")), (200, content_type), "{path}");
        }
    }

    #[tokio::test]
    async fn only_hashed_names_are_kept_without_asking() {
        assert_eq!(get::<Sample>("/", &[]).await.header("cache-control"), "no-cache");
        assert_eq!(get::<Sample>("/favicon.svg", &[]).await.header("cache-control"), "no-cache");
        let hashed = get::<Sample>("/assets/main-1a2b3c4d.js", &[]).await;
        assert_eq!(hashed.header("cache-control"), "public, max-age=31536000, immutable");
    }

    #[tokio::test]
    async fn what_is_known_is_not_sent_again() {
        let first = get::<Sample>("/", &[]).await;
        let tag = first.header("etag");
        for known in [tag.to_owned(), format!("\"other\", W/{tag}"), "*".to_owned()] {
            let again = get::<Sample>("/", &[("if-none-match", &known)]).await;
            assert_eq!((again.status, again.body.len(), again.header("etag")), (304, 0, tag), "{known}");
        }
        assert_eq!(get::<Sample>("/", &[("if-none-match", "\"other\"")]).await.status, 200);
    }

    #[tokio::test]
    async fn no_path_leaves_the_folder() {
        assert_eq!(get::<Sample>("/assets/%6dain-1a2b3c4d.js", &[]).await.status, 200);
        for path in [
            "/../Cargo.toml",
            "/%2e%2e/%2e%2e/Cargo.toml",
            "/..%2f..%2fCargo.toml",
            "/assets/../../../Cargo.toml",
            "/assets/../index.html",
            "//etc/passwd",
            "/%2fetc%2fpasswd",
            "/..%5c..%5cCargo.toml",
            "/C:/index.html",
            "/index.html%00",
            "/%ff",
            "*",
            "",
        ] {
            let answer = get::<Sample>(path, &[]).await;
            assert_eq!(answer.status, 400, "{path}");
            assert!(answer.body.starts_with(b"The path is not one"), "{path}");
        }
        for path in ["/nothing", "/assets", "/Cargo.toml", "/index.html/x", "/%2525"] {
            assert_eq!(get::<Sample>(path, &[]).await.status, 404, "{path}");
        }
    }

    #[tokio::test]
    async fn a_page_that_is_not_built_says_how_to_build_it() {
        let answer = get::<Nothing>("/", &[]).await;
        assert_eq!(answer.status, 503);
        assert!(answer.body.windows(16).any(|text| text == b"cargo xtask play"));
        assert_eq!(get::<Nothing>("/x", &[]).await.status, 404);
    }
}
