import Questions
import TypedText

/// Questions as a table: the one form that holds all that a question has, to be worked on in a spreadsheet.
///
/// Within a cell several texts stand with `|` between them, what a gap accepts with `~`, a pair with `=`; a backslash takes the
/// meaning away from the sign after it.
enum SeparatedBank {
    private static let columns = [
        "type", "question", "options", "correct", "unit", "tolerance", "explanation", "topic", "tags", "points", "difficulty",
    ]

    static func text(of drafts: [QuestionDraft]) -> String {
        ([columns] + drafts.map(row)).map { $0.map(cell).joined(separator: ",") }.joined(separator: "\r\n") + "\r\n"
    }

    private static func row(_ draft: QuestionDraft) -> [String] {
        var (options, correct, unit, tolerance) = ("", "", "", "")
        switch draft.content {
        case .choice(let texts, let right):
            options = joined(texts)
            correct = right.map { String($0 + 1) }.joined(separator: "|")
        case .truth(let isTrue): correct = isTrue ? "true" : "false"
        case .typed(let key): correct = joined(key.accepted)
        case .gaps(let keys): correct = keys.map { $0.accepted.map(escaped).joined(separator: "~") }.joined(separator: "|")
        case .matching(let prompts, let answers):
            correct = zip(prompts, answers).map { "\(escaped($0))=\(escaped($1))" }.joined(separator: "|")
            options = joined(Array(answers.dropFirst(prompts.count)))
        case .ordering(let items): correct = joined(items)
        case .number(let key):
            correct = key.value.plain
            unit = key.unit ?? ""
            tolerance = key.tolerance?.plain ?? ""
        }
        return [
            draft.kind.rawValue, draft.stem, options, correct, unit, tolerance, draft.explanation, draft.topic, joined(draft.tags),
            draft.points.plain, draft.level.map { QuizDifficulty(level: $0).rawValue } ?? "",
        ]
    }

    private static func cell(_ text: String) -> String {
        guard text.contains(where: { $0 == "," || $0 == "\"" || $0.isNewline || $0 == ";" }) || text.first?.isWhitespace == true
        else { return text }
        return "\"" + text.components(separatedBy: "\"").joined(separator: "\"\"") + "\""
    }

    private static func escaped(_ text: String) -> String {
        String(text.flatMap { "|~=\\".contains($0) ? ["\\", $0] : [$0] })
    }

    private static func joined(_ texts: [String]) -> String { texts.map(escaped).joined(separator: "|") }

    // MARK: - Reading

    static func read(_ text: String) -> ImportedBank {
        var bank = ImportedBank()
        var rows = table(text)
        guard let head = rows.first, let names = Self.names(head.cells) else {
            bank.problems.append(
                .init(line: 1, reason: "its first line must name the columns, type, question and correct among them"))
            return bank
        }
        rows.removeFirst()
        for row in rows where !row.cells.allSatisfy(\.isBlank) {
            bank.add(
                { () throws(BankProblem) in
                    try draft { name in names[name].flatMap { row.cells.indices.contains($0) ? row.cells[$0].trimmed : nil } ?? "" }
                }, line: row.line)
        }
        return bank
    }

    private static func names(_ cells: [String]) -> [String: Int]? {
        let names = Dictionary(cells.enumerated().map { ($1.trimmed.lowercased(), $0) }) { first, _ in first }
        return ["type", "question", "correct"].allSatisfy { names[$0] != nil } ? names : nil
    }

    private static func draft(_ value: (String) -> String) throws(BankProblem) -> QuestionDraft {
        let name = value("type").lowercased().split { $0 == " " || $0 == "-" }.joined(separator: "_")
        guard let kind = QuestionKind(rawValue: name) else { throw BankProblem("“\(value("type"))” is not a type of question") }
        let (options, correct) = (parts(value("options"), by: "|").map(plain), value("correct"))
        let content: QuestionContent
        switch kind {
        case .multipleChoice, .multipleResponse:
            let right = correct.split(separator: "|").map { Int(String($0).trimmed) }
            guard !right.isEmpty, right.allSatisfy({ $0.map { (1...max(1, options.count)).contains($0) } == true }) else {
                throw BankProblem("correct must be the numbers of options")
            }
            content = .choice(options: options, right: right.compactMap { $0.map { $0 - 1 } }.sorted())
        case .trueFalse:
            guard let isTrue = ["true": true, "t": true, "1": true, "false": false, "f": false, "0": false][correct.lowercased()]
            else {
                throw BankProblem("correct must be true or false")
            }
            content = .truth(isTrue)
        case .shortAnswer: content = .typed(TypedKey(accepted: parts(correct, by: "|").map(plain)))
        case .cloze:
            content = .gaps(parts(correct, by: "|").map { TypedKey(accepted: parts($0, by: "~").map(plain)) })
        case .matching:
            let pairs = parts(correct, by: "|").map { parts($0, by: "=").map(plain) }
            guard pairs.allSatisfy({ $0.count == 2 }) else { throw BankProblem("correct must be pairs such as root=water") }
            content = .matching(prompts: pairs.map { $0[0] }, answers: pairs.map { $0[1] } + options)
        case .ordering: content = .ordering(parts(correct, by: "|").map(plain))
        case .numeric:
            guard let number = Double(correct) else { throw BankProblem("correct must be a number") }
            let unit = value("unit").isEmpty ? nil : value("unit")
            content = .number(
                NumberKey(
                    value: number, unit: unit, tolerance: Double(value("tolerance")),
                    text: [number.plain, unit].compactMap(\.self).joined(separator: " ")))
        }
        var draft = QuestionDraft(kind, value("question"), content)
        draft.explanation = value("explanation")
        draft.topic = value("topic").oneLine
        draft.tags = Tags.clean(parts(value("tags"), by: "|").map(plain))
        draft.points = Double(value("points")) ?? 1
        draft.level = QuizDifficulty(rawValue: value("difficulty").lowercased())?.levels.upperBound
        return draft
    }

    /// Parts between signs that have no backslash before them; the backslashes stay.
    private static func parts(_ text: String, by sign: Character) -> [String] {
        guard !text.isEmpty else { return [] }
        var (found, part, escapes) = ([String](), "", false)
        for character in text {
            if character == sign, !escapes {
                found.append(part)
                part = ""
            } else {
                part.append(character)
            }
            escapes = character == "\\" && !escapes
        }
        return (found + [part]).map(\.trimmed)
    }

    private static func plain(_ text: String) -> String {
        var (out, escapes) = ("", false)
        for character in text {
            if character == "\\", !escapes { escapes = true } else { (out, escapes) = (out + String(character), false) }
        }
        return out
    }

    /// RFC 4180, with the separator that the first line has.
    static func table(_ text: String) -> [(line: Int, cells: [String])] {
        let first = text.prefix { !$0.isNewline }
        let separator: Character = [",", ";", "\t"].max { a, b in first.count { $0 == a } < first.count { $0 == b } } ?? ","
        var rows: [(line: Int, cells: [String])] = []
        var (cells, cell, isQuoted, line, start) = ([String](), "", false, 1, 1)
        var at = text.startIndex
        if text.first == "\u{FEFF}" { at = text.index(after: at) }
        while at < text.endIndex {
            let character = text[at]
            let next = text.index(after: at)
            if character.isNewline { line += 1 }
            if isQuoted {
                if character == "\"" {
                    if next < text.endIndex, text[next] == "\"" {
                        cell.append("\"")
                        at = text.index(after: next)
                        continue
                    }
                    isQuoted = false
                } else {
                    cell.append(character == "\r\n" ? "\n" : character)
                }
            } else if character == "\"", cell.isEmpty {
                isQuoted = true
            } else if character == separator {
                cells.append(cell)
                cell = ""
            } else if character.isNewline {
                rows.append((start, cells + [cell]))
                (cells, cell, start) = ([], "", line)
            } else {
                cell.append(character)
            }
            at = next
        }
        if !cells.isEmpty || !cell.isEmpty { rows.append((start, cells + [cell])) }
        return rows
    }
}
