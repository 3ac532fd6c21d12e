//! Looking at what crosses a connection, without a part in it.

mod frames;
mod judge;

pub(crate) use frames::{FrameWatch, SeenFrame};
pub(crate) use judge::{Judge, Told};
