import CZlib

/// Data that was packed by deflate, out of files that may lie about its size.
enum Inflate {
    struct Output {
        var bytes: [UInt8]
        /// The data came to its end.
        var isWhole = false
        /// It comes to more than may be: what was unpacked by then is no use.
        var isTooMuch = false
    }

    /// How the data begins: with zlib's head, or at once, as in a zip. The numbers are zlib's `windowBits`.
    enum Form: Int32 {
        case zlib = 15
        case raw = -15
    }

    /// Unpacks; of data that breaks off, what there is of it. nil where zlib itself fails.
    ///
    /// - Parameters:
    ///   - most: bytes that it may come to.
    ///   - expecting: bytes that it is said to come to.
    static func unpack(_ bytes: ArraySlice<UInt8>, _ form: Form, most: Int, expecting: Int = 0) -> Output? {
        var output = Output(bytes: [])
        output.bytes.reserveCapacity(expecting)
        var stream = z_stream()
        guard inflateInit2_(&stream, form.rawValue, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size)) == Z_OK else { return nil }
        defer { inflateEnd(&stream) }
        bytes.withUnsafeBufferPointer { buffer in
            stream.next_in = buffer.baseAddress.map { UnsafeMutablePointer(mutating: $0) }
            stream.avail_in = UInt32(clamping: buffer.count)
            var status = Z_OK
            while status == Z_OK {
                let piece = [UInt8](unsafeUninitializedCapacity: 1 << 16) { room, count in
                    stream.next_out = room.baseAddress
                    stream.avail_out = 1 << 16
                    status = inflate(&stream, Z_NO_FLUSH)
                    count = (1 << 16) - Int(stream.avail_out)
                }
                output.bytes += piece
                if output.bytes.count > most {
                    output.isTooMuch = true
                    return
                }
                if piece.isEmpty, status == Z_OK { break }
            }
            output.isWhole = status == Z_STREAM_END
        }
        return output
    }
}
