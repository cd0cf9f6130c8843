import Database
import Glibc
import Synchronization

/// Makes the database's file, readable by its owner alone: SQLite gives its log and index files the mode of the database.
enum SQLiteFile {
    private static let making = Mutex(())

    /// Nothing if the file exists. It is then not even opened: closing any descriptor of a file drops every lock that this process
    /// holds on it, SQLite's among them, and another process would believe that nobody uses the database and remove its log.
    static func make(_ path: String) throws(DatabaseFailure) {
        let reason = making.withLock { _ -> Int32 in
            let descriptor = open(path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
            if descriptor >= 0 {
                close(descriptor)
                return 0
            }
            return errno == EEXIST ? 0 : errno
        }
        if reason != 0 {
            throw DatabaseFailure(SQLiteFailure.kind(ofSystemError: reason), "\(path): \(String(cString: strerror(reason)))")
        }
    }
}
