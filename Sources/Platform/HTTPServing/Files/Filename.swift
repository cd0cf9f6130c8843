/// Names of files as people send them and as headers carry them.
package enum Filename {
    /// A plain name: no folders, no control or direction-changing characters, no leading dots, at most 200 bytes with its ending kept.
    package static func sanitised(_ text: String) -> String {
        let last = text.split(whereSeparator: { $0 == "/" || $0 == "\\" }).last.map(String.init) ?? ""
        var name = ""
        for scalar in last.unicodeScalars {
            switch scalar.value {
            case 0..<0x20, 0x7F..<0xA0, 0x200E, 0x200F, 0x2028...0x202E, 0x2066...0x2069, 0xFEFF: continue
            default: name.unicodeScalars.append(scalar)
            }
        }
        while let first = name.first, first == "." || first.isWhitespace { name.removeFirst() }
        while let end = name.last, end == "." || end.isWhitespace { name.removeLast() }
        if name.isEmpty { return "file" }
        guard name.utf8.count > 200 else { return name }
        var ending = ""
        if let dot = name.lastIndex(of: "."), name[dot...].utf8.count <= 16 {
            ending = String(name[dot...])
            name = String(name[..<dot])
        }
        while name.utf8.count + ending.utf8.count > 200 { name.removeLast() }
        return name + ending
    }

    /// A `Content-Disposition` value that any client reads: an ASCII name, and the true one beside it (RFC 6266).
    package static func disposition(_ kind: String, _ name: String) -> String {
        let clean = sanitised(name)
        let ascii = String(
            decoding: clean.utf8.map {
                $0 < 32 || $0 > 126 || $0 == UInt8(ascii: "\"") || $0 == UInt8(ascii: "\\") ? UInt8(ascii: "_") : $0
            },
            as: UTF8.self)
        return ascii == clean
            ? "\(kind); filename=\"\(ascii)\"" : "\(kind); filename=\"\(ascii)\"; filename*=UTF-8''\(PercentCoding.encode(clean))"
    }
}
