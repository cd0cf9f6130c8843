package import Ambient

/// Gathers the passages that something is to be made from: all of some documents, the part that a topic names, or what is near a topic.
package struct PassageGathering: Sendable {
    /// Passages at most; some 300 pages.
    static let mostPassages = 1_200
    /// Passages that are found for a topic that is no heading.
    private static let mostFound = 40
    /// So many are asked for at once.
    private static let batch = 200

    private let search: any PassageSearch

    package init(search: any PassageSearch) { self.search = search }

    package struct Found: Sendable {
        package var passages: [Passage] = []
        /// What is still to be held to; nil where the passages are about it as a whole.
        package var topic: String?
    }

    package func found(for topic: String?, in documents: [DocumentID]?, user: UserID) async throws -> Found {
        let sections = try await search.sections(of: documents, limit: Self.mostPassages, user: user)
        guard let topic else { return Found(passages: try await passages(of: sections, user: user)) }
        let named = Self.sections(named: topic, in: sections)
        if !named.isEmpty { return Found(passages: try await passages(of: named, user: user)) }
        let found = try await search.passages(for: topic, mode: .hybrid, limit: Self.mostFound, in: documents, user: user)
        return Found(
            passages: found.sorted { ($0.documentID, $0.ordinal ?? 0) < ($1.documentID, $1.ordinal ?? 0) }, topic: topic)
    }

    private func passages(of sections: [PassageSection], user: UserID) async throws -> [Passage] {
        var stretches: [PassageStretch] = []
        for section in sections {
            // A passage may hold the end of one section and the beginning of the next.
            if let last = stretches.last, last.document == section.document, section.ordinals.lowerBound <= last.ordinals.upperBound
            {
                stretches[stretches.count - 1].ordinals =
                    last.ordinals.lowerBound..<max(last.ordinals.upperBound, section.ordinals.upperBound)
            } else {
                stretches.append(PassageStretch(document: section.document, ordinals: section.ordinals))
            }
        }
        var found: [Passage] = []
        for start in stride(from: 0, to: stretches.count, by: Self.batch) {
            let part = stretches[start..<min(stretches.count, start + Self.batch)]
            found += try await search.passages(in: Array(part), user: user)
        }
        return found
    }

    // MARK: - A part that is named

    /// The sections under the heading that a topic is: `Chapter 2`, `photosynthesis`.
    static func sections(named topic: String, in sections: [PassageSection]) -> [PassageSection] {
        let wanted = words(of: topic)
        guard !wanted.isEmpty else { return [] }
        let exact = sections.filter { $0.path.contains { words(of: $0) == wanted } }
        if !exact.isEmpty { return exact }
        guard let number = Self.number(in: wanted) else { return [] }
        return sections.filter { section in
            section.path.contains { heading in
                let heading = words(of: heading)
                return heading.first == number.digits || heading.prefix(2) == [number.word, number.digits]
            }
        }
    }

    private static func words(of text: String) -> [String] {
        text.lowercased().split { !$0.isLetter && !$0.isNumber }.map(String.init)
    }

    private static func number(in words: [String]) -> (word: String, digits: String)? {
        let parts: Set = ["chapter", "section", "part", "lecture", "unit", "week", "module", "kapitel", "abschnitt", "teil"]
        let written = ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"]
        for (word, next) in zip(words, words.dropFirst()) where parts.contains(word) {
            if next.allSatisfy(\.isNumber) { return (word, next) }
            if let index = written.firstIndex(of: next) { return (word, String(index + 1)) }
        }
        return nil
    }
}
