import Manuscript
@testable import Reading

/// Zipped documents whose parts a test writes out.
enum Packed {
    /// A zip of stored members.
    static func zip(_ members: [(name: String, content: [UInt8])]) -> [UInt8] {
        var (bytes, directory) = ([UInt8](), [UInt8]())
        for (name, content) in members {
            let common =
                number(20, 2) + [UInt8](repeating: 0, count: 12) + number(content.count, 4) + number(content.count, 4)
                + number(name.utf8.count, 2) + number(0, 2)
            directory += number(0x0201_4B50, 4) + number(20, 2) + common + [UInt8](repeating: 0, count: 10) + number(bytes.count, 4)
            directory += Array(name.utf8)
            bytes += number(0x0403_4B50, 4) + common + Array(name.utf8) + content
        }
        let start = bytes.count
        bytes += directory + number(0x0605_4B50, 4) + number(0, 4) + number(members.count, 2) + number(members.count, 2)
        return bytes + number(directory.count, 4) + number(start, 4) + number(0, 2)
    }

    static func zip(_ members: [(String, String)]) -> [UInt8] { zip(members.map { ($0.0, Array($0.1.utf8)) }) }

    private static func number(_ value: Int, _ bytes: Int) -> [UInt8] {
        (0..<bytes).map { UInt8(truncatingIfNeeded: value >> (8 * $0)) }
    }

    private static let relationships = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"

    /// Relationships by id: the last word of their type, and their target.
    static func links(_ all: [(id: String, type: String, target: String)], base: String = relationships) -> String {
        let lines = all.map { "<Relationship Id=\"\($0.id)\" Type=\"\(base)/\($0.type)\" Target=\"\($0.target)\"/>" }.joined()
        return "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">\(lines)</Relationships>"
    }

    /// A Word document with this body.
    /// - Parameter parts: further parts, by path below `word`, each related under its name's stem.
    static func word(_ body: String, isStrict: Bool = false, parts: [(name: String, type: String, content: String)] = []) -> [UInt8]
    {
        let base = isStrict ? "http://purl.oclc.org/ooxml" : "http://schemas.openxmlformats.org"
        let main = isStrict ? "\(base)/wordprocessingml/main" : "\(base)/wordprocessingml/2006/main"
        let office = isStrict ? "\(base)/officeDocument/relationships" : relationships
        let math = isStrict ? "\(base)/officeDocument/math" : "\(base)/officeDocument/2006/math"
        let names = """
            xmlns:w="\(main)" xmlns:r="\(office)" xmlns:m="\(math)" xmlns:a="\(base)/drawingml/2006/main" \
            xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" \
            xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" xmlns:v="urn:schemas-microsoft-com:vml"
            """
        func document(_ content: String) -> String { content.replacing("NAMES", with: names) }
        var members = [
            ("_rels/.rels", links([("rId1", "officeDocument", "word/document.xml")], base: office)),
            ("word/document.xml", document("<w:document NAMES><w:body>\(body)</w:body></w:document>")),
            (
                "word/_rels/document.xml.rels",
                links(parts.enumerated().map { ("rId\($0.offset + 1)", $0.element.type, $0.element.name) }, base: office)
            ),
        ]
        for part in parts { members.append(("word/" + part.name, document(part.content))) }
        return zip(members)
    }
}

extension Manuscript {
    /// Each paragraph's kind and text, `table: a | b`; plain ones without a kind.
    var lines: [String] { paragraphs.map { $0.kind == .text ? $0.text : "\($0.kind.rawValue): \($0.text)" } }

    /// The formulas of all paragraphs, with their dollars.
    var formulas: [String] {
        paragraphs.flatMap { paragraph -> [String] in
            let scalars = Array(paragraph.text.unicodeScalars)
            let places = paragraph.formulas ?? []
            return stride(from: 0, to: places.count, by: 2).map {
                String(String.UnicodeScalarView(scalars[places[$0]..<places[$0 + 1]]))
            }
        }
    }
}
