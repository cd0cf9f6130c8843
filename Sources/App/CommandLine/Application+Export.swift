package import Ambient
package import Assembly
import BlobStorage
import Concurrency
import Database
import Failures
import FoundationEssentials
import Glibc
import HTTPServing

extension Application {
    /// Everything that the program keeps of a person, of all features, read in one snapshot.
    package func exportedEntries(of user: UserID) async throws -> [AccountPortability.Entry] {
        try await database.read(as: .user(user)) { transaction in
            var entries: [AccountPortability.Entry] = []
            for (_, portability) in catalogue.portability { entries += try await portability.export(user, transaction) }
            return entries
        }
    }

    /// Writes all of it into a new folder. Returns how many files there are.
    package func export(_ user: UserID, to folder: String, onFile: @Sendable (_ done: Int, _ total: Int) -> Void) async throws
        -> Int
    {
        let entries = try await exportedEntries(of: user)
        guard mkdir(folder, 0o700) == 0 else { throw ExportFailure(path: folder, reason: String(cString: strerror(errno))) }
        for (index, entry) in entries.enumerated() {
            try await BlockingPool.shared.run { try write(entry, into: folder) }
            onFile(index + 1, entries.count)
        }
        return entries.count
    }

    private func write(_ entry: AccountPortability.Entry, into folder: String) throws {
        let path = folder + "/" + entry.path
        do {
            try FileManager.default.createDirectory(
                atPath: String(path[..<(path.lastIndex(of: "/") ?? path.startIndex)]), withIntermediateDirectories: true)
            switch entry.content {
            case .json(let value): try Data(JSONCoding.bytes(value)).write(to: URL(filePath: path))
            case .blob(let digest):
                guard let source = blobs.path(of: digest) else {
                    throw ExportFailure(path: path, reason: "its file is not in the store")
                }
                try FileManager.default.copyItem(atPath: source, toPath: path)
            }
        } catch let failure as ExportFailure {
            throw failure
        } catch {
            throw ExportFailure(path: path, reason: "\(error)")
        }
    }
}

/// A file of an export cannot be written.
struct ExportFailure: Failure {
    let path: String
    let reason: String
    var code: FailureCode { .unavailable }
    var message: String { "\(path) cannot be written: \(reason)." }
}
