import Manuscript

/// An Open XML file: parts, and the relationships by which they find each other (ECMA-376, part 2).
final class OfficePackage {
    struct Relationship {
        /// The last word of the relationship's type: `image`, `footnotes`, `aFChunk`.
        let type: String
        /// A part's name, or an address outside.
        let target: String
        let isOutside: Bool
    }

    let archive: Archive
    private var known: [String: [String: Relationship]] = [:]

    init(_ bytes: [UInt8]) throws(ReadingFault) {
        // Protected by a password, it is a compound file with the zip within.
        if bytes.starts(with: [0xD0, 0xCF, 0x11, 0xE0]) { throw .encrypted }
        archive = try Archive(bytes)
    }

    /// The part that the package is about.
    func main() throws(ReadingFault) -> String? { try related(to: "", type: "officeDocument").first }

    /// The relationships of a part by their ids; of the package for an empty name.
    func relationships(of part: String) throws(ReadingFault) -> [String: Relationship] {
        if let known = known[part] { return known }
        let (folder, name) = Self.split(part)
        var result: [String: Relationship] = [:]
        if let root = try xml(folder + "_rels/" + name + ".rels") {
            for node in root.elements {
                guard let id = node["Id"], let type = node["Type"], let target = node["Target"] else { continue }
                let isOutside = node["TargetMode"] == "External"
                result[id] = Relationship(
                    type: type.split(separator: "/").last.map(String.init) ?? "",
                    target: isOutside ? target : Self.resolve(target, in: folder), isOutside: isOutside)
            }
        }
        known[part] = result
        return result
    }

    /// The parts that `part` relates to in this way, ordered by id.
    func related(to part: String, type: String) throws(ReadingFault) -> [String] {
        try relationships(of: part).filter { $0.value.type.lowercased() == type.lowercased() && !$0.value.isOutside }
            .sorted { ($0.key.count, $0.key) < ($1.key.count, $1.key) }.map(\.value.target)
    }

    /// nil if there is no such part.
    func xml(_ part: String) throws(ReadingFault) -> Node? {
        guard let bytes = try archive.content(part) else { return nil }
        return try MarkupParser.xml(bytes)
    }

    /// The same of a part without which the rest can be read; one that is broken is as if it were not there.
    func optionalXML(_ part: String?) -> Node? { part.flatMap { try? xml($0) } }

    /// Title, author and date, which every kind of office file keeps alike.
    func properties(into manuscript: inout Manuscript) {
        guard let part = try? related(to: "", type: "core-properties").first, let root = optionalXML(part) else { return }
        func value(_ name: String) -> String? {
            let text = root.elements.first { $0.name == name || $0.name.hasSuffix(":" + name) }?.text.singleLine
            return text?.isEmpty == false ? text : nil
        }
        manuscript.title = value("title")
        manuscript.authors = value("creator").map { [$0] } ?? []
        manuscript.doi = value("identifier")
        manuscript.language = value("language")
        manuscript.date = value("modified") ?? value("created")
    }

    private static func split(_ part: String) -> (folder: String, name: String) {
        guard let slash = part.lastIndex(of: "/") else { return ("", part) }
        return (String(part[...slash]), String(part[part.index(after: slash)...]))
    }

    /// A path relative to a folder; absolute ones begin with a slash.
    static func resolve(_ target: String, in folder: String) -> String {
        var parts: [Substring] = target.hasPrefix("/") ? [] : folder.split(separator: "/")
        for piece in target.split(separator: "/") {
            if piece == ".." { _ = parts.popLast() } else if piece != "." { parts.append(piece) }
        }
        return parts.joined(separator: "/")
    }
}
