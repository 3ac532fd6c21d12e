//! What is told of a head's problems beside what `verify` says of it.

mod request;
mod response;

pub(crate) use request::of_request;
pub(crate) use response::of_response;
