//! Who answers a head.

use hyper::Uri;
use ws101_core::Head;

/// Who answers, and what the query tells them.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Route {
    /// The echo; recorded under this id, if there is one.
    Echo { tap: Option<String> },
    /// The tap; allowed to whoever knows the secret.
    Tap { secret: Option<String> },
    /// hyper, which also answers what makes no sense.
    Page,
}

impl Route {
    /// Looks at the request-target alone: whether the request is fit for it is for those to judge who answer.
    pub(crate) fn of(head: &[u8]) -> Self {
        let line = Head::new(head).start_line().content.of(head);
        let target = line.split(|&byte| byte == b' ').nth(1).unwrap_or_default();
        let Ok(uri) = Uri::try_from(target) else {
            return Self::Page;
        };
        match uri.path() {
            "/echo" => Self::Echo { tap: parameter(&uri, "tap") },
            "/tap" => Self::Tap { secret: parameter(&uri, "secret") },
            _ => Self::Page,
        }
    }
}

fn parameter(uri: &Uri, name: &str) -> Option<String> {
    let query = uri.query()?.as_bytes();
    form_urlencoded::parse(query).find(|(key, _)| key == name).map(|(_, value)| value.into_owned())
}

#[cfg(test)]
mod tests {
    use super::Route;

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
