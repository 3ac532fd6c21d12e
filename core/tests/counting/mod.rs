//! An allocator that counts what each thread holds, and that has an end where a test wants one.

use std::alloc::{GlobalAlloc, Layout, System};
use std::cell::Cell;

thread_local! {
    /// Bytes that this thread holds.
    static HELD: Cell<usize> = const { Cell::new(0) };
    /// Bytes from which on an allocation of this thread fails.
    pub(crate) static LIMIT: Cell<usize> = const { Cell::new(usize::MAX) };
}

struct Counting;

#[global_allocator]
static ALLOCATOR: Counting = Counting;

// SAFETY: all of it is the system's allocator; beside it only numbers are changed.
unsafe impl GlobalAlloc for Counting {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        if layout.size() >= LIMIT.get() {
            return core::ptr::null_mut();
        }
        HELD.set(HELD.get().wrapping_add(layout.size()));
        // SAFETY: the caller's promise is ours.
        unsafe { System.alloc(layout) }
    }

    unsafe fn dealloc(&self, pointer: *mut u8, layout: Layout) {
        HELD.set(HELD.get().wrapping_sub(layout.size()));
        // SAFETY: the caller's promise is ours.
        unsafe { System.dealloc(pointer, layout) };
    }
}

/// By how many bytes more this thread holds after `what` than before.
pub(crate) fn held(what: impl FnOnce()) -> usize {
    let before = HELD.get();
    what();
    HELD.get().wrapping_sub(before)
}
