import Glibc
import Synchronization

/// A key file that is followed: its keys as they were when it was last looked at, which is a second ago at most.
///
/// A name that is not known is looked for at once, since another process may sign with a key that was put there a moment ago. A look is one
/// `stat`; the file is read when it has changed. One that cannot be read leaves what is known.
final class SigningKeyFile: Sendable {
    /// What tells one content from another without reading it: the file is replaced, never written into.
    private struct Stamp: Equatable {
        var device: UInt
        var inode: UInt
        var seconds: Int
        var nanoseconds: Int
        var size: Int
    }

    private struct State {
        var keys: [SigningKey]
        var stamp: Stamp?
        var lookedAt: ContinuousClock.Instant
        /// When it was last looked at for a name that is not known: anybody may send one.
        var searchedAt: ContinuousClock.Instant?
    }

    private static let interval = Duration.seconds(1)
    private static let searchInterval = Duration.milliseconds(20)

    private let path: String
    private let now: @Sendable () -> ContinuousClock.Instant
    private let read: @Sendable (String) throws -> [SigningKey]
    private let state: Mutex<State>

    init(
        path: String, keys: [SigningKey], now: @escaping @Sendable () -> ContinuousClock.Instant,
        read: @escaping @Sendable (String) throws -> [SigningKey]
    ) {
        (self.path, self.now, self.read) = (path, now, read)
        // Without a stamp the first look reads it: it may have changed since.
        state = Mutex(State(keys: keys, stamp: nil, lookedAt: now() - Self.interval))
    }

    func keys(knowing id: String?) -> [SigningKey] {
        state.withLock { state in
            let now = now()
            if now - state.lookedAt >= Self.interval { look(&state, now) }
            if let id, !state.keys.contains(where: { $0.id == id }),
                state.searchedAt.map({ now - $0 >= Self.searchInterval }) ?? true
            {
                state.searchedAt = now
                look(&state, now)
            }
            return state.keys
        }
    }

    /// Microseconds on a disk of this machine.
    private func look(_ state: inout State, _ now: ContinuousClock.Instant) {
        state.lookedAt = now
        guard let stamp = stamp(), stamp != state.stamp, let keys = try? read(path), !keys.isEmpty else { return }
        (state.keys, state.stamp) = (keys, stamp)
    }

    private func stamp() -> Stamp? {
        var status = stat()
        guard stat(path, &status) == 0 else { return nil }
        return Stamp(
            device: UInt(status.st_dev), inode: UInt(status.st_ino), seconds: status.st_mtim.tv_sec,
            nanoseconds: status.st_mtim.tv_nsec, size: Int(status.st_size))
    }
}
