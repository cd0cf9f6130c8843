import LanguageModels
import Passages

/// Which part of the documents a summary is made from: “Summarise chapter 3”, “the main points of Growth”, “Give me an overview”.
struct DocumentReading: Sendable {
    enum Outcome: Sendable {
        case reply(String, [Offer])
        /// Of which those under the headings are told.
        case passages([Passage], under: [String])
    }

    enum Plan: Sendable, Hashable {
        case read([PassageStretch], under: [String])
        /// A part is named that the documents do not have.
        case missing(String)
    }

    /// Passages whose headings are looked at.
    static let mostPassages = 4000
    /// Passages that are read for one summary.
    private static let most = 24
    /// Passages that are looked through for terms.
    private static let mostForTerms = 120

    let sections: [PassageSection]

    /// Whether a part of a document is to be told in short.
    static func isAsked(_ question: String) -> Bool { Question(question).kind == .summary }

    /// The headings of the highest level, at most twelve, for who asks what the documents are about.
    var topics: [String] {
        var found: [String] = []
        for section in sections {
            // A document with one heading above all has its topics one below.
            let depth = isTitled(section.document) ? 1 : 0
            guard section.path.count > depth else { continue }
            let name = section.path[depth]
            if !found.contains(name), !Self.isFurniture(name) { found.append(name) }
        }
        return Array(found.prefix(12))
    }

    /// The heading that a question names, if it names one.
    /// - Parameter aside: words that say what is wanted of it.
    func topic(of question: String, aside: Set<String> = []) -> String? {
        let words = question.split { !$0.isLetter && !$0.isNumber && $0 != "." && $0 != "-" }
        return named(in: words.filter { !aside.contains($0.lowercased()) }.joined(separator: " "))?.path.last
    }

    /// What a wish names.
    enum Part: Sendable, Hashable {
        case heading(String)
        /// A numbered part that the documents do not have.
        case missing(String)
        /// No heading, but anything else.
        case subject
    }

    func part(named text: String) -> Part {
        if let name = named(in: text)?.path.last { return .heading(name) }
        return Self.number(in: text).map { .missing("\($0.word) \($0.number)") } ?? .subject
    }

    private func named(in question: String) -> PassageSection? {
        Self.number(in: question).flatMap { section(numbered: $0) } ?? section(namedIn: question)
    }

    /// - Parameter asTerms: all of it is looked through, as far as it can be, and not only how the sections begin.
    func plan(for question: String, isAboutAll: Bool, asTerms: Bool = false) -> Plan? {
        if asTerms {
            if let section = named(in: question) { return .read(stretches(under: section), under: section.path) }
            return sections.isEmpty ? nil : .read(whole(atMost: Self.mostForTerms), under: [])
        }
        if let named = Self.number(in: question) {
            guard let section = section(numbered: named) else {
                // It may be what a text calls something else.
                return .missing("\(named.word) \(named.number)")
            }
            return .read(stretches(under: section), under: section.path)
        }
        if isAboutAll { return sections.isEmpty ? nil : .read(openings, under: []) }
        return section(namedIn: question).map { .read(stretches(under: $0), under: $0.path) }
    }

    private func isTitled(_ document: DocumentID) -> Bool {
        let own = sections.filter { $0.document == document && !$0.path.isEmpty }
        return Set(own.map { $0.path[0] }).count == 1 && own.contains { $0.path.count > 1 }
    }

    private static func isFurniture(_ name: String) -> Bool {
        ["contents", "table of contents", "references", "bibliography", "index", "notes", "see also", "acknowledgements"].contains(
            name.lowercased())
    }

    // MARK: - A part that is named

    private static func number(in question: String) -> (word: String, number: String)? {
        let words = question.lowercased().split { !$0.isLetter && !$0.isNumber && $0 != "." }.map(String.init)
        let parts: Set<String> = [
            "chapter", "section", "part", "lecture", "unit", "appendix", "week", "module", "kapitel", "chapitre",
        ]
        let written = ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"]
        for (word, next) in zip(words, words.dropFirst()) where parts.contains(word) {
            let number = next.trimmingPoints
            if number.first?.isNumber == true { return (word, number) }
            if let index = written.firstIndex(of: number) { return (word, String(index + 1)) }
        }
        let ordinals = ["first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth"]
        for (word, next) in zip(words, words.dropFirst()) {
            if let index = ordinals.firstIndex(of: word), parts.contains(next) { return (next, String(index + 1)) }
        }
        return nil
    }

    private func section(numbered named: (word: String, number: String)) -> PassageSection? {
        func has(_ title: String) -> Bool {
            let words = title.lowercased().split { !$0.isLetter && !$0.isNumber && $0 != "." }.map { $0.trimmingPoints }
            if words.first == named.number { return true }
            return words.first.map { $0 == named.word } == true && words.dropFirst().first == named.number
        }
        if let found = sections.first(where: { $0.path.last.map(has) == true }) { return found }
        if let found = sections.first(where: { $0.path.contains(where: has) }), let at = found.path.firstIndex(where: has) {
            return PassageSection(document: found.document, path: Array(found.path[...at]), ordinals: found.ordinals)
        }
        // Without numbers: the third heading of its level.
        guard let place = Int(named.number), let document = sections.first?.document else { return nil }
        let depth = isTitled(document) ? 1 : 0
        var names: [[String]] = []
        for section in sections where section.document == document && section.path.count > depth {
            let path = Array(section.path.prefix(depth + 1))
            if !names.contains(path), !Self.isFurniture(path[depth]) { names.append(path) }
        }
        guard names.indices.contains(place - 1), !names.contains(where: { $0.last?.contains(where: \.isNumber) == true }) else {
            return nil
        }
        return PassageSection(document: document, path: names[place - 1], ordinals: 0..<0)
    }

    private func section(namedIn question: String) -> PassageSection? {
        let asked = Words.contentStems(of: question).filter(Words.isTopic)
        guard !asked.isEmpty else { return nil }
        var best: (value: Double, section: PassageSection)?
        for section in sections {
            for (depth, title) in section.path.enumerated() {
                let heading = Set(Words.contentStems(of: title))
                guard !heading.isEmpty else { continue }
                let held = Double(asked.count { heading.contains($0) }) / Double(asked.count)
                let named = Double(heading.count { asked.contains($0) }) / Double(heading.count)
                let value = held + named
                if held >= 0.99, named >= 0.5, value > best?.value ?? 0 {
                    best = (
                        value,
                        PassageSection(document: section.document, path: Array(section.path[...depth]), ordinals: section.ordinals)
                    )
                }
            }
        }
        return best?.section
    }

    private func stretches(under section: PassageSection) -> [PassageStretch] {
        let own = sections.filter { $0.document == section.document && $0.path.starts(with: section.path) }
        guard let low = own.map(\.ordinals.lowerBound).min(), let high = own.map(\.ordinals.upperBound).max() else { return [] }
        // Of a long part the beginnings of its sections.
        if high - low <= Self.most { return [PassageStretch(document: section.document, ordinals: low..<high)] }
        return Array(merged(own.map { ($0.document, $0.ordinals.lowerBound) }).prefix(Self.most))
    }

    /// All passages of the documents, or where they are more, evenly so many.
    func whole(atMost most: Int) -> [PassageStretch] {
        var places: [(DocumentID, Int)] = []
        for section in sections where section.path.last.map({ !Self.isFurniture($0) }) ?? true {
            places += section.ordinals.map { (section.document, $0) }
        }
        let step = max(1, (places.count + most - 1) / most)
        return merged(places.enumerated().filter { $0.offset % step == 0 }.map(\.element))
    }

    /// How the documents' sections begin, as many as are read for one summary, evenly.
    private var openings: [PassageStretch] {
        let all = sections.filter { $0.path.last.map { !Self.isFurniture($0) } ?? true }
        let step = max(1, (all.count + Self.most - 1) / Self.most)
        return merged(
            all.enumerated().filter { $0.offset % step == 0 }.map { ($0.element.document, $0.element.ordinals.lowerBound) })
    }

    private func merged(_ places: [(DocumentID, Int)]) -> [PassageStretch] {
        var found: [PassageStretch] = []
        for (document, place) in places where !found.contains(where: { $0.document == document && $0.ordinals.contains(place) }) {
            found.append(PassageStretch(document: document, ordinals: place..<(place + 1)))
        }
        return found
    }
}

extension StringProtocol {
    fileprivate var trimmingPoints: String {
        var text = String(self)
        while text.last == "." { text.removeLast() }
        return text
    }
}
