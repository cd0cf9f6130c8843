package import Failures
import Glibc

/// The folder that holds everything a person brought: made on first use, private to its owner.
package struct DataDirectory: Sendable {
    package let path: String

    /// Makes the folder and its parents with mode 0700 where they are missing, and checks that it can be written.
    package init(path: String) throws(DataDirectoryFailure) {
        self.path = path
        var partial = path.hasPrefix("/") ? "" : "."
        for part in path.split(separator: "/") {
            partial += "/" + part
            if mkdir(partial, 0o700) != 0, errno != EEXIST {
                throw DataDirectoryFailure(path: partial, reason: String(cString: strerror(errno)))
            }
        }
        var status = stat()
        guard stat(path, &status) == 0, status.st_mode & S_IFMT == S_IFDIR else {
            throw DataDirectoryFailure(path: path, reason: "it is not a folder")
        }
        guard access(path, W_OK | X_OK) == 0 else {
            throw DataDirectoryFailure(path: path, reason: String(cString: strerror(errno)))
        }
    }

    /// One that nobody uses, so that it need not be there.
    init(unmade path: String) { self.path = path }

    package var blobs: String { path + "/blobs" }
    package var signingKey: String { path + "/signing.key" }
    /// Without it no secret in the database can be read: it belongs into no back-up of the database that is not encrypted.
    package var sealingKey: String { path + "/sealing.key" }
    /// The sealing keys as a key service wrapped them, where one does.
    package var wrappedKeys: String { path + "/" + Self.wrappedKeys }
    static let wrappedKeys = "sealing.wrapped"

    /// Throws if the folder cannot be written or nearly nothing is free.
    package func check() throws(DataDirectoryFailure) {
        guard access(path, W_OK | X_OK) == 0 else {
            throw DataDirectoryFailure(path: path, reason: String(cString: strerror(errno)))
        }
        if isNearlyFull { throw DataDirectoryFailure(path: path, reason: "less than 64 MB are free") }
    }

    package var isNearlyFull: Bool { freeBytes.map { $0 < 64 << 20 } ?? false }

    /// How many bytes the folder's file system has, and how many of them are free to this user.
    package var usage: (free: Int, size: Int)? {
        var status = statvfs()
        guard !path.isEmpty, statvfs(path, &status) == 0 else { return nil }
        return (Int(status.f_bavail) * Int(status.f_frsize), Int(status.f_blocks) * Int(status.f_frsize))
    }

    /// Bytes free to this user on the folder's file system.
    package var freeBytes: Int? {
        var status = statvfs()
        guard statvfs(path, &status) == 0 else { return nil }
        return Int(status.f_bavail) * Int(status.f_frsize)
    }
}

/// The data folder cannot be used, for whoever asks from outside: without its path.
struct StorageFailure: Failure {
    let underlying: (any Error)?
    var code: FailureCode { .unavailable }
    var message: String { "The data folder cannot be written, or its disk is nearly full." }
}

/// The data folder cannot be used.
package struct DataDirectoryFailure: Failure {
    package let path: String
    package let reason: String
    package var code: FailureCode { .unavailable }
    package var message: String { "The data folder \(path) cannot be used: \(reason). Set LM_DATA_DIR to one that can be." }
}
