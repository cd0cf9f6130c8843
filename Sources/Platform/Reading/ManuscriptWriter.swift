import Glibc
import Manuscript

/// Prints a manuscript as JSON. By hand: what the sandbox starts for each file is smaller and sooner there without Foundation.
enum ManuscriptWriter {
    static func json(_ manuscript: Manuscript) -> [UInt8] {
        var out = JSONText()
        out.object { out in
            out.field("title", manuscript.title)
            out.field("author", manuscript.author)
            out.field("language", manuscript.language)
            out.field("date", manuscript.date)
            out.field("charset", manuscript.charset)
            out.field("pageCount", manuscript.pageCount)
            out.array("paragraphs", manuscript.paragraphs) { out, paragraph in
                out.field("kind", paragraph.kind.rawValue)
                out.field("text", paragraph.text)
                out.field("level", paragraph.level)
                out.field("marker", paragraph.marker)
                out.field("headRows", paragraph.headRows)
                out.field("language", paragraph.language)
                out.field("page", paragraph.page)
                out.field("formulas", paragraph.formulas)
            }
            out.array("unread", manuscript.unread) { out, unread in
                out.field("kind", unread.kind.rawValue)
                out.field("count", unread.count)
                out.field("page", unread.page)
            }
        }
        return out.bytes
    }
}

/// JSON while it is written.
private struct JSONText {
    private(set) var bytes: [UInt8] = []
    private var isFirst = true

    mutating func object(_ body: (inout JSONText) -> Void) {
        bytes.append(UInt8(ascii: "{"))
        isFirst = true
        body(&self)
        bytes.append(UInt8(ascii: "}"))
        isFirst = false
    }

    mutating func array<Element>(_ name: String, _ elements: [Element], _ body: (inout JSONText, Element) -> Void) {
        key(name)
        bytes.append(UInt8(ascii: "["))
        for (index, element) in elements.enumerated() {
            if index > 0 { bytes.append(UInt8(ascii: ",")) }
            object { body(&$0, element) }
        }
        bytes.append(UInt8(ascii: "]"))
        isFirst = false
    }

    mutating func field(_ name: String, _ value: String?) {
        guard let value else { return }
        key(name)
        string(value)
    }

    mutating func field(_ name: String, _ value: Int?) {
        guard let value else { return }
        key(name)
        bytes += String(value).utf8
    }

    mutating func field(_ name: String, _ values: [Int]?) {
        guard let values else { return }
        key(name)
        bytes += ("[" + values.map(String.init).joined(separator: ",") + "]").utf8
    }

    private mutating func key(_ name: String) {
        if !isFirst { bytes.append(UInt8(ascii: ",")) }
        isFirst = false
        string(name)
        bytes.append(UInt8(ascii: ":"))
    }

    private mutating func string(_ text: String) {
        bytes.append(UInt8(ascii: "\""))
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "\""), UInt8(ascii: "\\"): bytes += [UInt8(ascii: "\\"), byte]
            case 10: bytes += Array("\\n".utf8)
            case 0..<32: bytes += Array(("\\u00" + (byte < 16 ? "0" : "") + String(byte, radix: 16)).utf8)
            default: bytes.append(byte)
            }
        }
        bytes.append(UInt8(ascii: "\""))
    }
}
