import Cryptography
import Glibc

/// The checksum of a file.
enum FileDigest {
    static func sha256(_ path: String) throws(SpeechModelFailure) -> String {
        guard let file = fopen(path, "rb") else { throw .unwritable("\(path) cannot be read") }
        defer { fclose(file) }
        var hash = SHA256()
        var buffer = [UInt8](repeating: 0, count: 1 << 20)
        while true {
            let count = fread(&buffer, 1, buffer.count, file)
            if count == 0 { break }
            hash.update(Array(buffer[..<count]))
        }
        return Hexadecimal.encode(hash.finalize())
    }
}
