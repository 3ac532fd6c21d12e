//! What `ws101-core` costs beside its peers, and beside limits that none can pass.
//!
//! Two programs share this library. `timing` holds all contestants in one process and times them in turn; `memory`
//! counts what they allocate, under an allocator that would disturb the timing. `cargo xtask bench` builds and runs
//! both; `README.md` says what is measured and what is not.
//!
//! [`rows`] says what is measured, [`peers`] who takes part. Each row verifies its contestants before it lets them run.

pub mod contestant;
pub mod decode;
pub mod deflate;
pub mod encode;
pub mod entrant;
pub mod frame;
pub mod idle;
pub mod inbox;
pub mod machine;
pub mod opening;
pub mod options;
pub mod peers;
pub mod race;
pub mod report;
pub mod rows;
pub mod statistics;
pub mod table;
pub mod target;
pub mod transport;
pub mod wire;
