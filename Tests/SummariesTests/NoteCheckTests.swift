@testable import Summaries
import Testing

struct NoteCheckTests {
    private let check = NoteCheck(embedder: nil)
    private let sources = [
        "The mitochondrion makes 38 molecules of ATP from one molecule of glucose.", "Plants do not move.",
    ]

    @Test(arguments: [
        ("- The mitochondrion makes 38 molecules of ATP [1]", true),
        // No source, one that is not there, another number, a denial left out, one put in, and something else.
        ("- The mitochondrion makes ATP", false), ("- The mitochondrion makes ATP [3]", false),
        ("- The mitochondrion makes 36 molecules of ATP [1]", false), ("- Plants move [2]", false),
        ("- The mitochondrion makes no molecules of ATP [1]", false), ("- Rome was built on seven hills [1]", false),
        ("2. Plants do not move. [2]", true),
    ])
    func `a line of a model's stays where its source bears it out`(_ line: String, _ stays: Bool) async throws {
        #expect((try await check.verdict(on: line, sources) == .borne) == stays)
    }

    @Test(arguments: ["## Energy", "", "| Cues | Notes |", "| --- | --- |"])
    func `headings and rules state nothing`(_ line: String) async throws {
        #expect(try await check.verdict(on: line, sources) == .frame)
    }
}
