//! The head of an HTTP/1.1 message: its lines, its fields, and the lists inside them.
//!
//! One scanner finds every part of any head, well-formed or not, and loses nothing; what is *allowed* is decided by
//! whoever reads the parts (`handshake::strict`, say).

mod extensions;
mod lists;
mod reader;
mod scan;

pub use extensions::{Extension, ExtensionParameter, Extensions, ParameterValue};
pub use lists::Tokens;
pub use reader::{HeadReader, HeadTooLong};
pub use scan::{FieldLine, Head, Line, LineEnding};

pub(crate) use extensions::check_extension_list;
pub(crate) use lists::{Elements, is_field_value, is_token, is_whitespace, trim, trimmed_span};
pub(crate) use scan::{Fields, Lines, RequestLine, StatusLine, find};
