import Ambient
import Assembly
import BlobStorage
import Cryptography
import Database
import FoundationEssentials
import Packing

/// Everything that is kept of a person as one zip (`Docs/Account-archive.md`): for reading, what each feature contributes; for another
/// installation, the rows; the files of both; and a manifest of it all.
struct AccountArchive: Sendable {
    /// A zip has room for so many files.
    private static let mostFiles = 65_000

    /// What goes into one archive, read in one snapshot.
    struct Contents: Sendable {
        let owner: UserID
        let entries: [AccountPortability.Entry]
        /// The rows, one piece behind the other in a file of `rows`.
        let pieces: [ArchivedRows.Piece]
        let rows: String
    }

    let portability: [(feature: String, AccountPortability)]
    let database: any Database
    /// The files that features keep, by the names that their tables give the stores.
    let stores: [String: any BlobStore]
    /// Where archives lie while they are made or taken in.
    let archives: any BlobStore
    let ambient: Ambient
    /// JSON as the API writes it.
    let encode: @Sendable (any Encodable & Sendable) throws -> [UInt8]

    var tables: [PortableTable] { portability.flatMap(\.1.tables) }

    /// Throws `unprocessable` where it is more than one archive holds.
    func contents(of user: UserID) async throws -> Contents {
        let (entries, account, rows) = try await database.read(as: .user(user)) { transaction in
            var entries: [AccountPortability.Entry] = []
            for (_, portability) in portability { entries += try await portability.export(user, transaction) }
            let lines = ArchivedRows(tables: tables, user: user, transaction: transaction)
            let rows = try await archives.receive(from: lines, limit: ZipWriter.most) { received in
                try await received.store()
                return received.blob.sha256
            }
            return (entries, lines.account, rows)
        }
        let contents = Contents(
            owner: user, entries: entries + Self.unnamed(account.files, in: entries), pieces: account.pieces, rows: rows)
        var size = account.pieces.reduce(0) { $0 + $1.size }
        for entry in contents.entries {
            if case .blob(let digest, let store) = entry.content { size += try await stores[store]?.content(of: digest)?.size ?? 0 }
        }
        // JSON is small beside it, and packed.
        guard contents.entries.count + account.pieces.count < Self.mostFiles, size < ZipWriter.most / 8 * 7 else {
            await drop(contents)
            throw AccountsFailure.largeArchive
        }
        return contents
    }

    /// The files that rows name and no feature has put into the archive under a name for people.
    private static func unnamed(
        _ files: Set<ArchivedRows.NamedFile>, in entries: [AccountPortability.Entry]
    ) -> [AccountPortability.Entry] {
        var known: Set<String> = []
        for case .blob(let digest, _) in entries.map(\.content) { known.insert(digest) }
        return files.sorted { ($0.store, $0.sha256) < ($1.store, $1.sha256) }
            .filter { known.insert($0.sha256).inserted }
            .map { .init("files/\($0.store)/\($0.sha256)", blob: $0.sha256, in: $0.store) }
    }

    func write(_ contents: Contents, by send: @Sendable ([UInt8]) async throws -> Void) async throws {
        var zip = ZipWriter()
        var manifest = ArchiveManifest(
            version: ArchiveManifest.latest, account: contents.owner.description, madeAt: ambient.now())
        func add(_ path: String, _ bytes: [UInt8]) async throws {
            manifest.files.append(.init(path: path, size: bytes.count, sha256: Hexadecimal.encode(SHA256.hash(bytes))))
            try await send(zip.add(path, bytes, packed: true))
        }
        try await writeRows(of: contents, add)
        for entry in contents.entries {
            switch entry.content {
            case .json(let value): try await add(entry.path, try encode(value))
            case .blob(let digest, let store):
                guard let content = try await stores[store]?.content(of: digest) else {
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

    /// First, while the file of them is there for sure.
    private func writeRows(of contents: Contents, _ add: (String, [UInt8]) async throws -> Void) async throws {
        guard let content = try await archives.content(of: contents.rows) else { throw AccountsFailure.archiveGone }
        var (open, left) = ([UInt8](), contents.pieces[...])
        for try await part in content.parts {
            open += part
            while let piece = left.first, open.count >= piece.size {
                try await add(piece.path, Array(open.prefix(piece.size)))
                open.removeFirst(piece.size)
                left = left.dropFirst()
            }
        }
        guard left.isEmpty else { throw AccountsFailure.archiveGone }
        await drop(contents)
    }

    /// What is not dropped here goes with the next sweep.
    private func drop(_ contents: Contents) async { _ = try? await archives.remove(contents.rows) { true } }
}
