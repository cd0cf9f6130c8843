import CZstd

/// Bytes made smaller by Zstandard where that helps: a first byte says whether it did.
enum BackupCompression {
    static func packed(_ bytes: [UInt8]) -> [UInt8] {
        var out = [UInt8](repeating: 0, count: 1 + ZSTD_compressBound(bytes.count))
        let count = out.withUnsafeMutableBytes { goal in
            bytes.withUnsafeBytes { ZSTD_compress(goal.baseAddress.map { $0 + 1 }, goal.count - 1, $0.baseAddress, $0.count, 3) }
        }
        guard ZSTD_isError(count) == 0, count < bytes.count else { return [0] + bytes }
        out.removeLast(out.count - 1 - count)
        out[0] = 1
        return out
    }

    /// nil if it is damaged, or would be larger than `limit`.
    static func unpacked(_ bytes: [UInt8], limit: Int) -> [UInt8]? {
        guard let form = bytes.first, form <= 1 else { return nil }
        if form == 0 { return bytes.count - 1 <= limit ? Array(bytes.dropFirst()) : nil }
        return bytes.withUnsafeBytes { all in
            let packed = UnsafeRawBufferPointer(rebasing: all.dropFirst())
            let size = ZSTD_getFrameContentSize(packed.baseAddress, packed.count)
            // The two largest numbers say that the size is not known, or that this is no such frame.
            guard size <= UInt64(limit) else { return nil }
            var out = [UInt8](repeating: 0, count: Int(size))
            let count = out.withUnsafeMutableBytes { ZSTD_decompress($0.baseAddress, $0.count, packed.baseAddress, packed.count) }
            return ZSTD_isError(count) == 0 && count == out.count ? out : nil
        }
    }
}
