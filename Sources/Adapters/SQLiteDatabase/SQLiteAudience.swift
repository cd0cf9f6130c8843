import Database
import Glibc
import Synchronization

/// Whether anyone else hears the signals of one database's file: each listener holds a shared lock on a file beside it, which whoever
/// signals looks at.
///
/// The lock belongs to the open file and not to the process (`F_OFD_SETLK`, fcntl(2)). It ends with its holder, however that dies; two
/// databases of one process see each other; a look takes a microsecond, and nobody notices it.
final class SQLiteAudience: Sendable {
    private struct State {
        var descriptor: Int32 = -1
        var listeners = 0
    }

    // F_OFD_GETLK and F_OFD_SETLK of linux/fcntl.h, which Swift cannot see.
    private static let getLock: Int32 = 36
    private static let setLock: Int32 = 37

    private let database: String
    private let state = Mutex(State())

    /// - Parameter database: the path of the database's file.
    init(of database: String) { self.database = database }

    deinit {
        let descriptor = state.withLock { $0.descriptor }
        if descriptor >= 0 { close(descriptor) }
    }

    /// False only where it is certain that nobody else listens.
    var mayBeThere: Bool {
        state.withLock { state in
            do throws(DatabaseFailure) { try open(&state) } catch { return true }
            var status = stat()
            // Somebody removed the file: others may meet on a new one.
            guard fstat(state.descriptor, &status) == 0, status.st_nlink > 0 else { return true }
            var lock = Self.lock(F_WRLCK)
            guard fcntl(state.descriptor, Self.getLock, &lock) == 0 else { return true }
            return Int32(lock.l_type) != F_UNLCK
        }
    }

    /// Is part of the audience until `leave`. May be called again, and is then to be left as often.
    func join() throws(DatabaseFailure) {
        try SQLiteFile.make(database)
        try state.withLock { state throws(DatabaseFailure) in
            try open(&state)
            if state.listeners == 0 {
                var lock = Self.lock(F_RDLCK)
                // EINVAL: a system without such locks. Nobody can look there either, so everybody is taken to be heard.
                if fcntl(state.descriptor, Self.setLock, &lock) != 0, errno != EINVAL { throw failure() }
            }
            state.listeners += 1
        }
    }

    func leave() {
        state.withLock { state in
            state.listeners -= 1
            guard state.listeners == 0 else { return }
            var lock = Self.lock(F_UNLCK)
            _ = fcntl(state.descriptor, Self.setLock, &lock)
        }
    }

    private func open(_ state: inout State) throws(DatabaseFailure) {
        guard state.descriptor < 0 else { return }
        // By its real name, as SQLite names its log: two links to one file have one audience.
        guard let real = realpath(database, nil) else { throw failure() }
        defer { free(real) }
        let descriptor = Glibc.open("\(String(cString: real))-listeners", O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw failure() }
        state.descriptor = descriptor
    }

    private func failure() -> DatabaseFailure {
        DatabaseFailure(.connection, "\(database)-listeners: \(String(cString: strerror(errno)))")
    }

    private static func lock(_ type: Int32) -> flock {
        flock(l_type: Int16(type), l_whence: Int16(SEEK_SET), l_start: 0, l_len: 1, l_pid: 0)
    }
}
