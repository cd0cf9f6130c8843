import Ambient
import Cryptography
import Failures
import FoundationEssentials

/// A place with back-ups. Bytes lie there in pieces that are named by what is in them, so a back-up adds what the ones before it lack:
///
///     little-monster-backups.json   what this is, and how it is encrypted
///     pieces/ab/abcd…               at most four megabytes each, smaller by Zstandard
///     snapshots/ID                  written last: a back-up is whole, or it is none
///     log/GENERATION/NUMBER-TIME    what changed since, of SQLite
///
/// Each piece is checked against its name when it is read.
package struct BackupRepository: Sendable {
    static let pieceSize = 4 << 20
    private static let headName = "little-monster-backups.json"

    private struct Head: Codable {
        var format: Int
        var encryption: BackupEncryption?
    }

    let store: any BackupStore
    private let cipher: BackupCipher?

    package var place: String { store.place }
    package var isEncrypted: Bool { cipher != nil }

    /// Opens what is there. Throws `notFound` where there are no back-ups.
    package init(_ store: any BackupStore, key: BackupKey?) async throws {
        guard let bytes = try await store.read(Self.headName) else {
            throw BackupFailure(.notFound, "There are no back-ups at \(store.place).")
        }
        guard let head = try? JSONDecoder().decode(Head.self, from: Data(bytes)) else {
            throw BackupFailure.damaged("\(Self.headName) cannot be read")
        }
        guard head.format == 1 else {
            throw BackupFailure(.unprocessable, "The back-ups at \(store.place) were made by a newer version of the program.")
        }
        self.store = store
        switch (head.encryption, key) {
        case (nil, nil): cipher = nil
        case (let encryption?, let key?): cipher = try BackupCipher.open(encryption, with: key)
        case (let encryption?, nil):
            let name = encryption.by == "passphrase" ? "LM_BACKUP_PASSPHRASE" : "LM_BACKUP_KEY_FILE"
            throw BackupFailure(.forbidden, "The back-ups at \(store.place) are encrypted: set \(name).")
        case (nil, .some):
            throw BackupFailure(
                .conflict, "The back-ups at \(store.place) are not encrypted. Keep encrypted ones in another place.")
        }
    }

    /// Opens what is there, or begins in an empty place.
    package static func prepared(_ store: any BackupStore, key: BackupKey?) async throws -> BackupRepository {
        if try await store.read(headName) == nil {
            guard try await store.names(under: "").isEmpty else {
                throw BackupFailure(.conflict, "\(store.place) holds something else. Give back-ups a place of their own.")
            }
            let head = Head(format: 1, encryption: try key.map { try BackupCipher.make(for: $0).1 })
            let encoder = JSONEncoder()
            encoder.outputFormatting = [.prettyPrinted, .sortedKeys]
            try await store.write(Array(try encoder.encode(head)), to: headName)
        }
        return try await BackupRepository(store, key: key)
    }

    // MARK: - Pieces

    /// The name of the piece with this digest.
    func pieceName(_ digest: String) -> String {
        let name = cipher?.name(of: digest) ?? digest
        return "pieces/\(name.prefix(2))/\(name)"
    }

    func pieceNames() async throws -> [String: Int] { try await store.names(under: "pieces/") }

    /// Returns how many bytes were written.
    func write(piece bytes: [UInt8], digest: String) async throws -> Int {
        let name = pieceName(digest)
        let encoded = encoded(bytes, as: name)
        try await store.write(encoded, to: name)
        return encoded.count
    }

    func piece(_ digest: String) async throws -> [UInt8] {
        let name = pieceName(digest)
        guard let bytes = try await store.read(name) else { throw BackupFailure.damaged("\(name) is missing") }
        guard let plain = decoded(bytes, as: name, limit: Self.pieceSize), Hexadecimal.encode(SHA256.hash(plain)) == digest else {
            throw BackupFailure.damaged("\(name) is not what was written")
        }
        return plain
    }

    // MARK: - Back-ups

    /// The oldest first.
    package func snapshots() async throws -> [BackupSnapshot] {
        var all: [BackupSnapshot] = []
        for name in try await store.names(under: "snapshots/").keys.sorted() { all.append(try await snapshot(named: name)) }
        return all.sorted { ($0.madeAt, $0.id) < ($1.madeAt, $1.id) }
    }

    /// The back-up with this id, or whose id begins so.
    package func snapshot(_ id: String) async throws -> BackupSnapshot {
        let names = try await store.names(under: "snapshots/\(id)").keys.sorted()
        guard let name = names.first, id.allSatisfy({ $0 != "/" }), !id.isEmpty else {
            throw BackupFailure(.notFound, "There is no back-up \(id) at \(store.place).")
        }
        guard names.count == 1 else { throw BackupFailure(.validationFailed, "Several back-ups begin with \(id).") }
        return try await snapshot(named: name)
    }

    private func snapshot(named name: String) async throws -> BackupSnapshot {
        guard let bytes = try await store.read(name) else { throw BackupFailure.damaged("\(name) is missing") }
        return try value(BackupSnapshot.self, in: bytes, of: name)
    }

    func write(_ snapshot: BackupSnapshot) async throws { try await write(value: snapshot, as: "snapshots/\(snapshot.id)") }

    func contents(of snapshot: BackupSnapshot) async throws -> BackupContents {
        var bytes: [UInt8] = []
        for piece in snapshot.contents { bytes += try await self.piece(piece) }
        guard let contents = try? JSONDecoder().decode(BackupContents.self, from: Data(bytes)) else {
            throw BackupFailure.damaged("the contents of \(snapshot.id) cannot be read")
        }
        return contents
    }

    // MARK: - Other objects, with a digest of their own

    func write(value: some Encodable & Sendable, as name: String) async throws {
        try await write(bytes: Array(try JSONEncoder.backup.encode(value)), as: name)
    }

    func value<Value: Decodable>(_ type: Value.Type, in bytes: [UInt8], of name: String) throws -> Value {
        guard let value = try? JSONDecoder.backup.decode(type, from: Data(try plain(bytes, of: name))) else {
            throw BackupFailure.damaged("\(name) cannot be read")
        }
        return value
    }

    func write(bytes: [UInt8], as name: String) async throws {
        try await store.write(encoded(SHA256.hash(bytes) + bytes, as: name), to: name)
    }

    func plain(_ bytes: [UInt8], of name: String) throws -> [UInt8] {
        guard let whole = decoded(bytes, as: name, limit: 1 << 30), whole.count >= SHA256.byteCount,
            SHA256.hash(whole.dropFirst(SHA256.byteCount)) == Array(whole.prefix(SHA256.byteCount))
        else { throw BackupFailure.damaged("\(name) is not what was written") }
        return Array(whole.dropFirst(SHA256.byteCount))
    }

    private func encoded(_ bytes: [UInt8], as name: String) -> [UInt8] {
        let packed = BackupCompression.packed(bytes)
        return cipher?.seal(packed, name: name) ?? packed
    }

    private func decoded(_ bytes: [UInt8], as name: String, limit: Int) -> [UInt8]? {
        guard let cipher else { return BackupCompression.unpacked(bytes, limit: limit) }
        return cipher.open(bytes, name: name).flatMap { BackupCompression.unpacked($0, limit: limit) }
    }
}

extension JSONEncoder {
    static var backup: JSONEncoder {
        let encoder = JSONEncoder()
        encoder.dateEncodingStrategy = .custom { date, encoder in
            var container = encoder.singleValueContainer()
            try container.encode(Timestamp.text(date))
        }
        return encoder
    }
}

extension JSONDecoder {
    static var backup: JSONDecoder {
        let decoder = JSONDecoder()
        decoder.dateDecodingStrategy = .custom { decoder in
            let text = try decoder.singleValueContainer().decode(String.self)
            guard let date = Timestamp.parse(text) else { throw BackupFailure.damaged("a time cannot be read") }
            return date
        }
        return decoder
    }
}
