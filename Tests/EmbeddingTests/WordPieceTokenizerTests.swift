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

    @Test(arguments: [7, 20, 254])
    func `Windows hold every piece once, in order, none longer than the limit, as even as can be`(limit: Int) throws {
        let tokenizer = try Reference.tokenizer()
        let text = String(repeating: "unquestionably the mitochondria photosynthesise deoxyribonucleic acids ", count: 200)
        let all = tokenizer.pieces(of: text)
        for count in 0...5 * limit {
            let pieces = Array(all.prefix(count))
            let windows = tokenizer.windows(pieces, limit: limit)
            #expect(windows.flatMap { $0 } == pieces)
            #expect(windows.count == max(1, (count + limit - 1) / limit))
            let sizes = windows.map(\.count)
            guard let least = sizes.min(), let most = sizes.max() else { continue }
            #expect(most <= limit && most - least <= 18 && (least > 0 || count == 0))
        }
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
