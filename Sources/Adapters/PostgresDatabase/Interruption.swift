import CLinux
import Glibc

/// A descriptor that one thread waits on beside its socket and any other can make readable.
final class Interruption: Sendable {
    let descriptor: Int32

    init() {
        descriptor = eventfd(0, Int32(EFD_CLOEXEC | EFD_NONBLOCK))
        precondition(descriptor >= 0, "no descriptor is left for an eventfd")
    }

    deinit { close(descriptor) }

    func raise() { _ = eventfd_write(descriptor, 1) }

    func clear() {
        var count: eventfd_t = 0
        _ = eventfd_read(descriptor, &count)
    }
}
