import CLinux
import Glibc

/// The memory of this process, which holds passwords, keys and what people wrote.
package enum ProcessMemory {
    /// Keeps it out of core dumps and from debuggers of the same user, and out of the back-traces of Swift, which show registers and what lies
    /// where they point; who sets `SWIFT_BACKTRACE` wants these. False where the system does not let it.
    @discardableResult
    package static func keepPrivate() -> Bool {
        if getenv("SWIFT_BACKTRACE") == nil {
            // A crash then ends the process as it does any other.
            for number in [SIGABRT, SIGBUS, SIGFPE, SIGILL, SIGQUIT, SIGSEGV, SIGTRAP] { signal(number, SIG_DFL) }
        }
        return linux_keep_memory_private() == 0
    }
}
