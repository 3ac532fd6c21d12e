//! Under which names the tap is offered, and to whom.

use std::net::IpAddr;

use hyper::http::uri::Authority;

/// The authorities that a request may name in `Host`.
///
/// A page of another site whose name was made to point here (DNS rebinding) has the right origin in the browser's eyes;
/// its `Host` names that site.
#[derive(Debug)]
pub(crate) struct Authorities {
    host: String,
    port: u16,
    others: Vec<String>,
}

impl Authorities {
    /// Loopback names and addresses and `host`, each with `port`; and `others` as they stand.
    pub(crate) fn new(host: &str, port: u16, others: &[String]) -> Self {
        Self { host: host.to_owned(), port, others: others.to_vec() }
    }

    /// Whether a `Host` field may have this value.
    pub(crate) fn take(&self, host: &str) -> bool {
        if self.others.iter().any(|other| other.eq_ignore_ascii_case(host)) {
            return true;
        }
        let Ok(authority) = host.parse::<Authority>() else {
            return false;
        };
        let name = authority.host().trim_start_matches('[').trim_end_matches(']');
        let ours = match name.parse::<IpAddr>() {
            Ok(address) => address.is_loopback() || self.host.parse() == Ok(address),
            Err(_) => name.eq_ignore_ascii_case("localhost") || name.eq_ignore_ascii_case(&self.host),
        };
        // The authority may hold user information, which a Host never does.
        ours && !host.contains('@') && authority.port_u16().unwrap_or(80) == self.port && !host.ends_with(':')
    }

    /// Whether a page of this origin, in a request with this `Host`, was served by us.
    pub(crate) fn is_own_origin(host: &str, origin: Option<&str>) -> bool {
        let scheme_and_rest = origin.and_then(|origin| origin.split_once("://"));
        scheme_and_rest.is_some_and(|(scheme, authority)| scheme == "http" && authority.eq_ignore_ascii_case(host))
    }

    /// What to tell somebody whose `Host` is not taken.
    pub(crate) fn foreign(host: &str) -> String {
        format!(
            "The wire tap is not offered under the name {host:?}: that keeps other sites' pages from reading it. Open \
             the page under http://127.0.0.1 or http://localhost, or start the server with --allow-host and this \
             name.\n"
        )
    }
}

#[cfg(test)]
mod tests {
    use super::Authorities;

    #[test]
    fn loopback_names_with_our_port_are_taken() {
        let authorities = Authorities::new("127.0.0.1", 8101, &["dev.example:8443".to_owned()]);
        for good in ["127.0.0.1:8101", "127.9.9.9:8101", "localhost:8101", "LOCALHOST:8101", "[::1]:8101"] {
            assert!(authorities.take(good), "{good}");
        }
        assert!(authorities.take("Dev.example:8443"));
    }

    #[test]
    fn everything_else_is_not() {
        let authorities = Authorities::new("127.0.0.1", 8101, &["dev.example:8443".to_owned()]);
        for bad in [
            "evil.example:8101",
            "127.0.0.1",
            "127.0.0.1:",
            "127.0.0.1:8102",
            "localhost.evil.example:8101",
            "127.0.0.1.evil.example:8101",
            "user@127.0.0.1:8101",
            "localhost:8101@evil.example:8101",
            "dev.example",
            "dev.example:8101",
            "10.0.0.1:8101",
            "0.0.0.0:8101",
            "[::2]:8101",
            "",
            "/",
        ] {
            assert!(!authorities.take(bad), "{bad}");
        }
    }

    #[test]
    fn the_host_given_is_taken_and_port_80_need_not_be_named() {
        assert!(Authorities::new("10.0.0.1", 8101, &[]).take("10.0.0.1:8101"));
        assert!(Authorities::new("box.example", 8101, &[]).take("BOX.example:8101"));
        assert!(Authorities::new("::1", 80, &[]).take("[::1]"));
        assert!(Authorities::new("127.0.0.1", 80, &[]).take("localhost"));
    }

    #[test]
    fn the_origin_is_that_of_the_host() {
        assert!(Authorities::is_own_origin("127.0.0.1:8101", Some("http://127.0.0.1:8101")));
        for bad in ["http://localhost:8101", "https://127.0.0.1:8101", "null", "http://127.0.0.1:81010", "http://"] {
            assert!(!Authorities::is_own_origin("127.0.0.1:8101", Some(bad)), "{bad}");
        }
        assert!(!Authorities::is_own_origin("127.0.0.1:8101", None));
    }
}
