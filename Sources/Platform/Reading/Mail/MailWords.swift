/// How bytes are dressed to travel by mail: base64, quoted-printable, and words in fields (RFC 2047).
enum MailWords {
    static func base64(_ bytes: some Sequence<UInt8>) -> [UInt8] {
        var out: [UInt8] = []
        var (sum, bits): (UInt32, Int) = (0, 0)
        for byte in bytes {
            let value: UInt32
            switch byte {
            case 65...90: value = UInt32(byte) - 65
            case 97...122: value = UInt32(byte) - 71
            case 48...57: value = UInt32(byte) + 4
            case 43, 45: value = 62
            case 47, 95: value = 63
            default: continue
            }
            sum = (sum << 6 | value) & 0xFFFFFF
            bits += 6
            if bits >= 8 {
                bits -= 8
                out.append(UInt8(truncatingIfNeeded: sum >> UInt32(bits)))
            }
        }
        return out
    }

    static func quotedPrintable(_ bytes: some Collection<UInt8>, inField: Bool = false) -> [UInt8] {
        let bytes = Array(bytes)
        var out: [UInt8] = []
        var at = 0
        while at < bytes.count {
            let byte = bytes[at]
            if byte == 0x3D {
                if at + 2 < bytes.count, let high = hex(bytes[at + 1]), let low = hex(bytes[at + 2]) {
                    out.append(high << 4 | low)
                    at += 3
                    continue
                }
                // At a line's end it joins the lines.
                var end = at + 1
                while end < bytes.count, bytes[end] == 32 || bytes[end] == 13 { end += 1 }
                if end < bytes.count, bytes[end] == 10 {
                    at = end + 1
                    continue
                }
            }
            out.append(inField && byte == 0x5F ? 32 : byte)
            at += 1
        }
        return out
    }

    static func percentDecoded(_ text: String) -> [UInt8] {
        let bytes = Array(text.utf8)
        var out: [UInt8] = []
        var at = 0
        while at < bytes.count {
            if bytes[at] == 0x25, at + 2 < bytes.count, let high = hex(bytes[at + 1]), let low = hex(bytes[at + 2]) {
                out.append(high << 4 | low)
                at += 3
            } else {
                out.append(bytes[at])
                at += 1
            }
        }
        return out
    }

    private static func hex(_ byte: UInt8) -> UInt8? {
        switch byte {
        case 48...57: byte - 48
        case 65...70: byte - 55
        case 97...102: byte - 87
        default: nil
        }
    }

    /// `=?UTF-8?Q?Caf=C3=A9?=` as Café; white space between two such words is none of the text.
    static func decoded(_ value: String) -> String {
        var out = ""
        var rest = value[...]
        var afterWord = false
        while let start = rest.firstRange(of: "=?") {
            let before = rest[..<start.lowerBound]
            let parts = rest[start.upperBound...].split(separator: "?", maxSplits: 2, omittingEmptySubsequences: false)
            guard parts.count == 3, let end = parts[2].firstRange(of: "?=") else { break }
            if !(afterWord && before.allSatisfy(\.isWhitespace)) { out += before }
            let bytes = Array(parts[2][..<end.lowerBound].utf8)
            let label = parts[0].prefix { $0 != "*" }
            let decoded = parts[1].lowercased() == "b" ? base64(bytes) : quotedPrintable(bytes, inField: true)
            out += (Charset(label: String(label)) ?? .utf8).decode(decoded)
            rest = parts[2][end.upperBound...]
            afterWord = true
        }
        return out + rest
    }
}
