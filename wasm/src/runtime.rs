//! What a module without Rust's standard library must bring: memory, and an end for a panic.

use dlmalloc::GlobalDlmalloc;

#[global_allocator]
static ALLOCATOR: GlobalDlmalloc = GlobalDlmalloc;

/// The core does not panic. Were it to, the trap is caught in JavaScript; a message would need all of `core::fmt`,
/// which is as large as the protocol.
#[panic_handler]
fn panic(_: &core::panic::PanicInfo<'_>) -> ! {
    core::arch::wasm32::unreachable()
}
