//! Numbers that nobody can guess.

use std::fmt;

use subtle::ConstantTimeEq;

/// 128 random bits, written as 32 hexadecimal digits.
#[derive(Clone)]
pub(crate) struct Secret(String);

impl Secret {
    /// A new one, of the system's randomness.
    pub(crate) fn new() -> Result<Self, getrandom::Error> {
        let mut bytes = [0; 16];
        getrandom::fill(&mut bytes)?;
        Ok(Self(hex::encode(bytes)))
    }

    /// Its digits.
    pub(crate) fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether `text` is it. Takes as long for a near miss as for a far one, so that no digit can be found by timing.
    pub(crate) fn is(&self, text: &str) -> bool {
        self.0.as_bytes().ct_eq(text.as_bytes()).into()
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret(…)")
    }
}

#[cfg(test)]
mod tests {
    use super::Secret;

    #[test]
    fn no_two_are_alike_and_each_knows_itself() {
        let (one, other) = (Secret::new().unwrap(), Secret::new().unwrap());
        assert_eq!(one.as_str().len(), 32);
        assert!(one.is(one.as_str()));
        assert!(!one.is(other.as_str()) && !one.is("") && !one.is(&one.as_str()[..31]));
        assert!(!format!("{one:?}").contains(one.as_str()));
    }
}
