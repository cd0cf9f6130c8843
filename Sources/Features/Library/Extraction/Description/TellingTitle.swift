/// Tells a title that somebody wrote from what a program left there.
enum TellingTitle {
    private static let leftovers = [
        "untitled", "unbenannt", "sans titre", "sin título", "microsoft word", "microsoft powerpoint", "powerpoint presentation",
        "powerpoint-präsentation", "présentation powerpoint", "(anonymous)", "slide 1", "folie 1", "unknown", "word document",
        "no title", "document1", "dokument1", "layout 1",
    ]
    private static let endings = [
        ".doc", ".docx", ".ppt", ".pptx", ".xls", ".xlsx", ".dvi", ".tex", ".pdf", ".indd", ".qxd", ".odt", ".odp", ".rtf", ".html",
        ".htm", ".md", ".txt", ".ps", ".eps", ".fm", ".p65",
    ]
    private static let placeholders: Set<String> = [
        "presentation", "document", "title", "titel", "book", "article", "report", "thesis",
    ]

    /// Headings that any document may begin with.
    private static let openings: Set<String> = [
        "name", "contents", "tableofcontents", "abstract", "summary", "inhalt", "inhaltsverzeichnis", "zusammenfassung", "sommaire",
        "résumé", "tabledesmatières", "índice", "indice", "resumen", "synopsis", "preface", "foreword", "vorwort", "目次", "目录",
    ]

    /// Whether a heading says what the document is about.
    static func isTelling(heading: String) -> Bool { !openings.contains(heading.lowercased().filter(\.isLetter)) }

    static func isOne(_ title: String) -> Bool {
        let lower = title.lowercased().trimmingSpaces()
        return lower.contains(where: \.isLetter) && lower.count >= 3 && !leftovers.contains(where: lower.hasPrefix)
            && !endings.contains(where: lower.hasSuffix) && !placeholders.contains(lower)
    }

    /// Whether a title is no more than the name of the file: `chapter_3-final` of `chapter 3 final.docx`.
    static func isName(_ title: String, ofFile filename: String) -> Bool {
        func key(_ text: String) -> String { text.lowercased().filter { $0.isLetter || $0.isNumber } }
        return key(title) == key(LibraryService.stem(filename)) || key(title) == key(filename)
    }
}
