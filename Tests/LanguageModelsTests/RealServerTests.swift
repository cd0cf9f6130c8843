import Ambient
import FoundationEssentials
import JSON
import LanguageModels
import Testing

private let serverURL = ProcessInfo.processInfo.environment["LM_PARTS_OPENAI_URL"]

/// The OpenAI adapter against a server that somebody else wrote; `Tests/Parts/openai-compatible` starts one and names it.
@Suite(.timeLimit(.minutes(5)), .enabled(if: serverURL != nil, "no LM_PARTS_OPENAI_URL"))
struct RealServerTests {
    private let user = UserID(UUID())

    private func model() throws -> any TextModel {
        let name = ProcessInfo.processInfo.environment["LM_PARTS_OPENAI_MODEL"] ?? "model"
        return OpenAIModel(
            url: try #require(serverURL), key: nil, model: name, contextWindow: 2048, client: try TextModelConformanceTests.client()
        )
    }

    @Test("The server knows the model, writes, counts, and keeps to the limit")
    func text() async throws {
        let model = try model()
        #expect(try await model.check().models.contains(model.name))
        let request = ModelRequest(
            instruction: "Go on.", messages: [.user("Once upon a time")], limits: ModelLimits(answerTokens: 20, temperature: 0))
        let answer = try await model.answer(to: request, for: user)
        #expect(!answer.text.isEmpty && answer.reason == .length)
        #expect(answer.usage.completionTokens == 20 && answer.usage.promptTokens > 3)
    }

    private struct Card: Decodable, Sendable {
        var front: String
        var level: Int
    }

    @Test("The server forces the form, and the answer is a value of it")
    func form() async throws {
        let form = AnswerForm(
            name: "card",
            schema: [
                "type": "object",
                "properties": ["front": ["type": "string", "maxLength": 40], "level": ["type": "integer", "enum": [1, 2, 3]]],
                "required": ["front", "level"], "additionalProperties": false,
            ])
        let request = ModelRequest(
            messages: [.user("A card about water:")], form: form, limits: ModelLimits(answerTokens: 200, temperature: 0))
        let card = try await model().value(Card.self, for: request, by: user)
        #expect((1...3).contains(card.level))
    }

    @Test("A request that is left frees its place, and one that is too long is refused in the server's words")
    func edges() async throws {
        let model = try model()
        for _ in 0..<3 {
            for try await _ in model.complete(ModelRequest(messages: [.user("Count to a thousand: 1 2 3")]), for: user) { break }
        }
        let short = ModelRequest(messages: [.user("Hello")], limits: ModelLimits(answerTokens: 4))
        #expect(try await model.answer(to: short, for: user).usage.completionTokens <= 4)
        let long = ModelRequest(messages: [.user(String(repeating: "water ", count: 20_000))])
        await #expect { try await model.answer(to: long, for: user) } throws: {
            guard case .rejected(let status, let said) = ($0 as? LanguageModelFailure)?.kind else { return false }
            return status == 400 && !said.isEmpty
        }
    }
}
