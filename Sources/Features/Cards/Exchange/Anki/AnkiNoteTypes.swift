import FoundationEssentials
import Manuscript

/// The note types that our own texts leave as. Markdown leaves as HTML, with what was written beside it, so that it comes back as Markdown
/// where nobody changed it.
enum AnkiNoteTypes {
    private static let styles =
        ".card { font-family: sans-serif; font-size: 20px; text-align: center; color: black; background-color: white; }\n"
        + ".cloze { font-weight: bold; color: #2563eb; }\n.nightMode .cloze { color: #93c5fd; }\n.source { font-size: 14px; opacity: .7; }\n"
    private static let source = "{{#Source}}<p class=\"source\">{{Source}}</p>{{/Source}}"
    private static let fields = ["Front", "Back", "Source", "Written"]
    private static let answer = "{{FrontSide}}\n\n<hr id=answer>\n\n{{Back}}\n" + source

    static let basic = AnkiCollection.NoteType(
        id: 1_795_000_000_001, name: "Little Monster", isCloze: false, styles: styles, fields: fields,
        templates: [.init(name: "Card 1", question: "{{Front}}", answer: answer)])
    static let reversed = AnkiCollection.NoteType(
        id: 1_795_000_000_002, name: "Little Monster (both ways)", isCloze: false, styles: styles, fields: fields,
        templates: [
            .init(name: "Card 1", question: "{{Front}}", answer: answer),
            .init(name: "Card 2", question: "{{Back}}", answer: "{{FrontSide}}\n\n<hr id=answer>\n\n{{Front}}\n" + source),
        ])
    static let cloze = AnkiCollection.NoteType(
        id: 1_795_000_000_003, name: "Little Monster (gaps)", isCloze: true, styles: styles, fields: fields,
        templates: [.init(name: "Cloze", question: "{{cloze:Front}}", answer: "{{cloze:Front}}<br>\n{{Back}}\n" + source)])

    /// As Anki's own, whose program draws the shapes.
    static let occlusion = AnkiCollection.NoteType(
        id: 1_795_000_000_004, name: "Little Monster (covered picture)", isCloze: true, styles: styles + occlusionStyles,
        fields: ["Occlusion", "Image", "Back Extra", "Written"],
        templates: [
            .init(
                name: "Image Occlusion", question: occlusionSide,
                answer: occlusionSide + "\n{{#Back Extra}}<div>{{Back Extra}}</div>{{/Back Extra}}")
        ])
    private static let occlusionSide = """
        <div style="display: none">{{cloze:Occlusion}}</div>
        <div id="image-occlusion-container">{{Image}}<canvas id="image-occlusion-canvas"></canvas></div>
        <script>anki.imageOcclusion.setup();</script>
        """
    private static let occlusionStyles =
        "#image-occlusion-container { position: relative; }\n#image-occlusion-canvas { position: absolute; top: 0; left: 0; }\n"

    static let all = [basic, reversed, cloze, occlusion]

    static func type(of text: CardText) -> AnkiCollection.NoteType {
        switch text.type {
        case .basic: basic
        case .reversed: reversed
        case .cloze: cloze
        case .imageOcclusion: occlusion
        }
    }

    /// What cannot be told otherwise, as it stands in the last field.
    private struct Written: Codable {
        var front: String?
        var back: String?
        var tags: [String]?

        /// Empty where there is nothing.
        var field: String {
            guard front != nil || tags != nil, let json = try? JSONEncoder().encode(self) else { return "" }
            return CardHTML.escaped(String(decoding: json, as: UTF8.self))
        }

        init(_ text: CardText) {
            if text.markup == .markdown { (front, back) = (text.front, text.back) }
            if text.tags.contains(where: { $0.contains(" ") }) { tags = text.tags }
        }
    }

    /// Anki parts tags at spaces.
    static func tags(_ tags: [String]) -> [String] { tags.map { $0.replacing(" ", with: "_") } }

    static func fields(of text: CardText) -> [String] {
        let written = Written(text).field
        if text.type == .imageOcclusion {
            let (picture, covered) = OcclusionText.parts(of: text.front)
            return [covered, picture, text.back, written]
        }
        let source = text.source.map { source in
            [source.title, source.page.map { "p. \($0)" }, source.quote.map { "“\($0)”" }].compactMap { $0 }.joined(separator: ", ")
        }
        let isPlain = text.markup == .html
        return [
            isPlain ? text.front : CardHTML.of(text.front), isPlain ? text.back : CardHTML.of(text.back),
            CardHTML.escaped(source ?? ""), written,
        ]
    }

    /// The text of a note of ours that came back; nil where the type is none of ours. Where something was changed elsewhere, that counts.
    static func draft(of note: AnkiNote, _ type: AnkiCollection.NoteType) -> CardService.Draft? {
        let fields = note.fields
        guard let own = all.first(where: { $0.id == type.id && $0.fields == type.fields }), fields.count == own.fields.count else {
            return nil
        }
        let written = try? JSONDecoder().decode(Written.self, from: Data(CardHTML.unescaped(fields[3]).utf8))
        let kept = written?.tags.flatMap { Set(Self.tags($0)) == Set(note.tags) ? $0 : nil }
        let tags = kept ?? note.tags
        if own == occlusion {
            return .init(.imageOcclusion, front: "\(fields[1])\n\(fields[0])", back: fields[2], tags: tags, markup: .html)
        }
        let kind: CardType = own == cloze ? .cloze : own == reversed ? .reversed : .basic
        if let front = written?.front, let back = written?.back, CardHTML.of(front) == fields[0], CardHTML.of(back) == fields[1] {
            return .init(kind, front: front, back: back, tags: tags, markup: .markdown)
        }
        return .init(kind, front: fields[0], back: fields[1], tags: tags, markup: .html)
    }
}
