import Embedding
@testable import LanguageModels
import Testing

/// How far what was read speaks for an answer.
@Suite(.timeLimit(.minutes(3)))
struct AnswerGateTests {
    private static let near = AnswerEvidence(place: 0.7, unit: 0.6, sentence: 0.7, share: 1, passage: 1)
    private static let far = AnswerEvidence(place: 0.2, unit: 0.2, sentence: 0.25, share: 0.1, passage: 0.1)

    private func odds(_ evidence: AnswerEvidence, _ question: String) -> Double { AnswerOdds.odds(evidence, Question(question)) }

    @Test(
        "What is near and holds the words is an answer, and what is far and lacks them none, whatever is asked",
        arguments: [
            "What is a capacitor?", "Why does iron rust?", "How does a pump work?", "When was the bridge opened?",
            "Who painted it?", "Wie entsteht Rost?", "Quand le pont fut-il ouvert ?",
        ])
    func ends(question: String) {
        #expect(odds(Self.near, question) >= AnswerGate.doubted)
        #expect(odds(Self.far, question) < AnswerGate.refused)
    }

    @Test("Nearer, and with more of the words, never speaks against an answer", arguments: ["What is rust?", "Was ist Rost?"])
    func rising(question: String) {
        let start = AnswerEvidence(place: 0.4, unit: 0.4, sentence: 0.4, share: 0.5, passage: 0.5)
        for path in [\AnswerEvidence.unit, \.sentence, \.share, \.passage] {
            var more = start
            more[keyPath: path] += 0.3
            #expect(odds(more, question) >= odds(start, question))
        }
        var words = start
        (words.share, words.passage) = (1, 1)
        #expect(odds(words, question) > odds(start, question))
    }

    @Test("A name that stands nowhere speaks against an answer, and so does asking for a fact that what is near may lack")
    func lacks() {
        var nameless = Self.near
        nameless.lacksName = true
        #expect(odds(nameless, "What did Watt build?") < odds(Self.near, "What did Watt build?"))
        #expect(odds(Self.near, "When was the dam built?") < odds(Self.near, "Why was the dam built?"))
    }

    @Test(
        "The potential of a thing is a number, a potential is something to explain",
        arguments: [
            ("What is the membrane potential of a nerve cell?", Question.Kind.quantity),
            ("What is the membrane potential?", .definition), ("What is the water potential of pure water?", .quantity),
        ])
    func potentials(question: String, kind: Question.Kind) { #expect(Question(question).kind == kind) }

    @Test("Where nothing was searched the rest decides")
    func unsearched() {
        var passage = Self.near
        passage.place = nil
        #expect(odds(passage, "What is a capacitor?") >= AnswerGate.doubted)
        passage = Self.far
        passage.place = nil
        #expect(odds(passage, "What is a capacitor?") < AnswerGate.refused)
    }

    @Test("The evidence says which passage holds the words, and which name is missing")
    func evidence() async throws {
        let text = """
            The bridge over the Tarn was drawn by Anna Roux, and masons of the town built its seven arches of stone.

            Boats passed below it until the harbour was closed.
            """
        func evidence(_ asked: String) async throws -> AnswerEvidence {
            let prompt = AnswerPrompt(
                question: asked, passages: [SourcePassage(number: 1, title: "Bridges", text: text, score: 0.6)])
            let tutor = ExtractiveTutor(embedder: try Course.embedder.get())
            let blocks = BlockReader.blocks(of: prompt.passages)
            let (plan, _) = try #require(try await tutor.plan(for: Question(asked), prompt, blocks, Told(prompt)))
            return AnswerEvidence(plan, passages: prompt.passages)
        }
        let held = try await evidence("Who built the arches of the bridge?")
        #expect(held.passage == 1 && !held.lacksName && held.place == 0.6)
        let other = try await evidence("What did Eiffel pay the masons of Madrid?")
        #expect(other.lacksName && other.passage < 1 && other.sentence < held.sentence)
    }

    @Test(
        "A question is known for one in another language by how it asks",
        arguments: [
            ("Was bedeutet Notenstich?", true), ("Was bringen Dörfer?", true), ("Woran erkenne ich Rost?", true),
            ("À quoi sert le pinceau ?", true), ("Was the treaty signed in Paris?", false), ("was light heavy?", false),
            ("Was it war that brought him down?", false), ("What is El Niño?", false),
        ])
    func languages(question: String, isForeign: Bool) { #expect(Question(question).isForeign == isForeign) }
}
