import Questions

/// A text's own structure: what stands under which headings, in its order.
struct TextSections {
    struct Section {
        var document: String
        /// Outermost first; empty above the first heading.
        var path: [String]
        /// Places of statements.
        var statements: [Int]
    }

    /// Without front matter, lists of references and the like.
    let sections: [Section]
    /// Titles of the documents by their ids, in their order.
    let documents: [(id: String, title: String)]

    init(_ survey: TextSurvey, _ source: QuestionSource) {
        var documents: [(id: String, title: String)] = []
        for passage in source.passages where !documents.contains(where: { $0.id == passage.document }) {
            documents.append((passage.document, passage.title))
        }
        let titles = Dictionary(documents.map { ($0.id, $0.title.lowercased()) }) { first, _ in first }
        var sections: [Section] = []
        var known: [[String]: Int] = [:]
        for (place, statement) in survey.statements.enumerated() {
            var path = statement.origin.headings
            // A first heading that only repeats the title says nothing.
            if let first = path.first?.lowercased(), first == titles[statement.origin.document] { path.removeFirst() }
            guard !path.contains(where: Self.isMatter) else { continue }
            let key = [statement.origin.document] + path
            if let index = known[key] {
                sections[index].statements.append(place)
            } else {
                known[key] = sections.count
                sections.append(Section(document: statement.origin.document, path: path, statements: [place]))
            }
        }
        self.sections = sections
        self.documents = documents
    }

    /// Sections by their outermost heading, which is what a long text is told by.
    var chapters: [Section] {
        var chapters: [Section] = []
        for section in sections {
            let path = Array(section.path.prefix(1))
            if let last = chapters.last, last.document == section.document, last.path == path {
                chapters[chapters.count - 1].statements += section.statements
            } else {
                chapters.append(Section(document: section.document, path: path, statements: section.statements))
            }
        }
        return chapters
    }

    private static func isMatter(_ heading: String) -> Bool {
        let words = heading.lowercased().split { !$0.isLetter }.joined(separator: " ")
        return matter.contains(words)
    }

    private static let matter: Set<String> = [
        "references", "bibliography", "contents", "table of contents", "index", "acknowledgements", "acknowledgments", "copyright",
        "licence", "license", "further reading", "external links", "see also", "notes and references", "works cited", "imprint",
        "literatur", "literaturverzeichnis", "inhalt", "inhaltsverzeichnis", "danksagung", "impressum", "quellen", "weblinks",
        "einzelnachweise", "bibliographie", "références", "table des matières", "bibliografía", "referencias", "índice",
    ]
}
