import CLinux
import Database
import Glibc
import Synchronization

/// Whether anyone else hears the signals of one database's file: each listener holds a shared lock on a file beside it, which whoever
/// signals looks at.
///
/// The lock belongs to the open file and not to the process. It ends with its holder, however that dies; two databases of one process
/// see each other; a look takes a microsecond, and nobody notices it.
final class SQLiteAudience: Sendable {
    private struct State {
        var descriptor: Int32 = -1
        var listeners = 0
    }

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
            // Also where it cannot be told.
            return linux_byte_is_locked(state.descriptor, 0, LINUX_LOCK_EXCLUSIVE) != 0
        }
    }

    /// Is part of the audience until `leave`. May be called again, and is then to be left as often.
    func join() throws(DatabaseFailure) {
        try SQLiteFile.make(database)
        try state.withLock { state throws(DatabaseFailure) in
            try open(&state)
            if state.listeners == 0 {
                let result = linux_lock_byte(state.descriptor, 0, LINUX_LOCK_SHARED, 0)
                // EINVAL: a system without such locks. Nobody can look there either, so everybody is taken to be heard.
                if result < 0, result != -EINVAL { throw failure(-result) }
            }
            state.listeners += 1
        }
    }

    func leave() {
        state.withLock { state in
            state.listeners -= 1
            guard state.listeners == 0 else { return }
            _ = linux_lock_byte(state.descriptor, 0, LINUX_LOCK_NONE, 0)
        }
    }

    private func open(_ state: inout State) throws(DatabaseFailure) {
        guard state.descriptor < 0 else { return }
        // By its real name, as SQLite names its log: two links to one file have one audience.
        guard let real = realpath(database, nil) else { throw failure(errno) }
        defer { free(real) }
        let descriptor = Glibc.open("\(String(cString: real))-listeners", O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw failure(errno) }
        state.descriptor = descriptor
    }

    private func failure(_ code: Int32) -> DatabaseFailure {
        DatabaseFailure(.connection, "\(database)-listeners: \(String(cString: strerror(code)))")
    }
}
