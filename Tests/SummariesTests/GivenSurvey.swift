import Questions

/// A text of two sections whose survey is given: what notes make of it does not hang on a parser.
enum GivenSurvey {
    static let sentences: [(heading: String, text: String, isClear: Bool)] = [
        ("Energy", "The mitochondrion makes ATP.", true),
        ("Energy", "It has two membranes.", false),
        ("Energy", "ATP carries energy to where the cell needs it.", true),
        ("Control", "The nucleus holds the DNA of the cell.", true),
        ("Control", "DNA is copied before the cell divides.", true),
        ("References", "Smith wrote a book about the cell in 1990.", true),
    ]

    static func origin(_ index: Int) -> QuestionOrigin {
        QuestionOrigin(
            passage: "p\(index)", document: "d", range: 0..<sentences[index].text.count, page: index + 1,
            headings: ["Cells", sentences[index].heading], sentence: sentences[index].text)
    }

    static let source = QuestionSource(
        passages: sentences.indices.map { SourcePassage(id: "p\($0)", document: "d", title: "Cells", text: sentences[$0].text) })

    static let survey = TextSurvey(
        statements: sentences.indices.map {
            .init(
                text: sentences[$0].text, origin: origin($0), paragraph: $0, isListItem: false, standsAlone: sentences[$0].isClear,
                isClear: sentences[$0].isClear, terms: [[0, 1], [], [1], [2], [2], []][$0])
        },
        terms: [
            .init(
                name: "mitochondrion", score: 9, isHeading: false,
                meaning: .init(text: "what makes ATP", origin: origin(0), isSentence: false)),
            .init(name: "ATP", score: 7, isHeading: false, meaning: nil),
            .init(
                name: "DNA", score: 5, isHeading: false,
                meaning: .init(text: "what is copied before a cell divides", origin: origin(4), isSentence: false)),
        ], relations: [.init(from: 0, to: 1, label: "makes", statement: 0)], words: 900, language: "en")
}
