import LanguageModels

/// Reads a model's text as it comes and makes its citations true: `[n]` of a passage that it was given is numbered by first use, where
/// it cites (`CitationMarkers`). All else, such as `a[0]`, an interval, or a number that names no passage, stays letter for letter.
/// A marker may be cut anywhere between two pieces of text.
package struct CitationFilter: Sendable {
    package enum Output: Sendable, Hashable {
        case text(String)
        /// The answer cites passage `source` as `[number]`, whose marker is out. `statement` is the sentence that it stands behind, `block`
        /// all of its paragraph since the citation before.
        case citation(number: Int, source: Int, statement: String, block: String, isFirst: Bool)
    }

    private let known: Set<Int>
    private var numbers: [Int: Int] = [:]
    private var code = CodeTracker()
    /// The spaces that may end the answer.
    private var spaces = ""
    /// What may yet be a marker, from `[` on; with its `]` it waits for what follows, since a link is none.
    private var held = ""
    private var before: Character?
    private var word: Character?
    private var statement = ""
    private var lastStatement = ""
    private var block = ""
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

    /// What is still held back at the end. White space there is nobody's.
    package mutating func finish() -> [Output] {
        var outputs: [Output] = []
        var plain = ""
        if held.hasSuffix("]") { resolve(&plain, &outputs) } else { release(&plain) }
        if !plain.isEmpty { outputs.append(.text(plain)) }
        return outputs
    }

    /// No marker is longer: “[Sources 10, 11, 12]”.
    private static let longest = 40

    private mutating func take(_ character: Character, _ plain: inout String, _ outputs: inout [Output]) {
        if held.hasSuffix("]") {
            if character == "(" { release(&plain) } else { resolve(&plain, &outputs) }
        } else if !held.isEmpty {
            if isPartOfMarker(character), held.count < Self.longest {
                code.feed(character)
                return held.append(character)
            }
            release(&plain)
        }
        code.feed(character)
        if character == "[", !code.isInCode, CitationMarkers.mayStand(behind: before, word: word) {
            held = "["
        } else if character == " " {
            spaces.append(character)
            before = character
        } else {
            put(character, &plain)
        }
    }

    private func isPartOfMarker(_ character: Character) -> Bool {
        character.isASCII && (character.isNumber || character.isLetter) || "], -–#".contains(character)
    }

    private mutating func release(_ plain: inout String) {
        let text = held
        held = ""
        for character in text { put(character, &plain) }
    }

    private mutating func put(_ character: Character, _ plain: inout String) {
        for space in spaces { write(space, &plain) }
        spaces = ""
        write(character, &plain)
        before = character
        if !character.isWhitespace { word = character }
    }

    private mutating func write(_ character: Character, _ plain: inout String) {
        plain.append(character)
        if character.isNewline, block.last?.isNewline == true { block = "" } else { block.append(character) }
        let startsAnew = character.isNewline || sawEnd && character == " "
        if startsAnew {
            if statement.contains(where: \.isLetter) { lastStatement = statement }
            statement = ""
            sawEnd = false
        } else {
            if ".?!。！？".contains(character) { sawEnd = true } else if !"\"”’)".contains(character) { sawEnd = false }
            statement.append(character)
        }
    }

    private mutating func resolve(_ plain: inout String, _ outputs: inout [Output]) {
        guard let sources = Self.sources(in: held.dropFirst().dropLast()), sources.allSatisfy(known.contains) else {
            return release(&plain)
        }
        held = ""
        plain += spaces
        spaces = ""
        for source in sources {
            let isFirst = numbers[source] == nil
            let number = numbers[source] ?? numbers.count + 1
            numbers[source] = number
            plain += "[\(number)]"
            outputs.append(.text(plain))
            plain = ""
            let support = statement.contains(where: \.isLetter) ? statement : lastStatement
            outputs.append(.citation(number: number, source: source, statement: support, block: block, isFirst: isFirst))
        }
        block = ""
        // Another may follow at once: “[1][3]”.
        (before, word) = (nil, nil)
    }

    /// The number in `1` or `#1`, the numbers in `source 2` or `sources 1, 3`; nil if it is no marker. `1, 6` may be an interval, and
    /// `0` an element.
    private static func sources(in inner: Substring) -> [Int]? {
        let lower = inner.lowercased()
        if let number = number(lower.hasPrefix("#") ? lower.dropFirst() : lower[...]) { return [number] }
        guard let name = ["sources ", "source "].first(where: lower.hasPrefix) else { return nil }
        let parts = lower.dropFirst(name.count).split(separator: ",").map { number($0.drop { $0 == " " || $0 == "#" }) }
        return parts.isEmpty || parts.contains(nil) ? nil : parts.compactMap { $0 }
    }

    private static func number(_ text: Substring) -> Int? {
        guard (1...3).contains(text.count), text.first != "0", text.allSatisfy({ $0.isASCII && $0.isNumber }) else { return nil }
        return Int(text)
    }
}
