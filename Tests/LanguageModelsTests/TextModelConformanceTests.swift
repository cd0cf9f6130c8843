import Ambient
import Failures
import FoundationEssentials
import HTTPClient
import JSON
import LanguageModels
import ScriptedServing
import Testing

/// What every adapter of `TextModel` does, against a server that speaks its protocol.
@Suite(.timeLimit(.minutes(3)))
struct TextModelConformanceTests {
    private let user = UserID(UUID())

    static func client() throws -> HTTPClient {
        var configuration = HTTPClientConfiguration(retry: .never, usesProxyOfEnvironment: false)
        configuration.sleep = { _ in }
        return try HTTPClient(configuration)
    }

    private static let question = ModelRequest(messages: [.user("What is osmosis?")])
    private static let said: [WireDialect.Said] = [
        .text("Wäter "), .text("moves [1]. 🌊"), .end(reason: "stop", prompt: 120, completion: 7),
    ]

    @discardableResult
    private func withServer<Value>(
        _ dialect: WireDialect, _ text: String, byteByByte: Bool = false,
        _ body: (any TextModel, ScriptedServer) async throws -> Value
    ) async throws -> Value {
        let server = try ScriptedServer { connection, _ in
            connection.begin(200, ["Content-Type": dialect.contentType])
            for piece in byteByByte ? text.utf8.map({ [$0] }) : [Array(text.utf8)] {
                connection.send("\(String(piece.count, radix: 16))\r\n")
                connection.send(piece)
                connection.send("\r\n")
            }
            connection.end()
        }
        return try await body(dialect.make(server.url, try Self.client()), server)
    }

    private func sent(_ dialect: WireDialect, _ request: ModelRequest) async throws -> WireDialect.Sent {
        try await withServer(dialect, dialect.stream(Self.said)) { model, server in
            _ = try await model.answer(to: request, for: user)
            let asked = try #require(server.requests.first)
            #expect(asked.method == "POST" && asked.target == dialect.path)
            #expect(asked.headers["content-type"] == "application/json" && asked.headers["accept"] == dialect.contentType)
            return dialect.read(try JSONDecoder().decode(JSONValue.self, from: Data(asked.body)))
        }
    }

    private func failure(_ model: any TextModel) async -> LanguageModelFailure? {
        do {
            _ = try await model.answer(to: Self.question, for: user)
            return nil
        } catch {
            return error as? LanguageModelFailure
        }
    }

    @Test("The answer comes whole with its usage, however it is cut", arguments: WireDialect.all, [false, true])
    func whole(_ dialect: WireDialect, byteByByte: Bool) async throws {
        try await withServer(dialect, dialect.stream(Self.said), byteByByte: byteByByte) { model, _ in
            let answer = try await model.answer(to: Self.question, for: user)
            #expect(answer.text == "Wäter moves [1]. 🌊" && answer.calls.isEmpty && answer.reason == .stop)
            #expect(answer.usage == TokenUsage(promptTokens: 120, completionTokens: 7))
        }
    }

    @Test("An answer that reached its limit says so", arguments: WireDialect.all)
    func length(_ dialect: WireDialect) async throws {
        let text = dialect.stream([.text("Water"), .end(reason: "length", prompt: 1, completion: 1)])
        try await withServer(dialect, text) { model, _ in
            let answer = try await model.answer(to: Self.question, for: user)
            #expect(answer.reason == .length)
        }
    }

    @Test("The instruction goes before the conversation, limits only where they are set", arguments: WireDialect.all)
    func conversation(_ dialect: WireDialect) async throws {
        let plain = try await sent(dialect, Self.question)
        #expect(plain.model == "small" && plain.roles == ["user"] && plain.contents == ["What is osmosis?"])
        #expect(plain.schema == nil && plain.tools.isEmpty && plain.answerTokens == nil && plain.temperature == nil)
        let full = try await sent(
            dialect,
            ModelRequest(
                instruction: "Be brief.", messages: [.user("Hello"), .assistant("Hello!"), .user("Why?")],
                limits: ModelLimits(answerTokens: 50, temperature: 0.5)))
        #expect(full.roles == ["system", "user", "assistant", "user"])
        #expect(full.contents == ["Be brief.", "Hello", "Hello!", "Why?"])
        #expect(full.answerTokens == 50 && full.temperature == .number(0.5))
    }

    private struct Card: Codable, Equatable, Sendable {
        var front: String
        var back: String
    }
    private static let form = AnswerForm(
        name: "card",
        schema: [
            "type": "object", "properties": ["front": ["type": "string"], "back": ["type": "string"]],
            "required": ["front", "back"], "additionalProperties": false,
        ])

    @Test("A form is asked for by its schema, and the answer is a value of it", arguments: WireDialect.all)
    func form(_ dialect: WireDialect) async throws {
        let request = ModelRequest(messages: [.user("Make a card.")], form: Self.form)
        // Fields of an object have no order.
        let schema = try #require(try await sent(dialect, request).schema)
        #expect(schema["required"] == ["front", "back"] && schema["properties"]?["front"] == ["type": "string"])
        #expect(schema["additionalProperties"] == false)
        let said = dialect.stream([
            .text(#"{"front": "What "#), .text(#"is it?", "back": "Water."}"#), .end(reason: "stop", prompt: 1, completion: 1),
        ])
        try await withServer(dialect, said) { model, _ in
            let card = try await model.value(Card.self, for: request, by: user)
            #expect(card == Card(front: "What is it?", back: "Water."))
        }
        try await withServer(dialect, dialect.stream(Self.said)) { model, _ in
            await #expect { try await model.value(Card.self, for: request, by: user) } throws: {
                ($0 as? LanguageModelFailure)?.kind == .malformed && ($0 as? any Failure)?.code == .badGateway
            }
        }
    }

    private static let tool = ModelTool(
        name: "search", description: "Searches the documents.",
        parameters: ["type": "object", "properties": ["query": ["type": "string"]], "required": ["query"]])

    @Test("Tools are offered, calls come whole and in order, and results go back", arguments: WireDialect.all, [false, true])
    func tools(_ dialect: WireDialect, byteByByte: Bool) async throws {
        let said = dialect.stream([
            .call(id: "call_0", name: "search", arguments: #"{"query":"osmosis"}"#),
            .call(id: "call_1", name: "search", arguments: #"{"query":"membrane"}"#),
            .end(reason: dialect.name == "Ollama" ? "stop" : "tool_calls", prompt: 5, completion: 9),
        ])
        let request = ModelRequest(messages: [.user("Look it up.")], tools: [Self.tool])
        let calls = try await withServer(dialect, said, byteByByte: byteByByte) { model, server in
            let answer = try await model.answer(to: request, for: user)
            #expect(answer.reason == .toolCalls && answer.text.isEmpty && answer.usage.totalTokens == 14)
            return answer.calls
        }
        #expect(calls.map(\.id) == ["call_0", "call_1"] && calls.allSatisfy { $0.name == "search" })
        struct Query: Decodable { var query: String }
        #expect(try calls.map { try $0.arguments(as: Query.self).query } == ["osmosis", "membrane"])

        var next = request
        next.messages += [.assistant("", calls: calls), .result("Water moves.", of: calls[0]), .result("none", of: calls[1])]
        let sent = try await sent(dialect, next)
        #expect(sent.roles == ["user", "assistant", "tool", "tool"] && sent.contents[2] == "Water moves.")
        #expect(sent.callArguments == [["query": "osmosis"], ["query": "membrane"]])
        let offered = try #require(sent.tools.first)
        #expect(offered["name"] == "search" && offered["description"] == "Searches the documents.")
        #expect(offered["parameters"]?["required"] == ["query"])
    }

    @Test("Images go with the message that they belong to", arguments: WireDialect.all)
    func images(_ dialect: WireDialect) async throws {
        let image = ModelImage(mediaType: "image/png", bytes: [0x89, 0x50, 0x4E, 0x47])
        let sent = try await sent(dialect, ModelRequest(messages: [.user("What is this?", images: [image])]))
        #expect(sent.contents == ["What is this?"] && sent.images == ["data:image/png;base64,iVBORw=="])
    }

    static let refusals: [(Int, [String: String], String, LanguageModelFailure.Kind, FailureCode)] = [
        (401, [:], #"{"error":{"message":"bad key"}}"#, .unauthorised, .unavailable),
        (429, ["Retry-After": "7"], #"{"error":{"message":"slow down"}}"#, .rateLimited, .unavailable),
        (500, [:], "oops", .rejected(status: 500, "oops"), .badGateway), (503, [:], "", .overloaded, .unavailable),
        (400, [:], #"{"error":{"message":"too long"}}"#, .rejected(status: 400, "too long"), .badGateway),
        (400, [:], #"{"error":"flat"}"#, .rejected(status: 400, "flat"), .badGateway),
    ]

    @Test("Refusals of the server", arguments: WireDialect.all, refusals.indices)
    func refusal(_ dialect: WireDialect, index: Int) async throws {
        let (status, headers, body, kind, code) = Self.refusals[index]
        let server = try ScriptedServer { connection, _ in connection.respond(status, headers, body) }
        let failure = try #require(await failure(dialect.make(server.url, try Self.client())))
        #expect(failure.kind == kind && failure.code == code)
        #expect(failure.retryAfter == headers["Retry-After"].map { _ in .seconds(7) })
        #expect(!failure.description.contains("sk-test"))
    }

    @Test("A stream that breaks off, lies or reports an error fails", arguments: WireDialect.all)
    func broken(_ dialect: WireDialect) async throws {
        let half = dialect.write(.text("half"))
        for (text, kind) in [
            (half, LanguageModelFailure.Kind.broken), (half.replacing("half", with: "ha\\u00").replacing("}", with: ""), .broken),
            (half + dialect.write(.problem("out of memory")), .rejected(status: 200, "out of memory")),
        ] { try await withServer(dialect, text) { model, _ in #expect(await failure(model)?.kind == kind) } }
        let dropping = try ScriptedServer { connection, _ in
            connection.begin()
            connection.chunk(String(half.prefix(10)))
            connection.close()
        }
        #expect(await failure(dialect.make(dropping.url, try Self.client()))?.kind == .broken)
        #expect(await failure(dialect.make("http://127.0.0.1:1", try Self.client()))?.kind == .unreachable)
    }

    @Test("Nobody listening any more stops the model", arguments: WireDialect.all)
    func stopping(_ dialect: WireDialect) async throws {
        let (gone, signal) = AsyncStream<Void>.makeStream()
        let server = try ScriptedServer { connection, _ in
            connection.begin()
            connection.chunk(dialect.write(.text("first")))
            connection.waitForDisconnect()
            signal.yield()
        }
        for try await _ in dialect.make(server.url, try Self.client()).complete(Self.question, for: user) { break }
        for await _ in gone { break }
    }

    @Test("The check lists the models, and knows when ours is missing or nobody answers", arguments: WireDialect.all)
    func check(_ dialect: WireDialect) async throws {
        for (names, isKnown) in [(["small", "other"], true), (["other"], false)] {
            let server = try ScriptedServer { connection, request in
                #expect(request.target == dialect.listPath)
                connection.respond(200, [:], dialect.list(names))
            }
            let model = dialect.make(server.url, try Self.client())
            if isKnown {
                #expect(try await model.check().models == ["other", "small"])
            } else {
                await #expect { try await model.check() } throws: {
                    if case .missingModel = ($0 as? LanguageModelFailure)?.kind { true } else { false }
                }
            }
        }
        let nowhere = dialect.make("http://127.0.0.1:1", try Self.client())
        await #expect { try await nowhere.check() } throws: { ($0 as? LanguageModelFailure)?.kind == .unreachable }
    }
}
