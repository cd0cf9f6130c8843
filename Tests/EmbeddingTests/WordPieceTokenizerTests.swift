import Testing

@testable import Embedding

@Suite struct WordPieceTokenizerTests {
    @Test func `It agrees with the Hugging Face tokenizer on every text of the reference`() throws {
        let tokenizer = try Reference.tokenizer()
        try #require(Reference.texts.count >= 200 && Reference.texts.count == Reference.pieces.count)
        for (text, expected) in zip(Reference.texts, Reference.pieces) {
            #expect(tokenizer.pieces(of: text) == expected, "\(text.debugDescription)")
        }
    }

    @Test func `Counting gives the number of pieces`() throws {
        let tokenizer = try Reference.tokenizer()
        for (text, expected) in zip(Reference.texts, Reference.pieces) { #expect(tokenizer.count(text) == expected.count) }
    }

    @Test(arguments: [1, 2, 7, 254]) func `A limit gives the first pieces`(limit: Int) throws {
        let tokenizer = try Reference.tokenizer()
        for (text, expected) in zip(Reference.texts, Reference.pieces) {
            #expect(tokenizer.pieces(of: text, limit: limit) == Array(expected.prefix(limit)))
        }
    }

    @Test(arguments: [0, 1, 253, 254, 255, 400, 508, 509, 512, 5000])
    func `Windows hold every piece once, in order, none longer than the limit, as even as can be`(count: Int) throws {
        let tokenizer = try Reference.tokenizer()
        let text = String(repeating: "unquestionably the mitochondria photosynthesise ", count: 1000)
        let pieces = Array(tokenizer.pieces(of: text).prefix(count))
        let windows = tokenizer.windows(pieces, limit: 254)
        #expect(windows.flatMap { $0 } == pieces)
        #expect(windows.count == max(1, (count + 253) / 254))
        #expect(windows.allSatisfy { $0.count <= 254 })
        if let least = windows.map(\.count).min(), let most = windows.map(\.count).max() { #expect(most - least <= 20) }
    }

    @Test func `A window begins with a whole word where one is near`() throws {
        let tokenizer = try Reference.tokenizer()
        let middle = tokenizer.pieces(of: "unquestionably")
        try #require(middle.count > 2)
        let pieces =
            tokenizer.pieces(of: String(repeating: "cell ", count: 199)) + middle
            + tokenizer.pieces(of: String(repeating: "cell ", count: 199))
        let windows = tokenizer.windows(pieces, limit: 254)
        #expect(windows.count == 2)
        #expect(windows[1].first == middle.first)
    }
}
