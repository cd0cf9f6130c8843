/// Bytes that are written as letters, so that they survive where only letters do (ISO 32000-1, 7.4.2 and 7.4.3).
enum PDFTextualCode {
    static func base85(_ data: ArraySlice<UInt8>) -> [UInt8] {
        var out: [UInt8] = []
        var (value, count): (UInt64, Int) = (0, 0)
        for byte in data {
            switch byte {
            case UInt8(ascii: "~"):
                return out + rest(value, count)
            case UInt8(ascii: "z") where count == 0: out += [0, 0, 0, 0]
            case 33...117:
                value = value * 85 + UInt64(byte - 33)
                count += 1
                if count == 5 {
                    out += bytes(value)
                    (value, count) = (0, 0)
                }
            default: break
            }
        }
        return out + rest(value, count)
    }

    static func base16(_ data: ArraySlice<UInt8>) -> [UInt8] {
        let framed = [UInt8(ascii: "<")] + data.prefix { $0 != UInt8(ascii: ">") } + [UInt8(ascii: ">")]
        var lexer = PDFLexer(framed[...])
        return lexer.next()?.bytes ?? []
    }

    /// A last group of fewer than five letters stands for one byte less than it has.
    private static func rest(_ value: UInt64, _ count: Int) -> [UInt8] {
        guard count > 1 else { return [] }
        let full = (count..<5).reduce(value) { sum, _ in sum * 85 + 84 }
        return Array(bytes(full).prefix(count - 1))
    }

    private static func bytes(_ value: UInt64) -> [UInt8] {
        [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: value >> UInt64($0)) }
    }
}
