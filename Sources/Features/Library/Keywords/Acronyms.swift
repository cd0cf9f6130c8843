import Stemming

/// What a document's short forms stand for, as it says itself: “round-trip time (RTT)”, “DNS (domain name system)”.
///
/// A passage that has one of the two forms is found by the other as well.
struct Acronyms {
    struct Pair: Equatable {
        var short: String
        /// Its words, in lower case.
        var long: [String]
    }

    private(set) var pairs: [Pair] = []

    init(in texts: [String]) {
        var known: Set<String> = []
        for text in texts where text.utf8.contains(UInt8(ascii: "(")) {
            for pair in Self.pairs(in: text) where known.insert(pair.short).inserted { pairs.append(pair) }
        }
    }

    /// Terms of the form that a passage does not have, of each short form that it has one of.
    func unsaid(in text: String, terms: [String], _ analyzer: borrowing KeywordAnalyzer) -> [String] {
        guard !pairs.isEmpty else { return [] }
        let known = Set(terms)
        var unsaid: [String] = []
        for pair in pairs {
            let short = analyzer.term(of: .init(plain: pair.short.lowercased()))
            let long = pair.long.filter { !analyzer.language.functionWords.contains($0) }.map {
                analyzer.term(of: .init(plain: $0))
            }
            guard !long.isEmpty else { continue }
            if known.contains(short) {
                unsaid += long.filter { !known.contains($0) }
            } else if long.allSatisfy(known.contains), Self.follows(long, in: terms) {
                unsaid.append(short)
            }
        }
        return unsaid
    }

    private static func follows(_ words: [String], in terms: [String]) -> Bool {
        guard let first = words.first, let last = words.last else { return false }
        // Words joined by a hyphen have their whole between them.
        return terms.indices.contains { at in
            terms[at] == first && terms[at..<min(terms.count, at + words.count + 2)].contains(last)
                && words.allSatisfy(terms[at..<min(terms.count, at + words.count + 2)].contains)
        }
    }

    /// Short forms in brackets after what they stand for, or before it.
    static func pairs(in text: String) -> [Pair] {
        var found: [Pair] = []
        let scalars = text.unicodeScalars
        var rest = scalars[...]
        while let open = rest.firstIndex(of: "(") {
            rest = rest[scalars.index(after: open)...]
            let inside = rest.prefix(80)
            guard let close = inside.firstIndex(of: ")") else { continue }
            let (bracket, before) = (inside[..<close], scalars[..<open].suffix(120))
            if let short = short(bracket) {
                let words = words(before).suffix(short.count * 2)
                if let start = words.indices.reversed().first(where: { spells(words[$0...], short) }) {
                    found.append(Pair(short: short, long: words[start...].map { $0.lowercased() }))
                }
            } else if let end = before.lastIndex(where: { $0 != " " }), let short = short(lastWord(before[...end])) {
                let words = words(bracket)
                if spells(words[...], short) { found.append(Pair(short: short, long: words.map { $0.lowercased() })) }
            }
        }
        return found
    }

    private typealias Scalars = Substring.UnicodeScalarView

    private static func lastWord(_ text: Scalars) -> Scalars {
        text.lastIndex { $0 == " " || $0 == "\n" }.map { text[$0...].dropFirst() } ?? text
    }

    /// Two to six capitals, without a plural's s.
    private static func short(_ text: Scalars) -> String? {
        var letters = text.prefix(8)
        if letters.count > 2, letters.last == "s" { letters = letters.dropLast() }
        guard (2...6).contains(letters.count), letters.allSatisfy({ ("A"..."Z").contains($0) }) else { return nil }
        return String(letters)
    }

    private static func words(_ text: Scalars) -> [String] {
        Substring(text).split { !$0.isLetter && $0 != "'" && $0 != "’" }.map(String.init)
    }

    private static let small: Set<String> = ["of", "and", "the", "for", "in", "to", "on", "a", "an", "by", "with", "or"]

    /// Whether the words' initials are the letters; small words may be passed over.
    private static func spells(_ words: ArraySlice<String>, _ short: String) -> Bool {
        guard let first = words.first, !small.contains(first.lowercased()) else { return false }
        let letters = Array(short.lowercased())
        var at = 0
        for word in words {
            guard let initial = word.lowercased().first else { return false }
            if at < letters.count, initial == letters[at] {
                at += 1
            } else if !small.contains(word.lowercased()) {
                return false
            }
        }
        return at == letters.count
    }
}
