import CZstd
import Manuscript

/// Unpacks what Zstandard packed.
enum Zstandard {
    /// - Parameter most: bytes that may come of it.
    static func unpack(_ bytes: [UInt8], most: Int) throws(ReadingFault) -> [UInt8] {
        guard let stream = ZSTD_createDStream() else { throw .tooLarge }
        defer { ZSTD_freeDStream(stream) }
        // A window of 128 MB is more than any packer takes by itself.
        ZSTD_DCtx_setParameter(stream, ZSTD_d_windowLogMax, 27)
        var output: [UInt8] = []
        var part = [UInt8](repeating: 0, count: ZSTD_DStreamOutSize())
        var (read, left) = (0, 1)
        while read < bytes.count {
            var fault: ReadingFault?
            bytes.withUnsafeBytes { source in
                part.withUnsafeMutableBytes { goal in
                    var input = ZSTD_inBuffer(src: source.baseAddress, size: source.count, pos: read)
                    var out = ZSTD_outBuffer(dst: goal.baseAddress, size: goal.count, pos: 0)
                    left = ZSTD_decompressStream(stream, &out, &input)
                    if ZSTD_isError(left) != 0 || (input.pos == read && out.pos == 0) { fault = .damaged }
                    read = input.pos
                    if output.count + out.pos > most { fault = .tooLarge }
                    if fault == nil { output.append(contentsOf: goal[..<out.pos]) }
                }
            }
            if let fault { throw fault }
        }
        // What the last of it unpacked to may not have had room.
        while left != 0 {
            var (written, failed) = (0, false)
            part.withUnsafeMutableBytes { goal in
                var input = ZSTD_inBuffer(src: nil, size: 0, pos: 0)
                var out = ZSTD_outBuffer(dst: goal.baseAddress, size: goal.count, pos: 0)
                left = ZSTD_decompressStream(stream, &out, &input)
                (written, failed) = (out.pos, ZSTD_isError(left) != 0 || out.pos == 0)
                if !failed { output.append(contentsOf: goal[..<written]) }
            }
            if failed { throw .damaged }
            if output.count > most { throw .tooLarge }
        }
        return output
    }
}
