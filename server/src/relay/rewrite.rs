//! Other names in a request than the app gave, for servers that look at them.

use std::net::IpAddr;

use hyper::http::uri::Authority;
use ws101_core::{Head, Span};

use crate::relay::request;
use crate::tap::Authorities;

/// What is rewritten, and for whom.
///
/// A server that looks at `Host` and `Origin` does it to keep other sites' pages away. Where the tap puts its own names
/// there, it has to keep them away itself.
#[derive(Debug)]
pub(super) struct Rewriting {
    pub(super) host: Option<String>,
    pub(super) origin: Option<String>,
    /// The names of the tap.
    pub(super) authorities: Authorities,
    /// The origins that are taken, besides those of loopback hosts.
    pub(super) origins: Vec<String>,
}

/// A request that is not forwarded: what it is told.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Refused(pub(super) String);

impl Rewriting {
    /// Whether anything is rewritten.
    pub(super) const fn is_wanted(&self) -> bool {
        self.host.is_some() || self.origin.is_some()
    }

    /// The head as the server is to get it.
    pub(super) fn rewrite(&self, head: &[u8]) -> Result<Vec<u8>, Refused> {
        let parsed = Head::new(head);
        self.admit(parsed)?;
        let mut changes: Vec<(Span, Vec<u8>)> = Vec::new();
        for field in parsed.fields() {
            let value = match field.name_bytes().to_ascii_lowercase().as_slice() {
                b"host" => self.host.clone(),
                b"origin" => self.origin.clone(),
                // The next request would be forwarded as it is.
                b"connection" if !request::asks_for_websocket(head) => Some("close".to_owned()),
                _ => None,
            };
            changes.extend(value.map(|value| (field.value, value.into_bytes())));
        }
        let connection = parsed.fields().any(|field| field.is("Connection"));
        if let Some(end) = parsed.empty_line().filter(|_| !connection && !request::asks_for_websocket(head)) {
            changes.push((Span::new(end.content.start, end.content.start), b"Connection: close\r\n".to_vec()));
        }
        let mut rewritten = Vec::with_capacity(head.len() + 64);
        let mut at = 0;
        for (span, value) in changes {
            rewritten.extend_from_slice(&head[at..span.start]);
            rewritten.extend(value);
            at = span.end;
        }
        rewritten.extend_from_slice(&head[at..]);
        Ok(rewritten)
    }

    /// Refuses what another site's page may have sent.
    fn admit(&self, head: Head<'_>) -> Result<(), Refused> {
        let value =
            |name| head.fields_named(name).map(|field| String::from_utf8_lossy(field.value_bytes()).into_owned());
        for host in value("Host") {
            if !self.authorities.take(&host) {
                return Err(Refused(format!(
                    "The tap rewrites what tells the server where a request comes from, so it takes none that names it \
                     {host:?}: that keeps other sites' pages from reaching the server. Name it by a loopback name and \
                     its port, or start it with --allow-host and this name.\n"
                )));
            }
        }
        for origin in value("Origin") {
            if !self.takes_origin(&origin) {
                return Err(Refused(format!(
                    "The tap rewrites what tells the server where a request comes from, so it takes none of pages of \
                     {origin:?}: that keeps other sites' pages from reaching the server. Start it with --allow-origin \
                     and this origin if they may.\n"
                )));
            }
        }
        Ok(())
    }

    fn takes_origin(&self, origin: &str) -> bool {
        self.origins.iter().any(|taken| taken.eq_ignore_ascii_case(origin)) || is_loopback_origin(origin)
    }
}

fn is_loopback_origin(origin: &str) -> bool {
    let authority = origin.split_once("://").and_then(|(_, authority)| authority.parse::<Authority>().ok());
    authority.is_some_and(|authority| {
        let name = authority.host().trim_start_matches('[').trim_end_matches(']');
        let loopback =
            name.parse::<IpAddr>().map_or_else(|_| name.eq_ignore_ascii_case("localhost"), |ip| ip.is_loopback());
        loopback && !authority.as_str().contains('@')
    })
}

#[cfg(test)]
mod tests {
    use super::{Rewriting, is_loopback_origin};
    use crate::tap::Authorities;

    fn rewriting(host: Option<&str>, origin: Option<&str>) -> Rewriting {
        Rewriting {
            host: host.map(str::to_owned),
            origin: origin.map(str::to_owned),
            authorities: Authorities::new("127.0.0.1", 9001, &[]),
            origins: vec!["https://app.example".to_owned()],
        }
    }

    const UPGRADE: &str = "GET / HTTP/1.1\r\nhost:127.0.0.1:9001 \r\nUpgrade: websocket\r\nConnection: keep-alive, \
                           Upgrade\r\nOrigin: http://localhost:5173\r\n\r\n";

    #[test]
    fn names_are_put_in_the_place_of_others_and_nothing_else_changes() {
        for (host, origin) in [(Some("a.example"), None), (None, Some("https://a.example")), (Some("a"), Some("null"))]
        {
            let expected = UPGRADE
                .replace("127.0.0.1:9001", host.unwrap_or("127.0.0.1:9001"))
                .replace("http://localhost:5173", origin.unwrap_or("http://localhost:5173"));
            let found = rewriting(host, origin).rewrite(UPGRADE.as_bytes()).unwrap();
            assert_eq!(String::from_utf8(found).unwrap(), expected);
        }
    }

    #[test]
    fn plain_requests_end_their_connection() {
        for (head, expected) in [
            (
                "GET / HTTP/1.1\r\nHost: localhost:9001\r\nConnection: keep-alive\r\n\r\n",
                "GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n",
            ),
            (
                "GET / HTTP/1.1\r\nHost: localhost:9001\r\n\r\n",
                "GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n",
            ),
        ] {
            let found = rewriting(Some("a"), None).rewrite(head.as_bytes()).unwrap();
            assert_eq!(String::from_utf8(found).unwrap(), expected);
        }
    }

    #[test]
    fn pages_of_other_sites_are_kept_away() {
        let rewriting = rewriting(Some("a"), None);
        let with =
            |host: &str, origin: &str| UPGRADE.replace("127.0.0.1:9001", host).replace("http://localhost:5173", origin);
        assert!(rewriting.rewrite(with("localhost:9001", "https://app.example").as_bytes()).is_ok());
        for (host, origin, hint) in [
            ("evil.example:9001", "http://localhost", "--allow-host"),
            ("127.0.0.1:9002", "http://localhost", "--allow-host"),
            ("127.0.0.1:9001", "http://evil.example", "--allow-origin"),
            ("127.0.0.1:9001", "null", "--allow-origin"),
        ] {
            let refused = rewriting.rewrite(with(host, origin).as_bytes()).unwrap_err().0;
            assert!(refused.contains(hint), "{host} {origin}: {refused}");
        }
        for origin in ["http://localhost:5173", "https://127.0.0.1", "http://[::1]:80"] {
            assert!(is_loopback_origin(origin), "{origin}");
        }
        for origin in
            ["http://localhost.evil.example", "http://localhost@evil.example", "null", "", "http://", "file://"]
        {
            assert!(!is_loopback_origin(origin), "{origin}");
        }
    }
}
