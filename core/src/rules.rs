//! What the project says of a rule wherever it is broken: the same words in Rust, in the module and on the page.

/// One rule: its code, where it stands, what breaking it means, and what to do.
///
/// Every error type of this crate lists its rules as `ALL` and gives each by `rule()`.
///
/// ```
/// use ws101_core::Violation;
/// let rule = Violation::UnmaskedFrame.rule();
/// assert_eq!((rule.code, rule.section), ("FRAME_UNMASKED", "RFC 6455 §5.1"));
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Rule {
    /// A stable name for programs, in `SCREAMING_SNAKE_CASE`.
    pub code: &'static str,
    /// Where the rule stands, e.g. `RFC 6455 §4.2.1`.
    pub section: &'static str,
    /// What is wrong, in a sentence.
    pub sentence: &'static str,
    /// What to do about it, in a sentence.
    pub fix: &'static str,
}

/// Declares an error type of one variant a rule, with the rule's words beside it.
///
/// `number()` is the variant's place in its type counted from `first`, so that a caller without strings (the
/// WebAssembly module) can name any rule of any type by one integer.
macro_rules! rules {
    (
        $(#[$meta:meta])*
        pub enum $name:ident from $first:literal {
            $($variant:ident { $code:literal, $section:literal, $sentence:literal, $fix:literal })+
        }
    ) => {
        $(#[$meta])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        #[repr(u16)]
        pub enum $name {
            $(
                #[doc = concat!($sentence, " (", $section, ")")]
                #[doc = ""]
                #[doc = $fix]
                $variant
            ),+
        }

        impl $name {
            /// Every rule of this type, in the order in which they are declared.
            pub const ALL: &[Self] = &[$(Self::$variant),+];

            /// The rule's words.
            #[must_use]
            pub const fn rule(self) -> $crate::Rule {
                match self {
                    $(Self::$variant => $crate::Rule {
                        code: $code,
                        section: $section,
                        sentence: $sentence,
                        fix: $fix,
                    }),+
                }
            }

            /// A number that no other rule of this crate has, for callers that keep the words elsewhere.
            #[must_use]
            pub const fn number(self) -> u16 {
                $first + self as u16
            }
        }

        impl core::fmt::Display for $name {
            fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
                let rule = self.rule();
                write!(f, "{} ({}) {}", rule.sentence, rule.section, rule.fix)
            }
        }

        impl core::error::Error for $name {}
    };
}

/// Declares an error type of which each value is a rule of one of several tables.
macro_rules! rule_of {
    (
        $(#[$meta:meta])*
        pub enum $name:ident {
            $($(#[$variant_meta:meta])* $variant:ident($table:ty)),+ $(,)?
        }
    ) => {
        $(#[$meta])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        pub enum $name {
            $($(#[$variant_meta])* $variant($table)),+
        }

        impl $name {
            /// The rule's words.
            #[must_use]
            pub const fn rule(self) -> $crate::Rule {
                match self {
                    $(Self::$variant(rule) => rule.rule()),+
                }
            }

            /// A number that no other rule of this crate has, for callers that keep the words elsewhere.
            #[must_use]
            pub const fn number(self) -> u16 {
                match self {
                    $(Self::$variant(rule) => rule.number()),+
                }
            }
        }

        $(impl From<$table> for $name {
            fn from(rule: $table) -> Self {
                Self::$variant(rule)
            }
        })+

        impl core::fmt::Display for $name {
            fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
                match self {
                    $(Self::$variant(rule) => rule.fmt(f)),+
                }
            }
        }

        impl core::error::Error for $name {}
    };
}

pub(crate) use {rule_of, rules};
