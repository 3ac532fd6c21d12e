//! What a module without Rust's standard library must bring: memory, and an end for a panic.

use talc::wasm::{WasmDynamicTalc, new_wasm_dynamic_allocator};

#[global_allocator]
static ALLOCATOR: WasmDynamicTalc = new_wasm_dynamic_allocator();

/// The core does not panic. Were it to, the trap is caught in JavaScript; a message would need all of `core::fmt`,
/// which is as large as the protocol.
#[panic_handler]
fn panic(_: &core::panic::PanicInfo<'_>) -> ! {
    core::arch::wasm32::unreachable()
}
