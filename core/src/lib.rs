#![no_std]
#![forbid(unsafe_code)]
//! The WebSocket protocol without I/O.
