package import Embedding
package import Parsing

/// What questions are made with. All but the text itself can be missing; then fewer questions are made, and `missing` says so.
package struct QuestionResources: Sendable {
    package var parser: EnglishParser?
    package var frequencies: WordFrequencies
    package var wordnet: WordNet?
    package var embedder: (any TextEmbedder)?

    package init(
        parser: EnglishParser? = nil, frequencies: WordFrequencies? = nil, wordnet: WordNet? = nil,
        embedder: (any TextEmbedder)? = nil
    ) {
        self.parser = parser
        self.frequencies = frequencies ?? WordFrequencies()
        self.wordnet = wordnet
        self.embedder = embedder
    }

    /// Loads what is there: some 0.2 s and 40 MB. Not for the cooperative pool.
    /// - Parameters:
    ///   - parserFolder: where `Setup/model english-parser` puts it.
    ///   - frequencyFolder: where `Setup/model english-frequencies` puts it.
    ///   - wordnetFolder: Debian's is `/usr/share/wordnet`.
    package static func load(
        parserFolder: String?, frequencyFolder: String?, wordnetFolder: String? = "/usr/share/wordnet",
        embedder: (any TextEmbedder)?
    ) -> QuestionResources {
        QuestionResources(
            parser: parserFolder.flatMap { try? EnglishParser(folder: $0) },
            frequencies: frequencyFolder.flatMap { try? WordFrequencies(path: "\($0)/frequency_dictionary_en_82_765.txt") },
            wordnet: wordnetFolder.flatMap { try? WordNet(folder: $0) }, embedder: embedder)
    }

    package var missing: [DraftingResource] {
        var missing: [DraftingResource] = []
        if parser == nil { missing.append(.parser) }
        if wordnet == nil { missing.append(.wordnet) }
        if frequencies.isEmpty { missing.append(.frequencies) }
        if embedder == nil { missing.append(.vectors) }
        return missing
    }
}
