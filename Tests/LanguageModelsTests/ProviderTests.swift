import Ambient
import FoundationEssentials
import JSON
import LanguageModels
import ScriptedServing
import Testing

/// What only one of the protocols has.
@Suite(.timeLimit(.minutes(3)))
struct ProviderTests {
    private let user = UserID(UUID())
    private let question = ModelRequest(messages: [.user("What is osmosis?")])

    @Test("The OpenAI protocol carries the key, and asks for usage")
    func openAI() async throws {
        let server = try ScriptedServer { connection, _ in
            connection.begin()
            connection.chunk(
                ": keep-alive\n\n" + WireDialect.openAI.stream([.text("x"), .end(reason: "stop", prompt: 1, completion: 1)]))
            connection.end()
        }
        let model = WireDialect.openAI.make(server.url, try TextModelConformanceTests.client())
        _ = try await model.answer(
            to: ModelRequest(messages: question.messages, form: AnswerForm(name: "f", schema: [:])), for: user)
        let request = try #require(server.requests.first)
        #expect(request.headers["authorization"] == "Bearer sk-test")
        let body = try JSONDecoder().decode(JSONValue.self, from: Data(request.body))
        #expect(body["stream"] == true && body["stream_options"] == ["include_usage": true])
        #expect(body["response_format"]?["type"] == "json_schema" && body["response_format"]?["json_schema"]?["strict"] == true)
    }

    @Test("A server that leaves out [DONE], the numbers of calls, or what ended it, is understood")
    func lax() async throws {
        let piece = #"{"choices":[{"delta":{"tool_calls":[{"id":"a","function":{"name":"t","arguments":"{"}}]}}]}"#
        let rest = #"{"choices":[{"delta":{"tool_calls":[{"function":{"arguments":"}"}}]},"finish_reason":"stop"}]}"#
        let server = try ScriptedServer { connection, _ in
            connection.begin()
            connection.chunk("data: \(piece)\n\ndata: \(rest)\n\n")
            connection.end()
        }
        let answer = try await WireDialect.openAI.make(server.url, try TextModelConformanceTests.client())
            .answer(to: question, for: user)
        #expect(answer.calls == [ToolCall(id: "a", name: "t", arguments: "{}")] && answer.reason == .toolCalls)
    }

    @Test("Ollama is told the window, and says how to get a missing model")
    func ollama() async throws {
        let server = try ScriptedServer { connection, request in
            if request.target == "/api/tags" {
                connection.respond(200, [:], #"{"models":[{"name":"other:latest"}]}"#)
            } else {
                connection.respond(404, [:], #"{"error":"model 'small' not found"}"#)
            }
        }
        let model = WireDialect.ollama.make(server.url, try TextModelConformanceTests.client())
        let hint = LanguageModelFailure.Kind.missingModel(hint: "Fetch it with: ollama pull small")
        await #expect { try await model.answer(to: question, for: user) } throws: { ($0 as? LanguageModelFailure)?.kind == hint }
        await #expect { try await model.check() } throws: { ($0 as? LanguageModelFailure)?.kind == hint }
        let body = try JSONDecoder().decode(JSONValue.self, from: Data(try #require(server.requests.first).body))
        #expect(body["stream"] == true && body["options"]?["num_ctx"] == 4096)
    }

    @Test("Ollama's check accepts a model without its tag")
    func untagged() async throws {
        let server = try ScriptedServer { connection, _ in connection.respond(200, [:], #"{"models":[{"name":"small:latest"}]}"#) }
        let model = WireDialect.ollama.make(server.url, try TextModelConformanceTests.client())
        #expect(try await model.check().models == ["small:latest"])
    }

    @Test("Without settings there is no text model, and the tutor answers; with an address there is one, and it answers too")
    func configured() throws {
        let client = try TextModelConformanceTests.client()
        let embedder = try Course.embedder.get()
        let bare = LanguageModelConfiguration().makeModels(client: client, embedder: embedder)
        #expect(bare.text == nil && bare.answering.name == "extractive-tutor" && bare.answering.isDeterministic)
        let configured = LanguageModelConfiguration(ollamaURL: "http://127.0.0.1:1").makeModels(client: client, embedder: embedder)
        #expect(
            configured.text?.name == "llama3.2" && configured.answering.name == "llama3.2" && !configured.answering.isDeterministic)
    }

    @Test("A key shows nowhere")
    func secrecy() throws {
        let key = try #require(APIKey(" sk-secret\n"))
        #expect("\(key) \(String(reflecting: key))" == "(secret) (secret)")
        var text = ""
        dump(LanguageModelConfiguration(openAIKey: key), to: &text)
        #expect(!text.contains("sk-secret"))
        #expect(APIKey("  ") == nil && APIKey(nil) == nil)
    }
}
