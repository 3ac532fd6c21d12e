//! Who may connect (§10.2).

/// Which `Origin` a server takes (§4.2.2 item 4). Browsers always send one; other clients may send none.
///
/// ```
/// use ws101_core::handshake::OriginPolicy;
/// let policy = OriginPolicy::Only(&["https://example.com"]);
/// assert!(policy.allows(Some("https://EXAMPLE.com")));
/// assert!(!policy.allows(Some("https://evil.example")));
/// assert!(!policy.allows(None));
/// ```
#[derive(Clone, Copy)]
pub enum OriginPolicy<'a> {
    /// Every origin, and none.
    Any,
    /// These origins and no other; a request without the field is refused. Compared without regard to case.
    Only(&'a [&'a str]),
    /// Whatever the function says yes to; it is given `None` where the field is missing.
    Custom(&'a dyn Fn(Option<&str>) -> bool),
}

impl OriginPolicy<'_> {
    /// Whether a request from this origin is taken.
    #[must_use]
    pub fn allows(&self, origin: Option<&str>) -> bool {
        match self {
            Self::Any => true,
            Self::Only(list) => origin.is_some_and(|origin| list.iter().any(|one| one.eq_ignore_ascii_case(origin))),
            Self::Custom(decide) => decide(origin),
        }
    }
}

impl core::fmt::Debug for OriginPolicy<'_> {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        match self {
            Self::Any => f.write_str("Any"),
            Self::Only(list) => f.debug_tuple("Only").field(list).finish(),
            Self::Custom(_) => f.write_str("Custom(…)"),
        }
    }
}
