import Ambient
import Assembly
import BlobStorage
import Cryptography
import Database
import FoundationEssentials
import Packing

/// Everything that is kept of a person as one zip (`Docs/Account-archive.md`): what each feature contributes, and a manifest of it.
struct AccountArchive: Sendable {
    /// The form of the archive; a reader refuses one that it does not know.
    static let version = 1
    /// A zip has room for so many files.
    private static let mostFiles = 65_000

    /// What goes into one archive, read in one snapshot.
    struct Contents: Sendable {
        let owner: UserID
        let entries: [AccountPortability.Entry]
    }

    let portability: [(feature: String, AccountPortability)]
    let database: any Database
    let blobs: any BlobStore
    let ambient: Ambient
    /// JSON as the API writes it.
    let encode: @Sendable (any Encodable & Sendable) throws -> [UInt8]

    /// Throws `unprocessable` where it is more than one archive holds.
    func contents(of user: UserID) async throws -> Contents {
        let entries = try await database.read(as: .user(user)) { transaction in
            var entries: [AccountPortability.Entry] = []
            for (_, portability) in portability { entries += try await portability.export(user, transaction) }
            return entries
        }
        var size = 0
        for case .blob(let digest) in entries.map(\.content) { size += try await blobs.content(of: digest)?.size ?? 0 }
        // JSON is small beside it, and packed.
        guard entries.count < Self.mostFiles, size < ZipWriter.most / 8 * 7 else { throw AccountsFailure.largeArchive }
        return Contents(owner: user, entries: entries)
    }

    func write(_ contents: Contents, by send: @Sendable ([UInt8]) async throws -> Void) async throws {
        var zip = ZipWriter()
        var manifest = Manifest(version: Self.version, account: contents.owner.description, madeAt: ambient.now())
        for entry in contents.entries {
            switch entry.content {
            case .json(let value):
                let bytes = try encode(value)
                manifest.files.append(.init(path: entry.path, size: bytes.count, sha256: Hexadecimal.encode(SHA256.hash(bytes))))
                try await send(zip.add(entry.path, bytes, packed: true))
            case .blob(let digest):
                guard let content = try await blobs.content(of: digest) else {
                    manifest.missing.append(entry.path)
                    continue
                }
                try await send(zip.begin(entry.path))
                var size = 0
                for try await part in content.parts {
                    size += part.count
                    try await send(zip.append(part))
                }
                try await send(zip.end())
                manifest.files.append(.init(path: entry.path, size: size, sha256: digest))
            }
        }
        try await send(zip.add("manifest.json", try encode(manifest)))
        try await send(zip.finish())
    }

    /// What an archive holds: the last of its files.
    private struct Manifest: Encodable, Sendable {
        struct File: Encodable, Sendable {
            let path: String
            let size: Int
            let sha256: String
        }

        let format = "little-monster-account"
        let version: Int
        let account: String
        let madeAt: Date
        var files: [File] = []
        /// What should be there, and is not in the store.
        var missing: [String] = []

        enum CodingKeys: String, CodingKey {
            case format, version, account, files, missing
            case madeAt = "made_at"
        }
    }
}
