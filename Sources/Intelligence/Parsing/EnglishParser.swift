/// Takes English sentences apart: words, their tags and base forms, how they hang together, names and dates.
///
/// The model is spaCy's small English one, version 3.8, whose files are read as they are; so are its results, but for rounding.
package struct EnglishParser: Sendable {
    private let tokenizer: WordTokenizer
    private let encoder: WordEncoder
    private let tagging: DenseLayer
    private let parser: DependencyParser
    private let recognizer: EntityRecognizer
    package let lemmatizer: Lemmatizer

    /// - Parameter folder: holds the model's files as they are in its package.
    /// - Throws: `ParsingFailure`.
    package init(folder: String) throws {
        tokenizer = try WordTokenizer(
            tokenizer: PackedFile(path: folder + "/tokenizer"), lookups: PackedFile(path: folder + "/vocab/lookups.bin"))
        encoder = try WordEncoder(LayerFile(path: folder + "/tok2vec/model"), rows: [5000, 1000, 2500, 2500, 50, 50])
        let tagger = try LayerFile(path: folder + "/tagger/model")
        let softmax = try tagger.layers(named: "softmax", count: 1)[0]
        let count = Self.tags.count
        tagging = DenseLayer(
            weights: try tagger.values("W", of: softmax, shape: [count, WordEncoder.size]),
            bias: try tagger.values("b", of: softmax, shape: [count]), inputs: WordEncoder.size, order: Array(0..<count))
        parser = try DependencyParser(folder: folder)
        recognizer = try EntityRecognizer(folder: folder)
        lemmatizer = try Lemmatizer(PackedFile(path: folder + "/lemmatizer/lookups/lookups.bin"))
    }

    /// Takes about as long as reading the sentence's pages from memory: some 0.1 ms a word. Not for the cooperative pool.
    /// - Parameter sentence: on one line.
    package func parse(_ sentence: String) -> ParsedSentence {
        let raw = tokenizer.words(of: sentence)
        guard !raw.isEmpty else { return ParsedSentence(words: []) }
        let features = raw.map { WordFeatures(text: $0.text, norm: $0.norm, hasSpaceAfter: $0.hasSpaceAfter) }
        let vectors = encoder.vectors(of: features)
        let tags = tags(vectors, count: raw.count)
        let tree = parser.tree(vectors, count: raw.count)
        let words = raw.indices.map { index in
            let (text, tag, relation) = (raw[index].text, tags[index], tree.relations[index])
            let lower = text.lowercased()
            let isAfterExpletive = index > 0 && tree.relations[index - 1] == .expletive
            let part = AttributeRules.part(tag: tag, lower: lower, relation: relation, isAfterExpletive: isAfterExpletive)
            return ParsedWord(
                text: text, lemma: lemmatizer.lemma(of: text, part: part, tag: tag, lower: lower), tag: tag, part: part,
                head: tree.heads[index], relation: relation, hasSpaceAfter: raw[index].hasSpaceAfter)
        }
        return ParsedSentence(words: words, entities: recognizer.entities(of: features))
    }

    private func tags(_ vectors: [Float], count: Int) -> [String] {
        var scores = [Float](repeating: 0, count: count * tagging.outputs)
        vectors.withUnsafeBufferPointer { vectors in
            scores.withUnsafeMutableBufferPointer { scores in
                guard let vectors = vectors.baseAddress, let scores = scores.baseAddress else { return }
                tagging.apply(vectors, stride: WordEncoder.size, rows: count, into: scores)
            }
        }
        return (0..<count).map { word in
            var best = 0
            let row = word * tagging.outputs
            for index in 1..<Self.tags.count where scores[row + index] > scores[row + best] { best = index }
            return Self.tags[best]
        }
    }

    /// As in the model's `tagger/cfg`.
    private static let tags = [
        "$", "''", ",", "-LRB-", "-RRB-", ".", ":", "ADD", "AFX", "CC", "CD", "DT", "EX", "FW", "HYPH", "IN", "JJ", "JJR", "JJS",
        "LS", "MD", "NFP", "NN", "NNP", "NNPS", "NNS", "PDT", "POS", "PRP", "PRP$", "RB", "RBR", "RBS", "RP", "SYM", "TO", "UH",
        "VB",
        "VBD", "VBG", "VBN", "VBP", "VBZ", "WDT", "WP", "WP$", "WRB", "XX", "_SP", "``",
    ]
}
