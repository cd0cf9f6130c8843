import CZlib

/// Data that was packed by zlib, out of a file that says little of its size.
enum Inflate {
    /// What can be unpacked; of data that breaks off, what there is of it. nil if it comes to more than `most` bytes.
    static func zlib(_ bytes: ArraySlice<UInt8>, most: Int) -> [UInt8]? {
        var out: [UInt8] = []
        var stream = z_stream()
        guard inflateInit_(&stream, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size)) == Z_OK else { return nil }
        defer { inflateEnd(&stream) }
        var isTooMuch = false
        bytes.withUnsafeBufferPointer { buffer in
            stream.next_in = buffer.baseAddress.map { UnsafeMutablePointer(mutating: $0) }
            stream.avail_in = UInt32(clamping: buffer.count)
            var status = Z_OK
            while status == Z_OK {
                let piece = [UInt8](unsafeUninitializedCapacity: 1 << 15) { room, count in
                    stream.next_out = room.baseAddress
                    stream.avail_out = 1 << 15
                    status = inflate(&stream, Z_NO_FLUSH)
                    count = (1 << 15) - Int(stream.avail_out)
                }
                out += piece
                if out.count > most {
                    isTooMuch = true
                    return
                }
                if piece.isEmpty { break }
            }
        }
        return isTooMuch ? nil : out
    }
}
