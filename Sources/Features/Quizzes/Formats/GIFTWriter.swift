import Questions

/// Questions as GIFT, Moodle's text format (https://docs.moodle.org/en/GIFT_format).
enum GIFTWriter {
    static func text(of drafts: [QuestionDraft], leftOut: Int) -> String {
        var out = ""
        if leftOut > 0 { out += "// \(leftOut) left out: GIFT has no form for them.\n\n" }
        var topic = ""
        for draft in drafts {
            if draft.topic != topic {
                topic = draft.topic
                out += "$CATEGORY: \(topic.isEmpty ? "$course$/top" : "$course$/top/" + escapedPath(topic))\n\n"
            }
            for tag in draft.tags { out += "// [tag:\(tag.filter { $0 != "]" })]\n" }
            out += "\(escaped(draft.stem)) {\(answers(draft))\(explanation(draft))}\n\n"
        }
        return out
    }

    private static func answers(_ draft: QuestionDraft) -> String {
        switch draft.content {
        case .choice(let options, let right) where draft.kind == .multipleChoice:
            return options.enumerated().map { "\n\t\(right.contains($0.offset) ? "=" : "~")\(escaped($0.element))" }.joined() + "\n"
        case .choice(let options, let right):
            let gain = share(100 / Double(max(1, right.count)))
            let loss = share(100 / Double(max(1, options.count - right.count)))
            return options.enumerated().map {
                "\n\t~%\(right.contains($0.offset) ? gain : "-" + loss)%\(escaped($0.element))"
            }.joined() + "\n"
        case .truth(let isTrue): return isTrue ? "TRUE" : "FALSE"
        case .typed(let key): return typed(key)
        case .gaps(let keys): return keys.first.map(typed) ?? ""
        case .matching(let prompts, let answers):
            return answers.enumerated().map { index, answer in
                "\n\t=\(index < prompts.count ? escaped(prompts[index]) : "") -> \(escaped(answer))"
            }.joined() + "\n"
        case .number(let key):
            return "#\(key.value.plain)" + (key.tolerance.map { ":\($0.plain)" } ?? "")
        case .ordering: return ""
        }
    }

    private static func typed(_ key: TypedKey) -> String {
        key.accepted.map { "=\(escaped($0))" }.joined(separator: " ") + key.partly.map { " =%50%\(escaped($0))" }.joined()
    }

    private static func explanation(_ draft: QuestionDraft) -> String {
        draft.explanation.isEmpty ? "" : "####" + escaped(draft.explanation)
    }

    private static func share(_ percent: Double) -> String {
        let rounded = (percent * 100_000).rounded() / 100_000
        return rounded.plain
    }

    static func escaped(_ text: String) -> String {
        var out = ""
        for character in text {
            switch character {
            case "~", "=", "#", "{", "}", ":", "\\": out += "\\\(character)"
            case "\n": out += "\\n"
            case "\r\n": out += "\\n"
            default: out.append(character)
            }
        }
        // A question that begins as a comment, a title or a category would be read as one.
        return out.hasPrefix("//") || out.hasPrefix("$") ? "\\" + out : out
    }

    static func escapedPath(_ topic: String) -> String {
        topic.split(separator: "/", omittingEmptySubsequences: false).joined(separator: "//")
    }
}
