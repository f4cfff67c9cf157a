//! Which thread goes first when there are more of them than cores.

/// How much less of a core reading threads ask for, in steps of `nice(2)`.
#[cfg(target_os = "linux")]
const STEPS: i32 = 5;

/// Lets the calling thread, which reads files, give way to those that write. The engine's thread has more to do than one
/// half of a core, which is what it gets beside as many readers as there are cores: it would always be behind, and alone
/// with its rest at the end. Elsewhere than on Linux, priorities are of whole processes.
pub(super) fn give_way() {
    // Where it is refused, all goes on as it would.
    #[cfg(target_os = "linux")]
    let _ = rustix::process::nice(STEPS);
}
