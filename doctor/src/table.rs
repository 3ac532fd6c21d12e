//! How the doctor's tables of rules are written.

/// Declares an enumeration of one variant a rule: its usual severity, its words in the form of the core's tables, and,
/// where bytes need not tell it, what usually leads to it.
macro_rules! rule_table {
    (
        $(#[$meta:meta])*
        pub enum $name:ident {
            $(
                $variant:ident $severity:ident { $code:literal, $section:literal, $sentence:literal, $fix:literal }
                $([$($cause:ident),+])?
            )+
        }
    ) => {
        $(#[$meta])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
        #[non_exhaustive]
        pub enum $name {
            $(
                #[doc = concat!($sentence, " (", $section, ")")]
                #[doc = ""]
                #[doc = $fix]
                $variant
            ),+
        }

        impl $name {
            /// Every rule of this table, in the order in which they are declared.
            pub const ALL: &[Self] = &[$(Self::$variant),+];

            /// The rule's words. A section `ws101` is none of a specification: nothing but sense asks for it.
            #[must_use]
            pub const fn rule(self) -> ws101_core::Rule {
                match self {
                    $(Self::$variant => ws101_core::Rule {
                        code: $code,
                        section: $section,
                        sentence: $sentence,
                        fix: $fix,
                    }),+
                }
            }

            /// How bad it usually is.
            #[must_use]
            pub const fn severity(self) -> $crate::Severity {
                match self { $(Self::$variant => $crate::Severity::$severity),+ }
            }

            /// What usually leads to it, where nothing that was seen tells more.
            #[must_use]
            pub const fn usual_causes(self) -> &'static [$crate::Cause] {
                match self { $(Self::$variant => &[$($($crate::Cause::$cause),+)?]),+ }
            }
        }
    };
}

pub(crate) use rule_table;
