import Concurrency
import Manuscript
package import Sandbox

/// Takes the files out of a zip, within the sandbox: what it unpacks to is bounded there, in number and in size.
package struct ArchiveUnpacker: Sendable {
    struct Member: Sendable {
        /// Without folders.
        let filename: String
        let bytes: [UInt8]
    }

    private let reader: ManuscriptExtractor
    /// What is unpacked is in memory until it is stored: two archives at a time.
    private let turns = AsyncSemaphore(2)

    package init(sandbox: Sandbox) { reader = ManuscriptExtractor(sandbox: sandbox) }

    /// - Parameter body: is given the files, which are in memory for as long as it runs.
    /// - Throws: `LibraryFailure` if it is no zip, protected, or unpacks to too much; `SandboxFailure`.
    func withMembers<Value: Sendable>(
        ofArchiveAt path: String, _ body: ([Member]) async throws -> Value
    ) async throws -> Value {
        try await turns.withPermit { try await body(members(ofArchiveAt: path)) }
    }

    private func members(ofArchiveAt path: String) async throws -> [Member] {
        let output: [UInt8]
        do {
            output = try await reader.run(path: path, form: .archive, isAwaited: true)
        } catch let failure as ExtractionFailure {
            switch failure.reason {
            case .encrypted: throw LibraryFailure.protectedFile
            case .tooLarge: throw LibraryFailure.archiveTooLarge
            default: throw LibraryFailure.unknownType
            }
        }
        return try await BlockingPool.shared.run { try Self.members(in: output[...]) }
    }

    /// `NAME-LENGTH CONTENT-LENGTH`, a line's end, the name, the content; and so on.
    private static func members(in output: ArraySlice<UInt8>) throws(LibraryFailure) -> [Member] {
        var rest = output
        var members: [Member] = []
        while !rest.isEmpty {
            guard let end = rest.firstIndex(of: UInt8(ascii: "\n")) else { throw .unknownType }
            let sizes = String(decoding: rest[..<end], as: UTF8.self).split(separator: " ").compactMap { Int($0) }
            rest = rest[(end + 1)...]
            guard sizes.count == 2, sizes[0] >= 0, sizes[1] >= 0, sizes[0] + sizes[1] <= rest.count else { throw .unknownType }
            let name = String(decoding: rest.prefix(sizes[0]), as: UTF8.self)
            rest = rest.dropFirst(sizes[0])
            let filename = name.split { $0 == "/" || $0 == "\\" }.last.map(String.init) ?? name
            members.append(Member(filename: String(filename.prefix(255)), bytes: Array(rest.prefix(sizes[1]))))
            rest = rest.dropFirst(sizes[1])
        }
        return members
    }
}
