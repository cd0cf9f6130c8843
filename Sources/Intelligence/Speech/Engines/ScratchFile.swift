import Concurrency
import Glibc

/// A file for as long as a program in the sandbox reads it.
enum ScratchFile {
    static func with<Value>(_ bytes: [UInt8], _ body: (String) async throws -> Value) async throws -> Value {
        let path = try await BlockingPool.shared.run { try make(bytes) }
        defer { unlink(path) }
        return try await body(path)
    }

    private static func make(_ bytes: [UInt8]) throws(SpeechFailure) -> String {
        var template = Array("/tmp/lm-speech-XXXXXX".utf8CString)
        let descriptor = mkstemp(&template)
        guard descriptor >= 0 else { throw SpeechFailure(.missing, "The server cannot write to its folder for temporary files.") }
        defer { close(descriptor) }
        let path = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
        var start = 0
        while start < bytes.count {
            let count = bytes.withUnsafeBytes { write(descriptor, $0.baseAddress.map { $0 + start }, bytes.count - start) }
            if count < 0, errno == EINTR { continue }
            guard count > 0 else {
                unlink(path)
                throw SpeechFailure(.missing, "The server has no room for temporary files.")
            }
            start += count
        }
        return path
    }
}
