package import Backup
import Concurrency
import CSQLite
import Database
import Failures
import FoundationEssentials
import Glibc

/// Takes a copy of a database's file as the database of a folder that is being put back.
package struct SQLiteRestoration: RestorableDatabase {
    private let path: String
    private let inFolder: String?

    /// - Parameters:
    ///   - path: where the database is to be.
    ///   - folder: the data folder: a database within it comes with it.
    package init(path: String, folder: String) {
        self.path = path
        inFolder = path.hasPrefix(folder + "/") ? String(path.dropFirst(folder.count + 1)) : nil
    }

    package var form: BackupDatabaseForm { .sqlite }

    package func checkEmpty() async throws {
        guard access(path, F_OK) != 0 else {
            throw BackupFailure(.conflict, "\(path) is there already. Nothing is written over what lives.")
        }
    }

    package func restore(from copy: String) async throws -> [String: Int] {
        try await BlockingPool.shared.run { () throws -> [String: Int] in
            let handle = try SQLiteHandle.open(copy, flags: SQLITE_OPEN_READWRITE)
            let counts: [String: Int]
            do {
                defer { sqlite3_close_v2(handle) }
                let said = try SQLiteHandle.rows("PRAGMA integrity_check(1)", on: handle).first?.get(
                    "integrity_check", as: String.self)
                guard said == "ok" else {
                    throw BackupFailure(.unprocessable, "The back-up is damaged: the database says \(said ?? "nothing").")
                }
                counts = try SQLiteHandle.rowCounts(on: handle)
            }
            guard let inFolder else {
                try FileManager.default.copyItem(atPath: copy, toPath: path)
                return counts
            }
            let goal = "\(copy[..<(copy.lastIndex(of: "/") ?? copy.startIndex)])/\(inFolder)"
            guard rename(copy, goal) == 0 else {
                throw BackupFailure(.unavailable, "\(goal) cannot be written: \(String(cString: strerror(errno))).")
            }
            return counts
        }
    }
}
