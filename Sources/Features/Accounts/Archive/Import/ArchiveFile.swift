import Ambient
import BlobStorage
import Concurrency
import Cryptography
import FoundationEssentials
import Manuscript
import Sandbox

/// An archive that somebody brought, read by `lm-read` within the sandbox: nothing else looks into it.
struct ArchiveFile: Sendable {
    static let program = "lm-read"

    private static let limits: SandboxLimits = {
        var limits = SandboxLimits(
            memory: 1 << 30, processorSeconds: 120, wallClock: .seconds(180),
            output: ParcelRequest.most + ParcelRequest.mostOfOne + 8 << 20)
        limits.processes = 2  // bubblewrap's and its own
        return limits
    }()
    /// Bytes of `manifest.json`: some 65,000 files.
    private static let largestManifest = 32 << 20

    private struct Member: Sendable {
        let place: Int
        let size: Int
    }

    private let path: String
    private let sandbox: Sandbox
    private let scratch: any BlobStore
    private let members: [String: Member]
    let manifest: ArchiveManifest
    /// The paths of files by what the manifest says is in them.
    private let paths: [String: String]
    private let digests: [String: String]

    /// - Parameter scratch: holds for a moment what the program is told.
    /// - Throws: `AccountsFailure` where it is no archive of an account, or one that is not known here.
    init(path: String, sandbox: Sandbox, scratch: any BlobStore) async throws {
        (self.path, self.sandbox, self.scratch) = (path, sandbox, scratch)
        let listing = try await Self.run(.directory, path: path, sandbox: sandbox, scratch: scratch)
        let members = try await BlockingPool.shared.run { try Self.members(in: listing[...]) }
        guard let place = members["manifest.json"], place.size <= Self.largestManifest,
            let bytes = try await Self.contents(of: [place.place], path: path, sandbox: sandbox, scratch: scratch)[place.place]
        else { throw AccountsFailure.noArchive }
        let manifest = try await BlockingPool.shared.run { try Self.manifest(bytes) }
        self.members = members
        self.manifest = manifest
        paths = Dictionary(manifest.files.map { ($0.sha256, $0.path) }) { first, _ in first }
        digests = Dictionary(manifest.files.map { ($0.path, $0.sha256) }) { first, _ in first }
    }

    /// The paths of a table's pieces, in order.
    func pieces(of table: String) -> [String] {
        members.keys.filter { $0.hasPrefix("rows/\(table)/") && digests[$0] != nil }.sorted()
    }

    /// The tables that it has rows of.
    var tables: Set<String> {
        members.keys.reduce(into: []) { names, path in
            let parts = path.split(separator: "/", omittingEmptySubsequences: false)
            if parts.count == 3, parts[0] == "rows" { names.insert(String(parts[1].prefix(60))) }
        }
    }

    /// A member that was packed by us and must be what the manifest says; nil where it is not.
    func content(_ path: String) async throws -> [UInt8]? {
        guard let member = members[path], let digest = digests[path] else { return nil }
        let bytes = try await Self.contents(of: [member.place], path: self.path, sandbox: sandbox, scratch: scratch)[member.place]
        return bytes.flatMap { Hexadecimal.encode(SHA256.hash($0)) == digest ? $0 : nil }
    }

    /// Whether there is a file that is said to have this content, and how large it is said to be.
    func size(of sha256: String) -> Int? { paths[sha256].flatMap { members[$0]?.size } }

    /// Small files, as many as come in one go.
    func small(_ digests: Set<String>) async throws -> [String: [UInt8]] {
        var places: [Int: String] = [:]
        for digest in digests {
            if let path = paths[digest], let member = members[path], member.size <= 1 << 20 { places[member.place] = digest }
        }
        if places.isEmpty { return [:] }
        var found: [String: [UInt8]] = [:]
        for (place, bytes) in try await Self.contents(
            of: places.keys.sorted(), path: path, sandbox: sandbox, scratch: scratch)
        {
            if let digest = places[place] { found[digest] = bytes }
        }
        return found
    }

    /// A file's bytes as they are asked for. Who takes them looks whether they are what they should be.
    func parts(of sha256: String) -> ArchivedParts? {
        guard let path = paths[sha256], let member = members[path] else { return nil }
        return ArchivedParts(size: member.size) { offset in
            if offset == 0, member.size <= ParcelRequest.mostOfOne {
                return try await Self.contents(of: [member.place], path: self.path, sandbox: sandbox, scratch: scratch)[
                    member.place]
            }
            return try await Self.run(.part(of: member.place, from: offset), path: self.path, sandbox: sandbox, scratch: scratch)
        }
    }

    // MARK: - The program

    private static func run(
        _ request: ParcelRequest, path: String, sandbox: Sandbox, scratch: any BlobStore
    ) async throws -> [UInt8] {
        // What is wanted is told in a file, which is here while the program runs and is never stored.
        try await scratch.receive(from: HeldParts(bytes: Array(request.text.utf8)), limit: 1 << 20) { told in
            let command = SandboxCommand(program, [], limits: limits)
                .reading(path, as: "document.\(ReadingForm.parcel.rawValue)").reading(told.path, as: "wanted")
            do {
                return try await sandbox.run(command).bytes
            } catch let failure as SandboxFailure {
                guard case .exited(let code) = failure.reason, ReadingFault(rawValue: code) != nil else { throw failure }
                throw AccountsFailure.damagedArchive
            }
        }
    }

    private static func contents(
        of places: [Int], path: String, sandbox: Sandbox, scratch: any BlobStore
    ) async throws -> [Int: [UInt8]] {
        let output = try await run(.members(places), path: path, sandbox: sandbox, scratch: scratch)
        return await BlockingPool.shared.run {
            var (found, rest) = ([Int: [UInt8]](), output[...])
            while let end = rest.firstIndex(of: UInt8(ascii: "\n")) {
                let numbers = String(decoding: rest[..<end], as: UTF8.self).split(separator: " ").compactMap { Int($0) }
                rest = rest[(end + 1)...]
                guard numbers.count == 2, numbers[1] <= rest.count else { break }
                if numbers[1] >= 0 { found[numbers[0]] = Array(rest.prefix(numbers[1])) }
                rest = rest.dropFirst(max(0, numbers[1]))
            }
            return found
        }
    }

    private static func members(in listing: ArraySlice<UInt8>) throws -> [String: Member] {
        var (members, rest, place) = ([String: Member](), listing, 0)
        while let end = rest.firstIndex(of: UInt8(ascii: "\n")) {
            let numbers = String(decoding: rest[..<end], as: UTF8.self).split(separator: " ").compactMap { Int($0) }
            rest = rest[(end + 1)...]
            guard numbers.count == 2, numbers[0] >= 0, numbers[0] <= rest.count, numbers[1] >= 0 else {
                throw AccountsFailure.damagedArchive
            }
            // A name is compared with what the manifest says, and never is a path of ours.
            if let name = String(validating: rest.prefix(numbers[0]), as: UTF8.self), members[name] == nil {
                members[name] = Member(place: place, size: numbers[1])
            }
            rest = rest.dropFirst(numbers[0])
            place += 1
        }
        return members
    }

    private static func manifest(_ bytes: [UInt8]) throws -> ArchiveManifest {
        let decoder = JSONDecoder()
        decoder.dateDecodingStrategy = .custom {
            let text = try $0.singleValueContainer().decode(String.self)
            guard let date = Timestamp.parse(text) else { throw AccountsFailure.noArchive }
            return date
        }
        guard let manifest = try? decoder.decode(ArchiveManifest.self, from: Data(bytes)),
            manifest.format == ArchiveManifest.form, UserID(manifest.account) != nil
        else { throw AccountsFailure.noArchive }
        guard manifest.version == ArchiveManifest.latest else { throw AccountsFailure.otherArchive(manifest.version) }
        return manifest
    }
}

/// A file of an archive as a store takes it.
struct ArchivedParts: AsyncSequence, Sendable {
    let size: Int
    /// The bytes from an offset on; nil where they cannot be read.
    let read: @Sendable (Int) async throws -> [UInt8]?

    struct AsyncIterator: AsyncIteratorProtocol {
        let parts: ArchivedParts
        var offset = 0

        mutating func next() async throws -> [UInt8]? {
            guard offset < parts.size else { return nil }
            guard let bytes = try await parts.read(offset), !bytes.isEmpty else { throw AccountsFailure.damagedArchive }
            offset += bytes.count
            return bytes
        }
    }

    func makeAsyncIterator() -> AsyncIterator { AsyncIterator(parts: self) }
}
