import Failures
import HTTPMessages

/// The header lines of one part, read and checked.
struct MultipartHead: Sendable, Equatable {
    let name: String
    let filename: String?
    let contentType: String?
    let headers: HTTPHeaders

    /// Throws `badRequest` for a malformed line, or without a `form-data` disposition that names the field.
    init(lines: [[UInt8]]) throws(HTTPFailure) {
        var headers = HTTPHeaders()
        for line in lines {
            guard let colon = line.firstIndex(of: UInt8(ascii: ":")), colon > 0,
                line[..<colon].allSatisfy({ $0 > 32 && $0 < 127 }), !line.contains(where: { ($0 < 32 && $0 != 9) || $0 == 127 }),
                let name = String(validating: line[..<colon], as: UTF8.self),
                let value = String(validating: line[(colon + 1)...], as: UTF8.self)
            else { throw HTTPFailure(.badRequest, "The form is malformed: a part has a broken header line.") }
            headers.append(name, String(value[...].trimmingOptionalWhitespace))
        }
        let disposition = HeaderParameters(headers["Content-Disposition"] ?? "")
        guard HTTPHeaders.same(disposition.head, "form-data"), let name = disposition.first("name") else {
            throw HTTPFailure(.badRequest, "The form is malformed: a part does not name its field.")
        }
        self.name = Self.unescaped(name)
        filename = Self.filename(disposition).map { Filename.sanitised($0) }
        contentType = headers["Content-Type"]
        self.headers = headers
    }

    static func == (a: Self, b: Self) -> Bool {
        a.name == b.name && a.filename == b.filename && a.contentType == b.contentType
    }

    /// `filename*` (RFC 5987, UTF-8 only) before `filename`.
    private static func filename(_ disposition: HeaderParameters) -> String? {
        if let extended = disposition.first("filename*") {
            let parts = extended.split(separator: "'", maxSplits: 2, omittingEmptySubsequences: false)
            if parts.count == 3, HTTPHeaders.same(String(parts[0]), "utf-8"), let name = PercentCoding.decode(parts[2]) {
                return name
            }
        }
        return disposition.first("filename").map(unescaped)
    }

    /// Browsers write `"`, CR and LF in names as `%22`, `%0D`, `%0A`, and nothing else.
    private static func unescaped(_ text: String) -> String {
        guard text.utf8.contains(UInt8(ascii: "%")) else { return text }
        var out = ""
        var rest = text[...]
        while let mark = rest.firstIndex(of: "%") {
            out += rest[..<mark]
            let code = rest[mark...].prefix(3).uppercased()
            switch code {
            case "%22": out += "\""
            case "%0D", "%0A": out += " "
            default:
                out += "%"
                rest = rest[rest.index(after: mark)...]
                continue
            }
            rest = rest[rest.index(mark, offsetBy: 3)...]
        }
        return out + rest
    }
}
