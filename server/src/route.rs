//! Who answers a head.

use hyper::Uri;
use ws101_core::Head;

/// Who answers, and what the query tells them.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Route {
    /// The echo; recorded under this id, if there is one.
    Echo { tap: Option<String> },
    /// A misbehaviour, for a client that wants to switch protocols; recorded like the echo.
    Misbehave { case: String, tap: Option<String> },
    /// The tap; allowed to whoever knows the secret.
    Tap { secret: Option<String> },
    /// hyper, which also answers what makes no sense.
    Page,
}

impl Route {
    /// Looks at the request-target alone: whether the request is fit for it is for those to judge who answer. But what
    /// stands below `/misbehave/` can be read, too.
    pub(crate) fn of(head: &[u8]) -> Self {
        let parts = Head::new(head);
        let line = parts.start_line().content.of(head);
        let target = line.split(|&byte| byte == b' ').nth(1).unwrap_or_default();
        let Ok(uri) = Uri::try_from(target) else {
            return Self::Page;
        };
        match uri.path() {
            "/echo" => Self::Echo { tap: parameter(&uri, "tap") },
            "/tap" => Self::Tap { secret: parameter(&uri, "secret") },
            path => match path.strip_prefix("/misbehave/") {
                Some(case) if !case.is_empty() && is_handshake(&parts) => {
                    Self::Misbehave { case: case.to_owned(), tap: parameter(&uri, "tap") }
                }
                _ => Self::Page,
            },
        }
    }
}

/// Whether the client means to switch protocols, be its handshake right or not.
fn is_handshake(head: &Head<'_>) -> bool {
    ["Upgrade", "Sec-WebSocket-Key"].into_iter().any(|name| head.fields_named(name).next().is_some())
}

fn parameter(uri: &Uri, name: &str) -> Option<String> {
    let query = uri.query()?.as_bytes();
    form_urlencoded::parse(query).find(|(key, _)| key == name).map(|(_, value)| value.into_owned())
}

#[cfg(test)]
mod tests {
    use super::Route;

    #[test]
    fn what_misbehaves_for_clients_is_a_page_for_readers() {
        let route = |target: &str, fields: &str| Route::of(format!("GET {target} HTTP/1.1\r\n{fields}\r\n").as_bytes());
        let case =
            |case: &str, tap: Option<&str>| Route::Misbehave { case: case.to_owned(), tap: tap.map(str::to_owned) };
        assert_eq!(route("/misbehave/masked", "upgrade: websocket\r\n"), case("masked", None));
        assert_eq!(route("/misbehave/masked?tap=ab", "Sec-WebSocket-Key: x\r\n"), case("masked", Some("ab")));
        assert_eq!(route("/misbehave/no/such", "Upgrade: websocket\r\n"), case("no/such", None));
        assert_eq!(route("/misbehave/masked", ""), Route::Page);
        assert_eq!(route("/misbehave/", "Upgrade: websocket\r\n"), Route::Page);
        assert_eq!(route("/misbehaved", "Upgrade: websocket\r\n"), Route::Page);
    }

    #[test]
    fn the_path_decides() {
        let echo = |tap: Option<&str>| Route::Echo { tap: tap.map(str::to_owned) };
        for (target, route) in [
            ("/echo", echo(None)),
            ("/echo?", echo(None)),
            ("/echo?tap=ab", echo(Some("ab"))),
            ("/echo?x=1&tap=a%62", echo(Some("ab"))),
            ("http://127.0.0.1:8101/echo?tap=ab", echo(Some("ab"))),
            ("/tap?secret=s", Route::Tap { secret: Some("s".to_owned()) }),
            ("/tap", Route::Tap { secret: None }),
            ("/tap.json", Route::Page),
            ("/echo/", Route::Page),
            ("/", Route::Page),
            ("*", Route::Page),
            ("\u{1}", Route::Page),
        ] {
            assert_eq!(Route::of(format!("GET {target} HTTP/1.1\r\n\r\n").as_bytes()), route, "{target}");
        }
        for head in ["\r\n", "GET\r\n\r\n", "", "\u{16}\u{3}\u{1}\n\n"] {
            assert_eq!(Route::of(head.as_bytes()), Route::Page, "{head:?}");
        }
    }
}
