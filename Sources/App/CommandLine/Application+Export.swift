import Accounts
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
            try await write(entry, into: folder)
            onFile(index + 1, entries.count)
        }
        try await feature(AccountsFeature.self).service.tellExported(user)
        return entries.count
    }

    private func write(_ entry: AccountPortability.Entry, into folder: String) async throws {
        let path = folder + "/" + entry.path
        do {
            switch entry.content {
            case .json(let value):
                let bytes = try JSONCoding.bytes(value)
                try await BlockingPool.shared.run { try Self.place(Data(bytes), at: path) }
            case .blob(let digest, _):
                let found: Void? = try await blobs.withLocalFile(digest) { source in
                    try await BlockingPool.shared.run { try Self.copy(source, to: path) }
                }
                guard found != nil else { throw ExportFailure(path: path, reason: "its file is not in the store") }
            }
        } catch let failure as any Failure {
            throw failure
        } catch {
            throw ExportFailure(path: path, reason: "\(error)")
        }
    }

    private static func place(_ data: Data, at path: String) throws {
        try makeFolder(of: path)
        try data.write(to: URL(filePath: path), options: .withoutOverwriting)
    }

    private static func copy(_ source: String, to path: String) throws {
        try makeFolder(of: path)
        try FileManager.default.copyItem(atPath: source, toPath: path)
    }

    private static func makeFolder(of path: String) throws {
        try FileManager.default.createDirectory(
            atPath: String(path[..<(path.lastIndex(of: "/") ?? path.startIndex)]), withIntermediateDirectories: true)
    }
}

/// A file of an export cannot be written.
struct ExportFailure: Failure {
    let path: String
    let reason: String
    var code: FailureCode { .unavailable }
    var message: String { "\(path) cannot be written: \(reason)." }
}
