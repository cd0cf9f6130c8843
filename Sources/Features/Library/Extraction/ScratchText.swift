import Concurrency
import FoundationEssentials
import Glibc

/// A text, or other bytes, in a file of its own for as long as something in the sandbox reads it.
struct ScratchText: Sendable {
    private let path: String

    /// Blocks.
    init(_ text: String) throws(LibraryFailure) { try self.init(bytes: Array(text.utf8)) }

    /// Blocks.
    init(bytes: [UInt8]) throws(LibraryFailure) {
        var template = Array("/tmp/lm-text-XXXXXX".utf8CString)
        let descriptor = mkstemp(&template)
        guard descriptor >= 0 else { throw .noScratch }
        close(descriptor)
        path = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
        do {
            try Data(bytes).write(to: URL(filePath: path))
        } catch {
            unlink(path)
            throw .noScratch
        }
    }

    /// Gives the file's path to `body`, and removes the file.
    func use<Result: Sendable>(_ body: (String) async throws -> Result) async throws -> Result {
        defer { unlink(path) }
        return try await body(path)
    }
}
