//! What usually leads to a broken rule, in words that are said once.

use serde::{Serialize, Serializer, ser::SerializeStruct};

/// Declares the causes, each with its name and its sentence.
macro_rules! causes {
    ($($(#[$meta:meta])* $variant:ident { $name:literal, $sentence:literal })+) => {
        /// Something that leads to a broken rule: a usual mistake, or what the bytes prove to have happened.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        #[non_exhaustive]
        pub enum Cause {
            $($(#[$meta])* #[doc = $sentence] $variant),+
        }

        impl Cause {
            /// Every cause, in the order in which they are declared.
            pub const ALL: &[Self] = &[$(Self::$variant),+];

            /// A stable name for programs.
            #[must_use]
            pub const fn name(self) -> &'static str {
                match self { $(Self::$variant => $name),+ }
            }

            /// What happened, in a sentence.
            #[must_use]
            pub const fn sentence(self) -> &'static str {
                match self { $(Self::$variant => $sentence),+ }
            }
        }
    };
}

causes! {
    AcceptOfDecodedKey { "ACCEPT_OF_DECODED_KEY", "The server decoded the key from base64 before it hashed it; the key is hashed as it was written." }
}

impl Serialize for Cause {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut object = serializer.serialize_struct("Cause", 2)?;
        object.serialize_field("cause", self.name())?;
        object.serialize_field("sentence", self.sentence())?;
        object.end()
    }
}
