/// A sentence as a tree of words.
package struct ParsedSentence: Sendable, Hashable {
    package var words: [ParsedWord]
    package var entities: [NamedEntity]
    private let children: [[Int]]

    package init(words: [ParsedWord], entities: [NamedEntity] = []) {
        self.words = words
        self.entities = entities
        var children = [[Int]](repeating: [], count: words.count)
        for (index, word) in words.enumerated() where word.head != index { children[word.head].append(index) }
        self.children = children
    }

    package subscript(_ index: Int) -> ParsedWord { words[index] }
    package var count: Int { words.count }

    /// Words that hang on none other; more than one where the parser took the text for several sentences.
    package var roots: [Int] { words.indices.filter { words[$0].head == $0 } }

    /// In their order.
    package func children(of index: Int) -> [Int] { children[index] }

    package func children(of index: Int, as relations: Relation...) -> [Int] {
        children[index].filter { relations.contains(words[$0].relation) }
    }

    package func child(of index: Int, as relations: Relation...) -> Int? {
        children[index].first { relations.contains(words[$0].relation) }
    }

    /// The word and all that hangs on it, directly or not.
    package func subtree(of index: Int, without left: Set<Int> = []) -> [Int] {
        var found: [Int] = []
        var open = [index]
        while let word = open.popLast() {
            guard !left.contains(word) else { continue }
            found.append(word)
            open += children[word]
        }
        return found.sorted()
    }

    /// From the first word of the subtree to its last.
    package func span(of index: Int) -> Range<Int> {
        var (low, high) = (index, index)
        var open = [index]
        while let word = open.popLast() {
            low = min(low, word)
            high = max(high, word)
            open += children[word]
        }
        return low..<high + 1
    }

    /// The words as they stand in the text.
    package func text(_ range: Range<Int>) -> String { text(Array(range)) }

    /// Words in the order given, with the spaces that they have in the text.
    package func text(_ indices: [Int]) -> String {
        var text = ""
        for (place, index) in indices.enumerated() {
            text += words[index].text
            // What is left out takes its space with it: words that did not touch must not.
            guard place + 1 < indices.count else { break }
            if words[index].hasSpaceAfter || (indices[place + 1] != index + 1 && words[indices[place + 1]].part != .punctuation) {
                text += " "
            }
        }
        return text
    }

    package var text: String { text(0..<words.count) }

    /// Nouns with what stands before them and belongs to them: `the inner membrane`. None within another.
    package var nounChunks: [Range<Int>] {
        let relations: Set<Relation> = [
            .objectPredicate, .subject, .object, .passiveSubject, .prepositionComplement, .prepositionObject, .dative, .apposition,
            .attribute, .root,
        ]
        var chunks: [Range<Int>] = []
        var end = 0
        for (index, word) in words.enumerated() where word.isNoun || word.part == .pronoun {
            let left = span(of: index).lowerBound
            guard left >= end else { continue }
            var head = index
            while words[head].relation == .conjunct, words[head].head < head { head = words[head].head }
            guard relations.contains(words[head].relation) else { continue }
            chunks.append(left..<index + 1)
            end = index + 1
        }
        return chunks
    }

    package func entity(at index: Int) -> NamedEntity? { entities.first { $0.words.contains(index) } }
}
