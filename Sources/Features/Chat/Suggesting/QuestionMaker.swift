import LanguageModels
import Passages

/// Makes questions from what passages say: of terms that they define, of things that they count, of headings and of rows of tables.
/// Whether one is answered is for a trial to say.
struct QuestionMaker: Sendable {
    /// Questions of one passage.
    private static let most = 4

    /// The questions of a passage, the best first, in the language of its text; none where that is not known.
    static func questions(of passage: Passage) -> [String] {
        var found: [String] = []
        let terms = DefinedTerm.all(in: passage.text)
        let language = AskingLanguage(of: passage.text)
        if let term = terms.first { found.append(term.question) }
        if language == .english, let count = counted(in: passage.text) { found.append(count) }
        if language == .english, let role = role(in: passage.text) { found.append(role) }
        if let row = row(of: passage.text), language == .english || language == nil { found.append(row) }
        for heading in headings(of: passage) {
            if let question = question(of: heading, language, known: passage.text) { found.append(question) }
        }
        found += terms.dropFirst().map(\.question)
        var seen: Set<String> = []
        return Array(found.filter { seen.insert($0.lowercased()).inserted }.prefix(most))
    }

    // MARK: - Headings

    private static func headings(of passage: Passage) -> [String] {
        let paths = passage.sectionStarts.isEmpty ? [passage.openingSection] : passage.sectionStarts.map(\.section)
        return paths.compactMap { path in
            let parts = path.map(Passage.headings) ?? []
            // The first names the whole document.
            return parts.count > 1 || parts.first.map { $0 != passage.title } ?? false ? parts.last : nil
        }
    }

    private static func question(of heading: String, _ language: AskingLanguage?, known text: String) -> String? {
        let title = HeadingText.bare(heading)
        guard (5...80).contains(title.count), title.split(separator: " ").count <= 9, !HeadingText.isFrame(title) else {
            return nil
        }
        // One that asks is a question in whatever language.
        if title.hasSuffix("?") || title.hasSuffix("？") { return title }
        guard language == .english, title.allSatisfy({ $0.isLetter || $0.isNumber || " -’'(),".contains($0) }) else { return nil }
        let words = title.split(separator: " ").map(String.init)
        if words.count >= 3, ["vs", "versus"].contains(words[1].lowercased()) {
            return "Compare \(words[0]) and \(words[2...].joined(separator: " "))."
        }
        let inner = HeadingText.inner(title, known: text)
        // “What you should be able to do” is nothing to explain.
        if words.contains(where: { ["you", "your"].contains($0.lowercased()) }) { return nil }
        if title.hasPrefix("How to ") { return "How do I \(title.dropFirst(7))?" }
        return "Explain \(inner)."
    }

    // MARK: - What is counted

    private static let countable: Set<String> = [
        "stages", "phases", "steps", "types", "subtypes", "kinds", "forms", "levels", "layers", "classes", "categories", "groups",
        "branches", "components", "principles", "laws", "rules", "causes", "functions", "properties", "methods", "factors",
        "elements",
        "features", "goals", "advantages", "disadvantages", "reasons", "modes", "ways", "pillars", "strategies", "symptoms",
        "sources",
    ]
    private static let numbers = ["two", "three", "four", "five", "six", "seven", "eight"]

    /// “There are three stages of mitosis: …”
    private static func counted(in text: String) -> String? {
        for sentence in SentenceSplitter.sentences(in: text) {
            let words = sentence.text.split(separator: " ").map(String.init)
            guard let at = words.firstIndex(where: { numbers.contains($0.lowercased()) }), words.count > at + 3 else { continue }
            var things = at + 1
            if ["main", "major", "basic", "different", "key"].contains(words[things].lowercased()) { things += 1 }
            guard words.count > things + 2, countable.contains(words[things]), words[things + 1] == "of"
            else { continue }
            var topic: [String] = []
            for word in words[(things + 2)...].prefix(4) {
                let bare = word.filter { $0.isLetter || $0 == "-" }
                if ["is", "are", "that", "which", "and", "with", "in", "by", "were", "was", "has", "have"].contains(bare) { break }
                topic.append(bare)
                if bare != word { break }
            }
            guard let first = topic.first, !first.isEmpty,
                !["this", "these", "the", "it", "them", "which"].contains(topic.last ?? "")
            else {
                continue
            }
            return
                "What are the \(numbers.first { $0 == words[at].lowercased() } ?? "") \(words[things]) of \(topic.joined(separator: " "))?"
        }
        return nil
    }

    // MARK: - What something does

    private static let doing: Set<String> = [
        "filters", "carries", "makes", "produces", "moves", "stores", "absorbs", "controls", "regulates", "converts", "releases",
        "protects", "transports", "breaks", "splits", "pumps", "binds", "uses", "gives", "holds", "removes", "turns", "drives",
        "measures", "determines", "describes", "shows", "causes", "prevents", "reduces", "increases", "creates", "defines",
        "returns",
        "provides", "supports", "requires", "detects", "stops", "starts", "blocks", "sends", "receives", "forms", "joins",
    ]

    /// “The kidney filters plasma.”
    private static func role(in text: String) -> String? {
        for sentence in SentenceSplitter.sentences(in: text) {
            let words = sentence.text.split(separator: " ").prefix(5).map(String.init)
            guard words.count == 5, ["The", "A", "An"].contains(words[0]), let verb = words.firstIndex(where: doing.contains),
                (2...3).contains(verb), words[1..<verb].allSatisfy({ $0.allSatisfy { $0.isLetter || $0 == "-" } }),
                words[verb - 1].count > 3,
                !["that", "which", "also", "first", "same", "following"].contains(where: words[1..<verb].contains)
            else { continue }
            return "What does \(words[0].lowercased()) \(words[1..<verb].joined(separator: " ")) do?"
        }
        return nil
    }

    // MARK: - Tables

    /// “Boiling point in °C”, not “v:0”.
    private static func isName(_ head: String) -> Bool {
        head.count >= 3 && head.count <= 40 && head.unicodeScalars.allSatisfy { $0.value < 0x250 }
            && head.allSatisfy {
                $0.isLetter || " -()/°%".contains($0)
            }
    }

    /// A cell of a table: “What is the boiling point of ethanol?”
    private static func row(of text: String) -> String? {
        let rows = text.split(separator: "\n").map(String.init).filter { $0.contains(" | ") }.map(TableRow.cells)
        guard rows.count >= 3, let head = rows.first, head.count >= 2 else { return nil }
        let middle = rows[1 + (rows.count - 1) / 2]
        guard let key = middle.first, key.count >= 3, key.count <= 40, key.contains(where: \.isLetter), key.allSatisfy(\.isASCII),
            middle.count == head.count
        else {
            return nil
        }
        guard let column = head.indices.dropFirst().first(where: { Self.isName(head[$0]) && !middle[$0].isEmpty })
        else {
            return nil
        }
        return "What is the \(HeadingText.inner(head[column], known: "")) of \(key)?"
    }
}

extension DefinedTerm {
    var question: String { language.whatIs(inner, isPlural: isPlural) }
}
