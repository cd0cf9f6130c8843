/// BibTeX as pandoc takes it: entries between brackets become such between braces, and one that never ends is ended where the next begins.
enum BibTeXSource {
    static func prepared(_ text: String) -> String {
        let bytes = Array(text.utf8)
        var out: [UInt8] = []
        var at = 0
        while at < bytes.count {
            guard bytes[at] == UInt8(ascii: "@"), let open = opening(bytes, after: at) else {
                out.append(bytes[at])
                at += 1
                continue
            }
            let isRound = bytes[open] == UInt8(ascii: "(")
            let name = String(decoding: bytes[(at + 1)..<open], as: UTF8.self).lowercased().trimmingSpaces()
            let (end, isClosed) = end(bytes, from: open, isRound: isRound)
            let entry = Array("@\(name){".utf8) + bytes[(open + 1)..<end] + [UInt8(ascii: "}")]
            // Remarks of the programs that wrote the file.
            if name != "comment" { out += entry }
            at = isClosed ? end + 1 : end
        }
        return String(decoding: out, as: UTF8.self)
    }

    /// Where the brace or the bracket of `@article{` stands.
    private static func opening(_ bytes: [UInt8], after at: Int) -> Int? {
        var index = at + 1
        while index < bytes.count, (65...90).contains(bytes[index] & 0xDF) { index += 1 }
        guard index > at + 1 else { return nil }
        while index < bytes.count, bytes[index] == 32 || bytes[index] == 10 || bytes[index] == 9 { index += 1 }
        return index < bytes.count && (bytes[index] == UInt8(ascii: "{") || bytes[index] == UInt8(ascii: "(")) ? index : nil
    }

    /// Where an entry ends: at the brace that closes it, or before the next that begins a line.
    private static func end(_ bytes: [UInt8], from open: Int, isRound: Bool) -> (Int, isClosed: Bool) {
        var (index, depth) = (open + 1, 0)
        while index < bytes.count {
            switch bytes[index] {
            case UInt8(ascii: "\\"): index += 1
            case UInt8(ascii: "{"): depth += 1
            case UInt8(ascii: "}"):
                if depth == 0, !isRound { return (index, true) }
                depth -= 1
            case UInt8(ascii: ")") where isRound && depth == 0: return (index, true)
            case UInt8(ascii: "@") where bytes[index - 1] == 10 && opening(bytes, after: index) != nil: return (index, false)
            default: break
            }
            index += 1
        }
        return (bytes.count, false)
    }
}
