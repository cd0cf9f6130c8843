/// Judges UTF-8 that comes in pieces, at the first byte that cannot belong to it (Unicode 15, table 3-7).
struct UTF8Validator {
    /// Continuation bytes that must still come.
    private var missing = 0
    /// What the next byte may be.
    private var low: UInt8 = 0x80
    private var high: UInt8 = 0xBF

    /// All that began is ended.
    var isComplete: Bool { missing == 0 }

    /// False from the first wrong byte on; then it is of no further use.
    mutating func take(_ bytes: UnsafeRawBufferPointer) -> Bool {
        var at = 0
        while at < bytes.count {
            let byte = bytes[at]
            at += 1
            if missing > 0 {
                guard byte >= low, byte <= high else { return false }
                missing -= 1
                (low, high) = (0x80, 0xBF)
                continue
            }
            switch byte {
            case 0x00...0x7F:
                // Most text is a long run of these.
                while at + 8 <= bytes.count, bytes.loadUnaligned(fromByteOffset: at, as: UInt64.self) & 0x8080_8080_8080_8080 == 0 {
                    at += 8
                }
            case 0xC2...0xDF: missing = 1
            case 0xE0: (missing, low) = (2, 0xA0)
            case 0xED: (missing, high) = (2, 0x9F)
            case 0xE1...0xEF: missing = 2
            case 0xF0: (missing, low) = (3, 0x90)
            case 0xF1...0xF3: missing = 3
            case 0xF4: (missing, high) = (3, 0x8F)
            default: return false
            }
        }
        return true
    }
}
