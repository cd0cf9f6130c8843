import FoundationEssentials
import Stemming

/// The works that a LaTeX document cites, from the BibTeX files beside it, set as BibTeX would: `\bibitem[Hill(1973)]{Hill73} …`.
package struct LaTeXBibliography: Sendable {
    /// A work, in the words of CSL, as pandoc tells BibTeX.
    private struct Work: Decodable, Sendable {
        struct Name: Decodable, Sendable {
            var family: String?
            var given: String?
            var literal: String?
        }

        struct Issued: Decodable, Sendable {
            var parts: [[Int]]?

            enum CodingKeys: String, CodingKey { case parts = "date-parts" }
        }

        var id: String
        var author: [Name]?
        var editor: [Name]?
        var issued: Issued?
        var title: String?
        var container: String?
        var publisher: String?

        enum CodingKeys: String, CodingKey {
            case id, author, editor, issued, title, publisher
            case container = "container-title"
        }
    }

    /// Works that one document may have, and files that it may name.
    private static let most = 2000
    static let mostFiles = 8

    private var works: [Work] = []

    init() {}

    /// - Parameter csl: an array of works.
    /// - Throws: `DecodingError`.
    init(csl: [UInt8]) throws {
        works = Array(try JSONDecoder().decode([Work].self, from: Data(csl)).prefix(Self.most))
    }

    mutating func add(_ other: Self) { works = Array((works + other.works).prefix(Self.most)) }

    /// The files that a source asks for: `\bibliography{refs,more}`, `\addbibresource{refs.bib}`. None where it has set its works itself.
    static func files(namedIn source: [UInt8]) -> [String] {
        guard LaTeXUse.all(of: ["bibitem"], in: source).isEmpty else { return [] }
        var names: [String] = []
        for (_, use) in LaTeXUse.all(of: ["bibliography", "addbibresource"], in: source) {
            for name in (use.arguments.first ?? "").split(separator: ",") {
                let file = (name.split(separator: "/").last ?? "").trimmingSpaces()
                guard !file.isEmpty, names.count < mostFiles else { continue }
                names.append(file.lowercased().hasSuffix(".bib") ? file : file + ".bib")
            }
        }
        return names
    }

    /// The source with the works that it cites behind it.
    func added(to source: [UInt8]) -> [UInt8] {
        let cited = Self.keys(citedIn: source)
        let own = cited.contains("*") ? works : works.filter { cited.contains($0.id) }
        guard !own.isEmpty else { return source }
        let isUTF8 = String(validating: source, as: UTF8.self) != nil
        let items = own.map { "\\bibitem[\(Self.label($0))]{\($0.id)} \(Self.told($0))\n" }.joined()
        let list = "\n\\begin{thebibliography}{9}\n\(isUTF8 ? items : Self.plain(items))\\end{thebibliography}\n"
        let end = Array("\\end{document}".utf8)
        let place = source.indices.last { source[$0...].starts(with: end) } ?? source.endIndex
        return source[..<place] + Array(list.utf8) + source[place...]
    }

    private static func keys(citedIn source: [UInt8]) -> Set<String> {
        let commands: Set<String> = [
            "cite", "citep", "citet", "Citet", "Citep", "citealp", "citealt", "citeauthor", "citeyear", "citeyearpar", "parencite",
            "Parencite", "textcite", "Textcite", "autocite", "Autocite", "footcite", "footfullcite", "smartcite", "supercite",
            "nocite",
            "citeA", "citeNP", "citeasnoun", "shortcite",
        ]
        var keys: Set<String> = []
        for (_, use) in LaTeXUse.all(of: commands, in: source) {
            for key in (use.arguments.first ?? "").split(separator: ",") { keys.insert(key.trimmingSpaces()) }
        }
        return keys
    }

    /// `Hill(1973)`, `Hill and Gauch(1980)`, `Hill et al.(1990)`.
    private static func label(_ work: Work) -> String {
        let names = (work.author ?? work.editor ?? []).compactMap { $0.family ?? $0.literal }.map(escaped)
        let named =
            switch names.count {
            case 0: escaped(String((work.title ?? work.id).prefix(40)))
            case 1: names[0]
            case 2: "\(names[0]) and \(names[1])"
            default: "\(names[0]) et al."
            }
        return "{\(named)}(\(year(work) ?? "n.d."))"
    }

    /// “M. O. Hill. Diversity and evenness. Ecology, 1973.”
    private static func told(_ work: Work) -> String {
        let names = (work.author ?? work.editor ?? []).map { name in
            [name.given, name.family ?? name.literal].compactMap { $0 }.joined(separator: " ")
        }
        let place = [work.container ?? work.publisher, year(work)].compactMap { $0 }.joined(separator: ", ")
        let parts = [names.joined(separator: ", "), work.title ?? "", place].filter { !$0.isEmpty }
        return parts.map { part in escaped(part) + (part.hasSuffix(".") ? "" : ".") }.joined(separator: " ")
    }

    private static func year(_ work: Work) -> String? { (work.issued?.parts?.first?.first).map(String.init) }

    /// As text, whatever signs it has.
    private static func escaped(_ text: String) -> String {
        var out = ""
        for character in text {
            switch character {
            case "&", "%", "$", "#", "_", "{", "}": out += "\\\(character)"
            case "\\", "^", "~", "[", "]": out += " "
            default: out.append(character)
            }
        }
        return out
    }

    /// For a source in an old encoding: letters without their marks.
    private static func plain(_ text: String) -> String {
        var folded = ""
        for scalar in text.unicodeScalars {
            if scalar.isASCII {
                folded.unicodeScalars.append(scalar)
            } else {
                LetterFolding.fold(scalar) { folded.unicodeScalars.append($0) }
            }
        }
        return String(folded.unicodeScalars.filter(\.isASCII))
    }
}
