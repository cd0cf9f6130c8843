import Synchronization
import Testing

@testable import Embedding

@Suite(.timeLimit(.minutes(3))) struct MiniLMEmbedderTests {
    @Test func `Its vectors are those of sentence-transformers`() async throws {
        let vectors = try await Reference.embedder().embed(Array(Reference.texts.prefix(Reference.vectors.count)))
        try #require(vectors.count == 200)
        let cosines = zip(vectors, Reference.vectors).map { Reference.cosine($0, $1) }
        #expect(try #require(cosines.min()) > 0.999_999)
        for vector in vectors { #expect(abs(Reference.cosine(vector, vector) - 1) < 1e-6 && vector.count == 384) }
    }

    @Test func `bf16 keeps them to four digits, where the processor has it`() async throws {
        guard
            let embedder = try? MiniLMEmbedder(directory: Reference.modelDirectory(), workers: 1, precision: .bfloat16)
        else { return }
        let vectors = try await embedder.embed(Array(Reference.texts.prefix(200)))
        #expect(try #require(zip(vectors, Reference.vectors).map { Reference.cosine($0, $1) }.min()) > 0.999)
    }

    @Test func `A text alone, in a batch and from the cache has the same vector`() async throws {
        let embedder = try Reference.embedder()
        let together = try await embedder.embed(Array(Reference.texts[60..<120]))
        for index in stride(from: 60, to: 120, by: 7) {
            let alone = try await embedder.embed([Reference.texts[index]])[0]
            let again = try await embedder.embed([Reference.texts[index]])[0]
            #expect(alone == again)
            #expect(Reference.cosine(alone, together[index - 60]) > 0.999_999)
        }
    }

    @Test func `Many callers at once get what they would get alone`() async throws {
        let embedder = try Reference.embedder()
        let texts = Array(Reference.texts.prefix(200))
        try await withThrowingTaskGroup(of: Void.self) { group in
            for caller in 0..<8 {
                group.addTask {
                    let own = Array(texts[caller * 25..<caller * 25 + 25])
                    let (many, one) = (try await embedder.embed(own), try await embedder.embed([own[3]]))
                    for (index, vector) in many.enumerated() {
                        #expect(Reference.cosine(vector, Reference.vectors[caller * 25 + index]) > 0.999_999)
                    }
                    #expect(Reference.cosine(one[0], Reference.vectors[caller * 25 + 3]) > 0.999_999)
                }
            }
            try await group.waitForAll()
        }
    }

    @Test func `A long text has a vector for each window, and its end can be found`() async throws {
        let embedder = try Reference.embedder()
        let filler = String(repeating: "The treaty of Westphalia ended the war in the year 1648. ", count: 45)
        let text = filler + "Chlorophyll in the leaf absorbs red and blue light."
        #expect(embedder.countTokens(text) > 508)
        let windows = try await embedder.embedWindows([text, "short", ""], progress: nil)
        #expect(windows.map(\.count) == [3, 1, 1])
        let query = try await embedder.embed(["Which light does a plant's green pigment take up?"])[0]
        let cut = try await embedder.embed([text, "x"])[0]
        let best = windows[0].map { Reference.cosine($0, query) }.max() ?? 0
        #expect(best > Reference.cosine(cut, query) + 0.05)
    }

    @Test func `Progress rises to the number of texts`() async throws {
        let heard = Mutex<[Int]>([])
        let texts = (0..<120).map { String(repeating: "Cells divide. ", count: $0 % 90) }
        let windows = try await Reference.embedder().embedWindows(texts) { done in heard.withLock { $0.append(done) } }
        let numbers = heard.withLock { $0 }
        #expect(numbers.last == 120 && numbers == numbers.sorted() && numbers.count > 1)
        #expect(windows.count == 120)
    }

    @Test func `No texts give no vectors`() async throws {
        #expect(try await Reference.embedder().embed([]).isEmpty)
        #expect(try await Reference.embedder().embedWindows([], progress: nil).isEmpty)
    }

    @Test func `A cancelled caller is told so`() async throws {
        let embedder = try Reference.embedder()
        let texts = [String](repeating: String(repeating: "word ", count: 250), count: 400)
        let (started, starts) = AsyncStream.makeStream(of: Void.self)
        await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { _ = try await embedder.embedWindows(texts) { _ in starts.yield() } }
            for await _ in started { break }
            group.cancelAll()
            await #expect(throws: CancellationError.self) { try await group.next() }
        }
    }
}
