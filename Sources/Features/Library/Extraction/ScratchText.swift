import Concurrency
import FoundationEssentials
import Glibc

/// A text in a file of its own for as long as something in the sandbox reads it.
struct ScratchText: Sendable {
    private let path: String

    /// Blocks.
    init(_ text: String) throws(LibraryFailure) {
        var template = Array("/tmp/lm-text-XXXXXX".utf8CString)
        let descriptor = mkstemp(&template)
        guard descriptor >= 0 else { throw .noScratch }
        close(descriptor)
        path = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
        do {
            try Data(text.utf8).write(to: URL(filePath: path))
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
