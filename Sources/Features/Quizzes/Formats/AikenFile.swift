import Questions
import TypedText

/// Multiple choice as Aiken: a line for the question, one for each answer, and `ANSWER: B`.
enum AikenFile {
    static func text(of drafts: [QuestionDraft]) -> String {
        drafts.map { draft -> String in
            guard case .choice(let options, let right) = draft.content else { return "" }
            let lines = options.enumerated().map { "\(letter($0.offset)). \($0.element.oneLine)" }
            return ([draft.stem.oneLine] + lines + ["ANSWER: \(letter(right.first ?? 0))"]).joined(separator: "\n") + "\n"
        }.joined(separator: "\n")
    }

    static func read(_ text: String) -> ImportedBank {
        var bank = ImportedBank()
        var (stem, options, first): ([String], [(letter: Character, text: String)], Int) = ([], [], 0)
        func reset() { (stem, options) = ([], []) }
        func broken(_ reason: String) {
            if !stem.isEmpty || !options.isEmpty { bank.problems.append(.init(line: first, reason: reason)) }
            reset()
        }
        for (index, line) in text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline).enumerated() {
            let plain = String(line).trimmed
            if plain.isEmpty {
                if !options.isEmpty { broken("it has no line ANSWER:") }
                continue
            }
            if plain.uppercased().hasPrefix("ANSWER:") {
                let right = plain.dropFirst("ANSWER:".count).first { !$0.isWhitespace }
                let at = options.firstIndex { $0.letter == right.flatMap { Character($0.uppercased()) } }
                if let at, !stem.isEmpty {
                    bank.add(
                        QuestionDraft(
                            .multipleChoice, stem.joined(separator: " "), .choice(options: options.map(\.text), right: [at])),
                        line: first)
                    reset()
                } else {
                    if stem.isEmpty, options.isEmpty { first = index + 1 }
                    stem = stem.isEmpty ? [plain] : stem
                    broken(options.isEmpty ? "it has no answers" : "the right answer is none of its answers")
                }
                continue
            }
            if let option = option(plain), !stem.isEmpty {
                options.append(option)
            } else if options.isEmpty {
                if stem.isEmpty { first = index + 1 }
                stem.append(plain)
            } else {
                broken("it has no line ANSWER:")
                first = index + 1
                stem = [plain]
            }
        }
        broken("it has no line ANSWER:")
        return bank
    }

    private static func option(_ line: String) -> (letter: Character, text: String)? {
        let characters = Array(line)
        guard characters.count > 2, characters[0].isASCII, characters[0].isUppercase, characters[1] == "." || characters[1] == ")"
        else {
            return nil
        }
        let text = String(characters[2...]).trimmed
        return text.isEmpty ? nil : (characters[0], text)
    }

    private static func letter(_ index: Int) -> String { QuestionForm.letter(index).uppercased() }
}
