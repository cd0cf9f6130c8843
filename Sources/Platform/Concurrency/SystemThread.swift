import CLinux
import Glibc

/// Starts threads of the operating system: each does one piece of work, under a name that `top -H` and debuggers show.
///
/// A thread is detached: nobody joins it. It lives until its work returns, or until the process ends, and keeps alive what the work
/// captures; whoever starts one that waits for ever says how it is told to end.
package enum SystemThread {
    /// Starts a thread that runs `work` and then ends.
    ///
    /// - Parameters:
    ///   - name: cut at 15 bytes, the most that Linux keeps.
    ///   - stackSize: address space for its stack, bytes, at least 16 KiB; memory is taken page by page as it is used. nil for the
    ///     system's own size, commonly 8 MiB.
    /// - Throws: where the system gives out no thread; `work` does not run then.
    package static func start(
        name: String, stackSize: Int? = nil, _ work: @escaping @Sendable () -> Void
    ) throws(ThreadFailure) {
        var attributes = pthread_attr_t()
        pthread_attr_init(&attributes)
        defer { pthread_attr_destroy(&attributes) }
        pthread_attr_setdetachstate(&attributes, Int32(PTHREAD_CREATE_DETACHED))
        if let stackSize {
            let refusal = pthread_attr_setstacksize(&attributes, stackSize)
            guard refusal == 0 else { throw ThreadFailure(name: name, error: refusal) }
        }
        let start = Unmanaged.passRetained(Start(name: cut(name), work: work))
        var thread = pthread_t()
        let refusal = pthread_create(
            &thread, &attributes,
            { raw in
                guard let raw else { return nil }
                let start = Unmanaged<Start>.fromOpaque(raw).takeRetainedValue()
                linux_name_thread(start.name)
                start.work()
                return nil
            }, start.toOpaque())
        guard refusal == 0 else {
            start.release()
            throw ThreadFailure(name: name, error: refusal)
        }
    }

    /// What goes through C to the new thread.
    private final class Start: Sendable {
        let name: String
        let work: @Sendable () -> Void

        init(name: String, work: @escaping @Sendable () -> Void) {
            self.name = name
            self.work = work
        }
    }

    private static func cut(_ name: String) -> String {
        var name = name
        while name.utf8.count > 15 { name.removeLast() }
        return name
    }
}
