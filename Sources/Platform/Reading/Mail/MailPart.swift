/// A part of a message (RFC 5322, RFC 2045 and on): its fields and its content.
struct MailPart {
    private static let deepest = 20

    private let fields: [(name: String, value: String)]
    let body: ArraySlice<UInt8>

    init(_ bytes: ArraySlice<UInt8>) {
        var fields: [(String, String)] = []
        var at = bytes.startIndex
        while at < bytes.endIndex {
            let end = bytes[at...].firstIndex(of: 10) ?? bytes.endIndex
            var line = bytes[at..<end]
            if line.last == 13 { line = line.dropLast() }
            at = min(end + 1, bytes.endIndex)
            if line.isEmpty { break }
            let text = String(validating: line, as: UTF8.self) ?? Charset("CP1252").decode(Array(line))
            if text.first?.isWhitespace == true, !fields.isEmpty {
                fields[fields.count - 1].1 += " " + text.trimmingSpaces()
            } else if let colon = text.firstIndex(of: ":") {
                fields.append((text[..<colon].trimmingSpaces().lowercased(), text[text.index(after: colon)...].trimmingSpaces()))
            }
        }
        self.fields = fields
        body = bytes[at...]
    }

    /// The first field of a name, as it is written.
    func field(_ name: String) -> String? { fields.first { $0.name == name }?.value }

    /// The same, in words.
    func text(_ name: String) -> String? { field(name).map(MailWords.decoded) }

    /// In lower case: `text/plain`.
    var type: String { (field("content-type") ?? "text/plain").prefix { $0 != ";" }.trimmingSpaces().lowercased() }

    var filename: String? {
        (Self.parameter("filename", of: field("content-disposition")) ?? Self.parameter("name", of: field("content-type"))).map(
            MailWords.decoded)
    }

    var isAttachment: Bool { field("content-disposition")?.lowercased().hasPrefix("attachment") ?? false }

    func parameter(_ name: String) -> String? { Self.parameter(name, of: field("content-type")) }

    private static func parameter(_ name: String, of field: String?) -> String? {
        guard let field else { return nil }
        for piece in field.split(separator: ";").dropFirst() {
            guard let equals = piece.firstIndex(of: "=") else { continue }
            let key = piece[..<equals].trimmingSpaces().lowercased()
            let value = piece[piece.index(after: equals)...].trimmingSpaces()
            if key == name {
                return value.hasPrefix("\"") && value.hasSuffix("\"") && value.count > 1
                    ? String(value.dropFirst().dropLast()) : value
            }
            // RFC 2231: a character set, a language, then bytes by their codes.
            if key == name + "*" {
                let parts = value.split(separator: "'", omittingEmptySubsequences: false)
                guard parts.count == 3 else { continue }
                return (Charset(label: String(parts[0])) ?? .utf8).decode(MailWords.percentDecoded(String(parts[2])))
            }
        }
        return nil
    }

    /// The parts of a part that has some.
    func parts(depth: Int = 0) -> [MailPart] {
        guard type.hasPrefix("multipart/"), depth < Self.deepest, let boundary = parameter("boundary"), !boundary.isEmpty else {
            return []
        }
        let mark = Array(("--" + boundary).utf8)
        var parts: [MailPart] = []
        var start: Int?
        var at = body.startIndex
        while at < body.endIndex {
            let end = body[at...].firstIndex(of: 10) ?? body.endIndex
            if body[at..<end].starts(with: mark) {
                if let start { parts.append(MailPart(body[start..<max(start, at - 1)])) }
                start = min(end + 1, body.endIndex)
                if body[at..<end].dropFirst(mark.count).starts(with: [45, 45]) {
                    start = nil
                    break
                }
            }
            at = end + 1
        }
        // The end of a message that was cut off is what there is of it.
        if let start, start < body.endIndex { parts.append(MailPart(body[start...])) }
        return parts
    }

    /// What the part holds, without the clothes that it travels in.
    var content: [UInt8] {
        switch (field("content-transfer-encoding") ?? "").trimmingSpaces().lowercased() {
        case "base64": MailWords.base64(body)
        case "quoted-printable": MailWords.quotedPrintable(body)
        default: Array(body)
        }
    }
}
