import FoundationEssentials
import Glibc

/// Adds bytes to the end of a file.
enum ScratchAppend {
    /// Blocks. Returns whether all were written.
    static func append(_ bytes: Data, to path: String) throws -> Bool {
        guard let file = fopen(path, "ab") else { return false }
        let count = bytes.withUnsafeBytes { fwrite($0.baseAddress, 1, $0.count, file) }
        return fclose(file) == 0 && count == bytes.count
    }
}
