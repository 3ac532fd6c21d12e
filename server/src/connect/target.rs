//! Where to connect to, from a URL (RFC 6455 §3).

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use percent_encoding::percent_decode_str;
use url::{Host, Url};

/// What a WebSocket URL says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Target {
    /// The URL without user and password.
    pub(crate) url: String,
    pub(crate) security: Security,
    /// A name, or an address without brackets.
    pub(crate) host: String,
    pub(crate) port: u16,
    /// The `Host` field: with the port where it is not the scheme's own.
    pub(crate) authority: String,
    /// Path and query.
    pub(crate) resource: String,
    /// The `Authorization` field, where the URL has a user.
    pub(crate) authorization: Option<String>,
}

/// Whether TLS is below the connection.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Security {
    Plain,
    Tls,
}

impl Target {
    pub(crate) fn parse(text: &str) -> Result<Self, String> {
        let mut url = Url::parse(text).map_err(|error| {
            let hint = if text.contains("://") {
                String::new()
            } else {
                format!("; begin with ws:// or wss://, as in ws://{text}")
            };
            format!("{error}{hint}")
        })?;
        let security = match url.scheme() {
            "ws" => Security::Plain,
            "wss" => Security::Tls,
            "http" => return Err("http:// is not WebSocket; the same place is ws:// there".to_owned()),
            "https" => return Err("https:// is not WebSocket; the same place is wss:// there".to_owned()),
            other => return Err(format!("{other}: is not WebSocket; begin with ws:// or wss://")),
        };
        // §3: "Fragment identifiers are meaningless in the context of WebSocket URIs and MUST NOT be used on these
        // URIs."
        if url.fragment().is_some() {
            return Err(
                "a WebSocket URL has no fragment (RFC 6455 §3); leave out the # and what follows it, or write \
                        %23 where the character is meant"
                    .to_owned(),
            );
        }
        let authorization = authorization(&url)?;
        // Neither can fail on a URL that has a host, and its scheme says that it has one.
        let _ = url.set_username("");
        let _ = url.set_password(None);
        let host = match url.host() {
            Some(Host::Ipv6(address)) => address.to_string(),
            Some(host) => host.to_string(),
            None => return Err("there is no host in it".to_owned()),
        };
        let port = url.port_or_known_default().filter(|&port| port != 0).ok_or("port 0 cannot be connected to")?;
        let name = url.host_str().unwrap_or_default();
        Ok(Self {
            security,
            host,
            port,
            authority: url.port().map_or_else(|| name.to_owned(), |port| format!("{name}:{port}")),
            resource: url.query().map_or_else(|| url.path().to_owned(), |query| format!("{}?{query}", url.path())),
            authorization,
            url: url.into(),
        })
    }
}

/// User and password, for `Authorization: Basic` (RFC 7617).
fn authorization(url: &Url) -> Result<Option<String>, String> {
    if url.username().is_empty() && url.password().is_none() {
        return Ok(None);
    }
    let decoded = |text: &str| {
        let text = percent_decode_str(text).decode_utf8().map_err(|_| "its user or password is not UTF-8")?;
        Ok::<_, String>(text.into_owned())
    };
    let user = decoded(url.username())?;
    if user.contains(':') {
        return Err("a user's name with a colon cannot be sent as Basic authorization (RFC 7617 §2)".to_owned());
    }
    let password = decoded(url.password().unwrap_or_default())?;
    Ok(Some(format!("Basic {}", STANDARD.encode(format!("{user}:{password}")))))
}

#[cfg(test)]
mod tests {
    use super::{Security, Target};

    #[test]
    fn urls_say_where_to_go() {
        for (text, security, host, port, authority, resource) in [
            ("ws://example.com", Security::Plain, "example.com", 80, "example.com", "/"),
            ("ws://example.com:80/a", Security::Plain, "example.com", 80, "example.com", "/a"),
            ("wss://example.com/chat?x=1&y=%20", Security::Tls, "example.com", 443, "example.com", "/chat?x=1&y=%20"),
            ("WS://Example.COM:8101/世", Security::Plain, "example.com", 8101, "example.com:8101", "/%E4%B8%96"),
            ("wss://[::1]:8443/?", Security::Tls, "::1", 8443, "[::1]:8443", "/?"),
            ("ws://世界.example/", Security::Plain, "xn--rhqv96g.example", 80, "xn--rhqv96g.example", "/"),
        ] {
            let target = Target::parse(text).unwrap();
            assert_eq!((target.security, target.host.as_str(), target.port), (security, host, port), "{text}");
            assert_eq!((target.authority.as_str(), target.resource.as_str()), (authority, resource), "{text}");
            assert_eq!(target.authorization, None);
        }
    }

    #[test]
    fn a_user_is_basic_authorization() {
        // RFC 7617 §2.1 has this example, with a pound sign in the password.
        let target = Target::parse("ws://test:123%C2%A3@example.com/").unwrap();
        assert_eq!(target.authorization.as_deref(), Some("Basic dGVzdDoxMjPCow=="));
        assert_eq!(target.url, "ws://example.com/");
        assert_eq!(Target::parse("ws://me@example.com/").unwrap().authorization.as_deref(), Some("Basic bWU6"));
    }

    #[test]
    fn what_is_no_websocket_url_is_said() {
        for (text, hint) in [
            ("ws://a/#x", "fragment"),
            ("ws://a/#", "fragment"),
            ("http://a/", "ws://"),
            ("https://a/", "wss://"),
            ("ftp://a/", "ftp: is not"),
            ("a.example/echo", "ws://a.example/echo"),
            ("localhost:8101", "begin with ws://"),
            ("ws://", "host"),
            ("ws://a:99999/", "port"),
            ("ws://a:0/", "port 0"),
            ("ws://a b/", "domain name"),
            ("ws://x%3Ay@a/", "colon"),
            ("ws://%ff@a/", "UTF-8"),
            ("", "ws://"),
        ] {
            let error = Target::parse(text).unwrap_err();
            assert!(error.contains(hint), "{text}: {error}");
        }
    }
}
