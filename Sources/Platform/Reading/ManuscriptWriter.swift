import Glibc
import Manuscript

/// Prints a manuscript as JSON. By hand: what the sandbox starts for each file is smaller and sooner there without Foundation.
enum ManuscriptWriter {
    static func json(_ manuscript: Manuscript) -> [UInt8] {
        var out = JSONText()
        out.object { out in
            out.field("title", manuscript.title)
            out.field("authors", manuscript.authors)
            out.field("language", manuscript.language)
            out.field("date", manuscript.date)
            out.field("doi", manuscript.doi)
            out.field("address", manuscript.address)
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
                out.field("picture", paragraph.picture)
            }
            out.array("unread", manuscript.unread) { out, unread in
                out.field("kind", unread.kind.rawValue)
                out.field("count", unread.count)
                out.field("page", unread.page)
            }
        }
        return out.bytes
    }

    static func json(_ frame: PDFFrame) -> [UInt8] {
        var out = JSONText()
        out.object { out in
            out.field("title", frame.title)
            out.field("authors", frame.authors)
            out.field("date", frame.date)
            out.field("language", frame.language)
            out.field("doi", frame.doi)
            out.array("labels", frame.labels) { out, label in
                out.field("page", label.page)
                out.field("prefix", label.prefix)
                out.field("style", label.style)
                out.field("start", label.start)
            }
            out.array("pages", frame.pages) { out, page in
                out.field("number", page.number)
                out.field("size", page.size)
                out.field("shown", page.shown)
                out.field("drawings", page.drawings)
                out.field("pictures", page.pictures)
            }
        }
        return out.bytes
    }
}

extension ManuscriptWriter {
    static func json(_ bank: BankParts) -> [UInt8] {
        var out = JSONText()
        out.object { out in
            out.array("parts", bank.parts) { out, part in
                out.field("path", part.path)
                out.field("line", part.line)
                if let tree = part.tree { out.object("tree") { Self.write(tree, &$0) } }
            }
        }
        return out.bytes
    }

    private static func write(_ tree: MarkupTree, _ out: inout JSONText) {
        out.field("name", tree.name)
        out.field("text", tree.text)
        if let attributes = tree.attributes { out.field("attributes", attributes) }
        if let children = tree.children { out.array("children", children) { write($1, &$0) } }
    }
}

extension ManuscriptWriter {
    static func json(_ calendar: CalendarTree) -> [UInt8] {
        var out = JSONText()
        out.object { write(calendar, &$0) }
        return out.bytes
    }

    private static func write(_ tree: CalendarTree, _ out: inout JSONText) {
        out.field("name", tree.name)
        out.field("line", tree.line)
        out.array("properties", tree.properties) { out, property in
            out.field("name", property.name)
            out.field("line", property.line)
            out.field("parameters", property.parameters)
            out.field("value", property.value)
        }
        out.array("components", tree.components) { write($1, &$0) }
        out.field("faults", Optional(tree.faults))
    }
}

/// JSON while it is written.
struct JSONText {
    private(set) var bytes: [UInt8] = []
    private var isFirst = true

    mutating func object(_ body: (inout JSONText) -> Void) {
        bytes.append(UInt8(ascii: "{"))
        isFirst = true
        body(&self)
        bytes.append(UInt8(ascii: "}"))
        isFirst = false
    }

    mutating func object(_ name: String, _ body: (inout JSONText) -> Void) {
        key(name)
        object(body)
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

    mutating func field(_ name: String, _ value: Bool) {
        key(name)
        bytes += (value ? "true" : "false").utf8
    }

    mutating func field(_ name: String, _ values: [Int]?) {
        guard let values else { return }
        key(name)
        bytes += ("[" + values.map(String.init).joined(separator: ",") + "]").utf8
    }

    mutating func field(_ name: String, _ values: [String]) {
        key(name)
        bytes.append(UInt8(ascii: "["))
        for (index, value) in values.enumerated() {
            if index > 0 { bytes.append(UInt8(ascii: ",")) }
            string(value)
        }
        bytes.append(UInt8(ascii: "]"))
    }

    mutating func field(_ name: String, _ values: [Double]) {
        key(name)
        bytes += Self.list(values).utf8
    }

    mutating func field(_ name: String, _ rows: [[Double]]) {
        key(name)
        bytes += ("[" + rows.map(Self.list).joined(separator: ",") + "]").utf8
    }

    private static func list(_ values: [Double]) -> String {
        "[" + values.map { String($0) }.joined(separator: ",") + "]"
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
