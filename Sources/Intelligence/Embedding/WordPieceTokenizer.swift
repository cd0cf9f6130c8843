/// Cuts text into the pieces of BERT's uncased vocabulary, just as the Hugging Face tokenizer of the model does.
///
/// Text is cleaned, decomposed, stripped of accents and lower-cased (`CharacterTable`), split at white space and around
/// punctuation, and each word is cut greedily into the longest pieces that the vocabulary has; a word that cannot be cut, or is over
/// 100 scalars long, is the unknown piece. The pieces that mark a text's beginning and end are not added here.
struct WordPieceTokenizer: Sendable {
    private static let longestWord = 100

    let vocabularySize: Int
    /// [CLS], which begins a text.
    let beginID: Int32
    /// [SEP], which ends it.
    let endID: Int32
    private let unknownID: Int32
    /// Markers that the tokenizer of the model recognises in plain text too, spelt just so.
    private let markers: [(bytes: [UInt8], id: Int32)]
    private let trie: PieceTrie
    /// The node of "##", under which the pieces stand that continue a word.
    private let continuation: Int32
    private let isContinuation: [Bool]
    private let characters = CharacterTable()

    /// - Parameter path: a vocabulary with one piece a line; a piece's id is the number of its line, from 0.
    init(vocabulary path: String) throws {
        let file = try MappedFile(path: path)
        var lines = file.bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false).map { Array($0) }
        if lines.last?.isEmpty == true { lines.removeLast() }
        for (index, line) in lines.enumerated() where line.last == UInt8(ascii: "\r") { lines[index].removeLast() }
        guard Set(lines).count == lines.count else { throw EmbeddingFailure(.damagedModel, "\(path): a piece occurs twice") }

        vocabularySize = lines.count
        let trie = PieceTrie(lines.enumerated().map { ($1, Int32($0)) })
        self.trie = trie
        isContinuation = lines.map { $0.starts(with: "##".utf8) && $0.count > 2 }
        func id(_ marker: String) throws -> Int32 {
            guard let node = trie.node(of: marker.utf8), trie.id(at: node) >= 0 else {
                throw EmbeddingFailure(.damagedModel, "\(path): has no \(marker)")
            }
            return trie.id(at: node)
        }
        beginID = try id("[CLS]")
        endID = try id("[SEP]")
        unknownID = try id("[UNK]")
        markers = try ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"].map { (Array($0.utf8), try id($0)) }
        guard let continuation = trie.node(of: "##".utf8) else {
            throw EmbeddingFailure(.damagedModel, "\(path): has no pieces that continue a word")
        }
        self.continuation = continuation
    }

    /// The first `limit` pieces of the text.
    func pieces(of text: String, limit: Int = .max) -> [Int32] {
        var found: [Int32] = []
        found.reserveCapacity(min(limit, text.utf8.count / 4 + 8))
        forEachPiece(of: text) { id in
            found.append(id)
            return found.count < limit
        }
        return found
    }

    /// How many pieces the text has.
    func count(_ text: String) -> Int {
        var count = 0
        forEachPiece(of: text) { _ in
            count += 1
            return true
        }
        return count
    }

    /// Cuts a long text into windows of at most `limit` pieces.
    func windows(_ pieces: [Int32], limit: Int) -> [ArraySlice<Int32>] {
        PieceWindows.cut(pieces, limit: limit) { isContinuation[Int($0)] }
    }

    // MARK: - Splitting

    /// Calls `body` with each piece until it answers false.
    @inline(__always)
    private func forEachPiece(of text: String, _ body: (Int32) -> Bool) {
        var text = text
        text.withUTF8 { bytes in
            var word = Word()
            var at = 0
            while at < bytes.count {
                let byte = bytes[at]
                if byte < 0x80 {
                    switch byte {
                    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"):
                        word.append(ascii: byte)
                        at += 1
                        continue
                    case UInt8(ascii: "A")...UInt8(ascii: "Z"):
                        word.append(ascii: byte | 0x20)
                        at += 1
                        continue
                    case UInt8(ascii: "["):
                        if let marker = markers.first(where: { bytes[at...].starts(with: $0.bytes) }) {
                            guard finish(&word, body), body(marker.id) else { return }
                            at += marker.bytes.count
                            continue
                        }
                    default: break
                    }
                }
                let scalar = Self.scalar(bytes, &at)
                switch characters[scalar] {
                case .drop: break
                case .space: guard finish(&word, body) else { return }
                case .word(let scalar): word.append(scalar)
                case .alone(let scalar):
                    guard finish(&word, body) else { return }
                    word.append(scalar)
                    guard finish(&word, body) else { return }
                case .several(let scalars): for scalar in scalars { word.append(scalar) }
                case .hangul:
                    let (lead, vowel, tail) = CharacterTable.jamo(of: scalar)
                    word.append(lead)
                    word.append(vowel)
                    if let tail { word.append(tail) }
                }
            }
            _ = finish(&word, body)
        }
    }

    /// A word being read, normalised.
    private struct Word {
        var bytes: [UInt8] = []
        var scalars = 0

        init() { bytes.reserveCapacity(4 * WordPieceTokenizer.longestWord) }

        @inline(__always)
        mutating func append(ascii byte: UInt8) {
            scalars += 1
            if scalars <= WordPieceTokenizer.longestWord { bytes.append(byte) }
        }

        mutating func append(_ scalar: UInt32) {
            scalars += 1
            guard scalars <= WordPieceTokenizer.longestWord, let scalar = Unicode.Scalar(scalar) else { return }
            bytes.append(contentsOf: UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter)
        }
    }

    /// Cuts the word into pieces and empties it. False if `body` wants no more.
    @inline(__always)
    private func finish(_ word: inout Word, _ body: (Int32) -> Bool) -> Bool {
        guard word.scalars > 0 else { return true }
        defer {
            word.bytes.removeAll(keepingCapacity: true)
            word.scalars = 0
        }
        guard word.scalars <= Self.longestWord else { return body(unknownID) }
        return withUnsafeTemporaryAllocation(of: Int32.self, capacity: Self.longestWord) { found in
            var count = 0
            var start = 0
            while start < word.bytes.count {
                var node = start == 0 ? PieceTrie.root : continuation
                var (best, end) = (Int32(-1), start)
                var at = start
                while at < word.bytes.count, let next = trie.child(node, word.bytes[at]) {
                    node = next
                    at += 1
                    if trie.id(at: node) >= 0 { (best, end) = (trie.id(at: node), at) }
                }
                guard best >= 0 else { return body(unknownID) }
                found[count] = best
                count += 1
                start = end
            }
            for index in 0..<count where !body(found[index]) { return false }
            return true
        }
    }

    /// Decodes the scalar at `at`, and moves behind it. The bytes are a string's, so they are valid.
    @inline(__always)
    private static func scalar(_ bytes: UnsafeBufferPointer<UInt8>, _ at: inout Int) -> UInt32 {
        func next() -> UInt32 {
            at += 1
            return UInt32(bytes[at - 1])
        }
        let first = next()
        if first < 0x80 { return first }
        if first < 0xE0 { return (first & 0x1F) << 6 | next() & 0x3F }
        if first < 0xF0 {
            let second = next() & 0x3F
            return (first & 0xF) << 12 | second << 6 | next() & 0x3F
        }
        let (second, third) = (next() & 0x3F, next() & 0x3F)
        return (first & 0x7) << 18 | second << 12 | third << 6 | next() & 0x3F
    }
}
