package import FoundationEssentials

/// A part of the log of changes: what was committed between two looks, and the files that came with it.
package struct LogPart: Sendable {
    /// Of one run of the program that missed nothing.
    package let generation: String
    /// From 1, without a gap.
    package let number: Int
    package let time: Date

    package init(generation: String, number: Int, time: Date) {
        self.generation = generation
        self.number = number
        self.time = time
    }

    /// nil if it is none: `log/8f3a…/000000000012-1764533730125`.
    init?(name: String) {
        let parts = name.split(separator: "/").map(String.init)
        guard parts.count == 3, parts[0] == "log" else { return nil }
        let numbers = parts[2].split(separator: "-").map(String.init)
        guard numbers.count == 2, let number = Int(numbers[0]), let milliseconds = Int(numbers[1]) else { return nil }
        self.init(generation: parts[1], number: number, time: Date(timeIntervalSince1970: Double(milliseconds) / 1000))
    }

    var name: String {
        let digits = String(number)
        let milliseconds = Int((time.timeIntervalSince1970 * 1000).rounded())
        return "log/\(generation)/\(String(repeating: "0", count: max(0, 12 - digits.count)))\(digits)-\(milliseconds)"
    }

    /// Of the list of its files.
    var filesName: String { name + "-files" }
}

/// A file that came with a part of the log.
struct LoggedFile: Codable, Sendable {
    var folder: String
    var item: BackupContents.Item
}

extension BackupRepository {
    /// All parts, in the order of their generations and numbers.
    package func logParts(of generation: String? = nil) async throws -> [LogPart] {
        try await store.names(under: generation.map { "log/\($0)/" } ?? "log/").keys.compactMap { LogPart(name: $0) }
            .sorted { ($0.generation, $0.number) < ($1.generation, $1.number) }
    }

    func files(of part: LogPart) async throws -> [LoggedFile] {
        guard let bytes = try await store.read(part.filesName) else { return [] }
        return try value([LoggedFile].self, in: bytes, of: part.filesName)
    }

    func changes(of part: LogPart) async throws -> LoggedChanges {
        guard let bytes = try await store.read(part.name) else { throw BackupFailure.damaged("\(part.name) is missing") }
        guard let changes = LoggedChanges(try plain(bytes, of: part.name)) else {
            throw BackupFailure.damaged("\(part.name) cannot be read")
        }
        return changes
    }

    /// The files first: a part is there only when all that its rows name is.
    func write(_ part: LogPart, _ changes: LoggedChanges, files: [LoggedFile]) async throws {
        if !files.isEmpty { try await write(value: files, as: part.filesName) }
        try await write(bytes: changes.bytes, as: part.name)
    }
}
