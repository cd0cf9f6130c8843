import Questions
import TypedText

/// Reads GIFT. A question that cannot be read is left out, and its line is told.
enum GIFTReader {
    static func read(_ text: String) -> ImportedBank {
        var bank = ImportedBank()
        var topic = ""
        var (block, first, tags): ([Substring], Int, [String]) = ([], 0, [])
        func finish() {
            guard !block.isEmpty else { return }
            let (lines, line, known, about) = (block, first, tags, topic)
            block = []
            tags = []
            bank.add(
                { () throws(BankProblem) in
                    guard var draft = try question(lines.joined(separator: "\n")) else { return nil }
                    draft.topic = about
                    draft.tags = Tags.clean(known)
                    return draft
                }, line: line)
        }
        for (index, line) in text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline).enumerated() {
            let plain = String(line).trimmed
            if plain.hasPrefix("//") {
                if block.isEmpty { tags += Self.tags(in: plain) }
            } else if plain.hasPrefix("$CATEGORY:") {
                finish()
                topic = category(String(plain.dropFirst("$CATEGORY:".count)))
            } else if plain.isEmpty {
                finish()
            } else {
                if block.isEmpty { first = index + 1 }
                block.append(line)
            }
        }
        finish()
        return bank
    }

    private static func tags(in comment: String) -> [String] {
        comment.components(separatedBy: "[tag:").dropFirst().map { String($0.prefix { $0 != "]" }) }
    }

    /// The last part of `$course$/top/Cells`.
    static func category(_ path: String) -> String {
        let joined = path.components(separatedBy: "//").joined(separator: "\u{1}")
        let parts = joined.split(separator: "/").map { String($0.map { $0 == "\u{1}" ? "/" : $0 }).trimmed }
        let names = parts.filter { !$0.hasPrefix("$") && $0 != "top" && !$0.isEmpty }
        return names.last ?? ""
    }

    // MARK: - One question

    /// A piece of GIFT, with what is escaped kept apart from what means something.
    private typealias Signs = [Sign]
    private struct Sign: Equatable {
        var character: Character
        var isEscaped = false
        func means(_ sign: Character) -> Bool { !isEscaped && character == sign }
    }

    private static func signs(_ text: String) -> Signs {
        var (found, escapes) = (Signs(), false)
        for character in text {
            if escapes {
                found.append(Sign(character: character == "n" ? "\n" : character, isEscaped: true))
                escapes = false
            } else if character == "\\" {
                escapes = true
            } else {
                found.append(Sign(character: character))
            }
        }
        return found
    }

    private static func text(_ signs: some Sequence<Sign>) -> String { String(signs.map(\.character)).trimmed }

    private static func question(_ source: String) throws(BankProblem) -> QuestionDraft? {
        var all = signs(source)
        if all.count > 2, all[0].means(":"), all[1].means(":") {
            guard
                let end = all.indices.dropFirst(2).first(where: {
                    all[$0].means(":") && $0 + 1 < all.count && all[$0 + 1].means(":")
                })
            else { throw BankProblem("its title is not closed by ::") }
            all.removeSubrange(0...(end + 1))
        }
        while all.first.map({ !$0.isEscaped && $0.character.isWhitespace }) == true { all.removeFirst() }
        // `[html]` and the like say how it is written.
        if all.first?.means("[") == true, let end = all.firstIndex(where: { $0.means("]") }), end < 12 {
            all.removeSubrange(0...end)
        }
        guard let open = all.firstIndex(where: { $0.means("{") }) else {
            if all.contains(where: { $0.means("}") }) { throw BankProblem("its answers have no opening brace") }
            return nil  // a description
        }
        guard let close = all[open...].firstIndex(where: { $0.means("}") }) else {
            throw BankProblem("its answers have no closing brace")
        }
        var inside = Array(all[(open + 1)..<close])
        var explanation = ""
        if let at = inside.indices.first(where: { $0 + 3 < inside.count && inside[$0..<($0 + 4)].allSatisfy { $0.means("#") } }) {
            explanation = text(inside[(at + 4)...])
            inside.removeSubrange(at...)
        }
        let (before, after) = (text(all[..<open]), text(all[(close + 1)...]))
        var draft = try draft(stem: after.isEmpty ? before : "\(before) \(QuestionContent.gap) \(after)", inside)
        draft.explanation = explanation
        return draft
    }

    private struct Answer {
        var isRight: Bool
        /// In per cent; nil where it is not said.
        var weight: Double?
        var text: String
        /// What stands after `->`.
        var match: String?
    }

    private static func draft(stem: String, _ inside: Signs) throws(BankProblem) -> QuestionDraft {
        let whole = text(inside)
        if inside.first(where: { !$0.character.isWhitespace })?.means("#") == true { return try number(stem, inside) }
        let word = whole.split(separator: "#").first.map { String($0).trimmed.uppercased() } ?? ""
        if ["T", "TRUE", "F", "FALSE"].contains(word) { return QuestionDraft(.trueFalse, stem, .truth(word.hasPrefix("T"))) }
        let answers = try answers(inside)
        guard !answers.isEmpty else { throw BankProblem("it has no answers") }
        if answers.contains(where: { $0.match != nil }) {
            let pairs = answers.map { ($0.text, $0.match ?? "") }.filter { !$0.1.isEmpty }
            let full = pairs.filter { !$0.0.isEmpty }
            return QuestionDraft(
                .matching, stem, .matching(prompts: full.map(\.0), answers: full.map(\.1) + pairs.filter { $0.0.isEmpty }.map(\.1)))
        }
        if answers.allSatisfy(\.isRight) {
            let key = TypedKey(
                accepted: answers.filter { ($0.weight ?? 100) >= 100 }.map(\.text),
                partly: answers.filter { (1..<100).contains($0.weight ?? 100) }.map(\.text))
            return stem.gapCount == 1 ? QuestionDraft(.cloze, stem, .gaps([key])) : QuestionDraft(.shortAnswer, stem, .typed(key))
        }
        let right = answers.indices.filter { answers[$0].isRight || (answers[$0].weight ?? 0) > 0 }
        let isOne = right.count == 1 && (answers[right[0]].isRight || answers[right[0]].weight == 100)
        return QuestionDraft(isOne ? .multipleChoice : .multipleResponse, stem, .choice(options: answers.map(\.text), right: right))
    }

    private static func answers(_ inside: Signs) throws(BankProblem) -> [Answer] {
        var found: [Answer] = []
        var at = inside.startIndex
        while at < inside.endIndex, !inside[at].means("="), !inside[at].means("~") {
            if !inside[at].character.isWhitespace { throw BankProblem("an answer must begin with = or ~") }
            at += 1
        }
        while at < inside.endIndex {
            let isRight = inside[at].means("=")
            let end = inside[(at + 1)...].firstIndex { $0.means("=") || $0.means("~") } ?? inside.endIndex
            var piece = Array(inside[(at + 1)..<end])
            at = end
            // What is told about the answer.
            if let feedback = piece.firstIndex(where: { $0.means("#") }) { piece.removeSubrange(feedback...) }
            var answer = Answer(isRight: isRight, weight: nil, text: "")
            let start = piece.firstIndex { !$0.character.isWhitespace } ?? piece.endIndex
            if start < piece.endIndex, piece[start].means("%") {
                guard let stop = piece[(start + 1)...].firstIndex(where: { $0.means("%") }),
                    let weight = Double(text(piece[(start + 1)..<stop]))
                else { throw BankProblem("an answer’s weight is not a number between two %") }
                answer.weight = weight
                piece.removeSubrange(...stop)
            }
            let arrow = piece.indices.first { $0 + 1 < piece.endIndex && piece[$0].means("-") && piece[$0 + 1].means(">") }
            if let arrow {
                answer.text = text(piece[..<arrow])
                answer.match = text(piece[(arrow + 2)...])
            } else {
                answer.text = text(piece)
            }
            if answer.text.isEmpty, answer.match == nil { throw BankProblem("an answer is empty") }
            found.append(answer)
        }
        return found
    }

    /// `#46`, `#46:0.5`, `#45..47`, or several of them after `=`.
    private static func number(_ stem: String, _ inside: Signs) throws(BankProblem) -> QuestionDraft {
        var body = text(inside.drop { !$0.means("#") }.dropFirst())
        if let first = body.split(whereSeparator: { $0 == "=" || $0 == "~" }).first { body = String(first).trimmed }
        if let feedback = body.firstIndex(of: "#") { body = String(body[..<feedback]).trimmed }
        if body.hasPrefix("%"), let end = body.dropFirst().firstIndex(of: "%") { body = String(body[body.index(after: end)...]) }
        let range = body.components(separatedBy: "..")
        if range.count == 2, let low = Double(range[0].trimmed), let high = Double(range[1].trimmed), low <= high {
            let value = (low + high) / 2
            return QuestionDraft(.numeric, stem, .number(NumberKey(value: value, tolerance: (high - low) / 2, text: value.plain)))
        }
        let parts = body.split(separator: ":").map { String($0).trimmed }
        guard (1...2).contains(parts.count), let value = Double(parts[0]), parts.count == 1 || Double(parts[1]) != nil else {
            throw BankProblem("its answer is not a number")
        }
        return QuestionDraft(
            .numeric, stem, .number(NumberKey(value: value, tolerance: parts.count == 2 ? Double(parts[1]) : nil, text: parts[0])))
    }
}

extension String {
    /// The parts between each occurrence of a text.
    func components(separatedBy separator: String) -> [String] {
        var (parts, rest) = ([String](), self[...])
        while let range = rest.firstRange(of: separator) {
            parts.append(String(rest[..<range.lowerBound]))
            rest = rest[range.upperBound...]
        }
        return parts + [String(rest)]
    }
}
