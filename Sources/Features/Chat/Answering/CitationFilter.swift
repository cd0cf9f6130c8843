/// Reads a model's text as it comes and makes its citations true: a `[n]` that names no passage is dropped, the others are numbered
/// by first use. A marker may be cut anywhere between two pieces of text.
package struct CitationFilter: Sendable {
    package enum Output: Sendable, Hashable {
        case text(String)
        /// The answer cites passage `source` as `[number]`; the marker follows as text. `statement` is what it stands behind.
        case citation(number: Int, source: Int, statement: String, isFirst: Bool)
    }

    private let known: Set<Int>
    private var numbers: [Int: Int] = [:]
    /// What may yet be part of a marker: spaces, then from `[` on.
    private var held = ""
    private var statement = ""
    private var lastStatement = ""
    private var sawEnd = false

    /// - Parameter sources: the numbers of the passages that the model was given.
    package init(sources: some Sequence<Int>) { known = Set(sources) }

    package mutating func feed(_ text: String) -> [Output] {
        var outputs: [Output] = []
        var plain = ""
        for character in text { take(character, &plain, &outputs) }
        if !plain.isEmpty { outputs.append(.text(plain)) }
        return outputs
    }

    /// What is still held back at the end.
    package mutating func finish() -> [Output] {
        defer { held = "" }
        // White space at the end is nobody's.
        let rest = held.contains("[") ? held : ""
        return rest.isEmpty ? [] : [.text(rest)]
    }

    /// No marker is longer: “[Sources 10, 11, 12]”.
    private static let longest = 40

    private mutating func take(_ character: Character, _ plain: inout String, _ outputs: inout [Output]) {
        if held.contains("[") {
            if character == "]" {
                resolve(&plain, &outputs)
            } else if isPartOfMarker(character), held.count < Self.longest {
                held.append(character)
            } else {
                release(&plain)
                take(character, &plain, &outputs)
            }
        } else if character == "[" {
            held.append(character)
        } else if character == " " {
            held.append(character)
        } else {
            release(&plain)
            put(character, &plain)
        }
    }

    private func isPartOfMarker(_ character: Character) -> Bool {
        character.isASCII && (character.isNumber || character.isLetter) || ", -–#".contains(character)
    }

    private mutating func release(_ plain: inout String) {
        let text = held
        held = ""
        for character in text { put(character, &plain) }
    }

    private mutating func put(_ character: Character, _ plain: inout String) {
        plain.append(character)
        let startsAnew = character.isNewline || sawEnd && character == " "
        if startsAnew {
            if statement.contains(where: \.isLetter) { lastStatement = statement }
            statement = ""
            sawEnd = false
        } else {
            if ".?!。".contains(character) { sawEnd = true } else if !"\"”’)".contains(character) { sawEnd = false }
            statement.append(character)
        }
    }

    private mutating func resolve(_ plain: inout String, _ outputs: inout [Output]) {
        let open = held.firstIndex(of: "[") ?? held.startIndex
        let spaces = held[..<open]
        let inner = String(held[held.index(after: open)...])
        guard let sources = Self.sources(in: inner) else {
            held.append("]")
            return release(&plain)
        }
        held = ""
        let cited = sources.filter(known.contains)
        guard !cited.isEmpty else { return }
        plain += spaces
        for source in cited {
            let isFirst = numbers[source] == nil
            let number = numbers[source] ?? numbers.count + 1
            numbers[source] = number
            plain += "[\(number)]"
            outputs.append(.text(plain))
            plain = ""
            let support = statement.contains(where: \.isLetter) ? statement : lastStatement
            outputs.append(.citation(number: number, source: source, statement: support, isFirst: isFirst))
        }
    }

    /// The numbers in `1`, `1, 3`, `2-4`, `source 2`; nil if it is no marker.
    private static func sources(in inner: String) -> [Int]? {
        var text = Substring(inner.lowercased())
        for word in ["sources", "source", "#"] where text.hasPrefix(word) { text = text.dropFirst(word.count) }
        guard text.contains(where: \.isNumber), text.allSatisfy({ $0.isNumber || ", -–".contains($0) }) else { return nil }
        var sources: [Int] = []
        for part in text.split(separator: ",") {
            let ends = part.split(whereSeparator: { "-– ".contains($0) }).compactMap { Int($0) }
            guard let first = ends.first, let last = ends.last else { continue }
            let isRange = part.contains("-") || part.contains("–")
            if isRange, first <= last, last - first < 10 { sources += Array(first...last) } else { sources += ends }
        }
        return sources
    }
}
