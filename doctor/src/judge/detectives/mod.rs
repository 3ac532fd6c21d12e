//! Why something is no frame, has a wrong length, or holds text that is none: with the evidence, or nothing.
//!
//! What is found here is proved by the bytes: that the frames go on rightly where the cause says that they do, or that
//! what was sent reads as something.

pub(super) mod behind_head;
pub(super) mod characters;
pub(super) mod compressed;
pub(super) mod gb2312;
pub(super) mod length;
pub(super) mod text;
pub(super) mod unframed;
