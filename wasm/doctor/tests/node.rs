//! The boundary as WebAssembly, in Node.

#![cfg(target_arch = "wasm32")]

mod boundary;
