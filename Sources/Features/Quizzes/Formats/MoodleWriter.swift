import Questions
import TypedText

/// Questions as Moodle XML (https://docs.moodle.org/en/Moodle_XML_format).
enum MoodleWriter {
    static func text(of drafts: [QuestionDraft]) -> String {
        var out = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<quiz>\n"
        var topic = ""
        for draft in drafts {
            if draft.topic != topic {
                topic = draft.topic
                let path = topic.isEmpty ? "$course$/top" : "$course$/top/" + GIFTWriter.escapedPath(topic)
                out += "<question type=\"category\"><category>\(plain(path))</category></question>\n"
            }
            out += question(draft)
        }
        return out + "</quiz>\n"
    }

    private static func plain(_ text: String) -> String { "<text>\(MarkupText.escaped(text))</text>" }

    private static func element(_ name: String, _ text: String) -> String {
        "<\(name) format=\"plain_text\">\(plain(text))</\(name)>"
    }

    private static func answer(_ fraction: Double, _ text: String, _ more: String = "") -> String {
        let rounded = (fraction * 100_000).rounded() / 100_000
        return "<answer fraction=\"\(rounded.plain)\" format=\"plain_text\">\(plain(text))\(more)</answer>\n"
    }

    private static func question(_ draft: QuestionDraft) -> String {
        let (type, stem, body) = parts(draft)
        let tags = draft.tags.isEmpty ? "" : "<tags>" + draft.tags.map { "<tag>\(plain($0))</tag>" }.joined() + "</tags>\n"
        return """
            <question type="\(type)">
            <name>\(plain(String(draft.stem.oneLine.prefix(80))))</name>
            \(element("questiontext", stem))
            \(element("generalfeedback", draft.explanation))
            <defaultgrade>\(draft.points.plain)</defaultgrade>
            <hidden>0</hidden>
            \(body)\(tags)</question>

            """
    }

    private static func parts(_ draft: QuestionDraft) -> (type: String, stem: String, body: String) {
        switch draft.content {
        case .choice(let options, let right):
            let isOne = draft.kind == .multipleChoice
            let (gain, loss) = (100 / Double(max(1, right.count)), isOne ? 0 : -100 / Double(max(1, options.count - right.count)))
            let answers = options.enumerated().map { answer(right.contains($0.offset) ? gain : loss, $0.element) }.joined()
            return (
                "multichoice", draft.stem,
                "<single>\(isOne)</single>\n<shuffleanswers>true</shuffleanswers>\n<answernumbering>abc</answernumbering>\n\(answers)"
            )
        case .truth(let isTrue):
            return ("truefalse", draft.stem, answer(isTrue ? 100 : 0, "true") + answer(isTrue ? 0 : 100, "false"))
        case .typed(let key):
            return (
                "shortanswer", draft.stem,
                "<usecase>0</usecase>\n" + key.accepted.map { answer(100, $0) }.joined()
                    + key.partly.map { answer(50, $0) }.joined()
            )
        case .gaps(let keys):
            var (stem, rest) = ("", draft.stem[...])
            for (gap, key) in zip(draft.stem.gaps, keys) {
                stem += rest[..<gap.lowerBound]
                let texts = key.accepted.map { "=" + embedded($0) } + key.partly.map { "%50%" + embedded($0) }
                stem += "{1:SHORTANSWER:\(texts.joined(separator: "~"))}"
                rest = draft.stem[gap.upperBound...]
            }
            return ("cloze", stem + rest, "")
        case .matching(let prompts, let answers):
            return (
                "matching", draft.stem,
                "<shuffleanswers>true</shuffleanswers>\n"
                    + answers.enumerated().map { index, text in
                        "<subquestion format=\"plain_text\">\(plain(index < prompts.count ? prompts[index] : ""))"
                            + "<answer>\(plain(text))</answer></subquestion>\n"
                    }.joined()
            )
        case .ordering(let items):
            return (
                "ordering", draft.stem,
                "<layouttype>VERTICAL</layouttype>\n<selecttype>ALL</selecttype>\n<gradingtype>ABSOLUTE_POSITION</gradingtype>\n"
                    + items.enumerated().map { answer(Double($0.offset + 1), $0.element) }.joined()
            )
        case .number(let key):
            let tolerance = key.tolerance.map { "<tolerance>\($0.plain)</tolerance>" } ?? ""
            let unit =
                key.unit.map {
                    "<units><unit><multiplier>1</multiplier><unit_name>\(MarkupText.escaped($0))</unit_name></unit></units>\n"
                } ?? ""
            return ("numerical", draft.stem, answer(100, key.value.plain, tolerance) + unit)
        }
    }

    /// Within a cloze's braces.
    private static func embedded(_ text: String) -> String {
        String(text.flatMap { "}~=#{\\/".contains($0) ? ["\\", $0] : [$0] })
    }
}
