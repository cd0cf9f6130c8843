import Failures
import FoundationEssentials
import HTTPClient
import LanguageModels
import ScriptedServing
import Synchronization
import Testing

private func client() throws -> HTTPClient {
    var configuration = HTTPClientConfiguration(retry: .never, usesProxyOfEnvironment: false)
    configuration.sleep = { _ in }
    return try HTTPClient(configuration)
}

private let prompt = ChatPrompt(
    question: "What is osmosis?",
    history: [ChatTurn(.user, "Hello"), ChatTurn(.assistant, "Hello there [3].")],
    passages: [SourcePassage(number: 1, title: "Cells", section: "Membranes", page: 4, text: "Osmosis moves water [12].")])

private func collected(_ model: any LanguageModel) async throws -> (text: String, usage: TokenUsage?, reason: FinishReason?) {
    var (text, usage, reason) = ("", TokenUsage?.none, FinishReason?.none)
    for try await event in model.stream(prompt) {
        switch event {
        case .text(let more): text += more
        case .usage(let found): usage = found
        case .finished(let found): reason = found
        }
    }
    return (text, usage, reason)
}

private func failure(_ model: any LanguageModel) async -> LanguageModelFailure.Kind? {
    do {
        _ = try await collected(model)
        return nil
    } catch {
        return (error as? LanguageModelFailure)?.kind
    }
}

@Suite(.timeLimit(.minutes(3)))
struct OpenAIModelTests {
    static let stream = """
        : keep-alive

        data: {"id":"1","choices":[{"index":0,"delta":{"role":"assistant","content":""},"finish_reason":null}],"usage":null}

        data: {"choices":[{"index":0,"delta":{"content":"Wäter "},"finish_reason":null}]}

        data: {"choices":[{"index":0,"delta":{"content":"moves [1]. 🌊"},"finish_reason":null}]}

        data: {"choices":[{"index":0,"delta":{},"finish_reason":"stop"}]}

        data: {"choices":[],"usage":{"prompt_tokens":120,"completion_tokens":7,"total_tokens":127}}

        data: [DONE]


        """

    private func model(_ server: ScriptedServer) throws -> OpenAIModel {
        OpenAIModel(url: server.url + "/v1/", key: APIKey("sk-test"), model: "study-1", contextWindow: 4096, client: try client())
    }

    @Test("The request is what the protocol asks for, and the answer comes whole however it is cut", arguments: [false, true])
    func answer(byteByByte: Bool) async throws {
        let server = try ScriptedServer { connection, _ in
            connection.begin(200, ["Content-Type": "text/event-stream"])
            if byteByByte {
                for byte in Self.stream.utf8 {
                    connection.send("1\r\n")
                    connection.send([byte])
                    connection.send("\r\n")
                }
            } else {
                connection.chunk(Self.stream)
            }
            connection.end()
        }
        let answer = try await collected(try model(server))
        #expect(answer.text == "Wäter moves [1]. 🌊")
        #expect(answer.usage == TokenUsage(promptTokens: 120, completionTokens: 7))
        #expect(answer.reason == .stop)

        let request = try #require(server.requests.first)
        #expect(request.method == "POST" && request.target == "/v1/chat/completions")
        #expect(request.headers["authorization"] == "Bearer sk-test")
        #expect(request.headers["content-type"] == "application/json" && request.headers["accept"] == "text/event-stream")
        struct Sent: Decodable {
            struct Message: Decodable {
                var role: String
                var content: String
            }
            var model: String
            var stream: Bool
            var streamOptions: [String: Bool]
            var messages: [Message]

            enum CodingKeys: String, CodingKey {
                case model, stream, messages
                case streamOptions = "stream_options"
            }
        }
        let sent = try JSONDecoder().decode(Sent.self, from: Data(request.body))
        #expect(sent.model == "study-1" && sent.stream && sent.streamOptions == ["include_usage": true])
        #expect(sent.messages.map(\.role) == ["system", "user", "assistant", "user"])
        #expect(sent.messages[2].content == "Hello there.")
        #expect(sent.messages[3].content.contains("Osmosis moves water (12)."))
        #expect(sent.messages[3].content.hasSuffix("Question: What is osmosis?"))
    }

    static let refusals: [(Int, [String: String], String, LanguageModelFailure.Kind, FailureCode)] = [
        (401, [:], #"{"error":{"message":"bad key"}}"#, .unauthorised, .unavailable),
        (429, ["Retry-After": "7"], #"{"error":{"message":"slow down"}}"#, .rateLimited, .unavailable),
        (500, [:], "oops", .rejected(status: 500, "oops"), .badGateway),
        (503, [:], "", .overloaded, .unavailable),
        (400, [:], #"{"error":{"message":"too long"}}"#, .rejected(status: 400, "too long"), .badGateway),
    ]

    @Test("Refusals of the server", arguments: refusals)
    func refusal(status: Int, headers: [String: String], body: String, kind: LanguageModelFailure.Kind, code: FailureCode)
        async throws
    {
        let server = try ScriptedServer { connection, _ in connection.respond(status, headers, body) }
        do {
            _ = try await collected(try model(server))
            Issue.record("no failure")
        } catch let failure as LanguageModelFailure {
            #expect(failure.kind == kind && failure.code == code)
            #expect(failure.retryAfter == headers["Retry-After"].map { _ in .seconds(7) })
            #expect(!failure.description.contains("sk-test"))
        }
    }

    @Test(
        "A stream that breaks off, lies or reports an error fails",
        arguments: [
            ("data: {\"choices\":[{\"delta\":{\"content\":\"half\"}}]}\n\n", LanguageModelFailure.Kind.broken),
            ("data: {\"choices\":[{\"del\n\n", .broken),
            ("data: {\"error\":{\"message\":\"overloaded\"}}\n\n", .rejected(status: 200, "overloaded")),
        ])
    func brokenStream(text: String, kind: LanguageModelFailure.Kind) async throws {
        let server = try ScriptedServer { connection, _ in
            connection.begin()
            connection.chunk(text)
            connection.end()
        }
        #expect(await failure(try model(server)) == kind)
        let dropping = try ScriptedServer { connection, _ in
            connection.begin()
            connection.chunk(String(text.prefix(10)))
            connection.close()
        }
        #expect(await failure(try model(dropping)) == .broken)
    }

    @Test("Nobody listening any more stops the model")
    func stopping() async throws {
        let (gone, signal) = AsyncStream<Void>.makeStream()
        let server = try ScriptedServer { connection, _ in
            connection.begin()
            connection.chunk("data: {\"choices\":[{\"delta\":{\"content\":\"first\"}}]}\n\n")
            connection.waitForDisconnect()
            signal.yield()
        }
        let model = try model(server)
        for try await _ in model.stream(prompt) { break }
        for await _ in gone { break }
    }

    @Test("The check lists the models and knows when ours is missing")
    func check() async throws {
        let server = try ScriptedServer { connection, request in
            #expect(request.target == "/v1/models" && request.headers["authorization"] == "Bearer sk-test")
            connection.respond(200, [:], #"{"object":"list","data":[{"id":"study-1"},{"id":"other"}]}"#)
        }
        #expect(try await model(server).check().models == ["other", "study-1"])
        let missing = OpenAIModel(
            url: server.url + "/v1", key: APIKey("sk-test"), model: "absent", contextWindow: 4096, client: try client())
        await #expect(throws: LanguageModelFailure.self) { try await missing.check() }
        let nowhere = OpenAIModel(url: "http://127.0.0.1:1", key: nil, model: "m", contextWindow: 4096, client: try client())
        do {
            _ = try await nowhere.check()
            Issue.record("no failure")
        } catch let failure as LanguageModelFailure {
            #expect(failure.kind == .unreachable)
        }
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

@Suite(.timeLimit(.minutes(3)))
struct OllamaModelTests {
    static let stream = """
        {"model":"small","message":{"role":"assistant","content":"Wäter "},"done":false}
        {"model":"small","message":{"role":"assistant","content":"moves."},"done":false}
        {"model":"small","message":{"role":"assistant","content":""},"done":true,"done_reason":"stop","prompt_eval_count":20,"eval_count":4}

        """

    private func model(_ server: ScriptedServer) throws -> OllamaModel {
        OllamaModel(url: server.url, model: "small", contextWindow: 4096, client: try client())
    }

    @Test("The request is what the protocol asks for, and the answer comes whole however it is cut", arguments: [false, true])
    func answer(byteByByte: Bool) async throws {
        let server = try ScriptedServer { connection, _ in
            connection.begin(200, ["Content-Type": "application/x-ndjson"])
            for piece in byteByByte ? Self.stream.utf8.map({ [$0] }) : [Array(Self.stream.utf8)] {
                connection.send("\(String(piece.count, radix: 16))\r\n")
                connection.send(piece)
                connection.send("\r\n")
            }
            connection.end()
        }
        let answer = try await collected(try model(server))
        #expect(answer.text == "Wäter moves." && answer.reason == .stop)
        #expect(answer.usage == TokenUsage(promptTokens: 20, completionTokens: 4))
        let request = try #require(server.requests.first)
        #expect(request.target == "/api/chat")
        struct Sent: Decodable {
            struct Options: Decodable {
                var window: Int
                enum CodingKeys: String, CodingKey { case window = "num_ctx" }
            }
            var model: String
            var stream: Bool
            var options: Options
        }
        let sent = try JSONDecoder().decode(Sent.self, from: Data(request.body))
        #expect(sent.model == "small" && sent.stream && sent.options.window == 4096)
    }

    @Test("A missing model says how to get it")
    func missing() async throws {
        let server = try ScriptedServer { connection, request in
            if request.target == "/api/tags" {
                connection.respond(200, [:], #"{"models":[{"name":"other:latest"}]}"#)
            } else {
                connection.respond(404, [:], #"{"error":"model 'small' not found"}"#)
            }
        }
        let hint = LanguageModelFailure.Kind.missingModel(hint: "Fetch it with: ollama pull small")
        #expect(await failure(try model(server)) == hint)
        do {
            _ = try await model(server).check()
            Issue.record("no failure")
        } catch let failure as LanguageModelFailure {
            #expect(failure.kind == hint)
        }
    }

    @Test("The check accepts a model without its tag")
    func check() async throws {
        let server = try ScriptedServer { connection, _ in connection.respond(200, [:], #"{"models":[{"name":"small:latest"}]}"#) }
        #expect(try await model(server).check().models == ["small:latest"])
    }

    @Test(
        "A stream that breaks off or reports an error fails",
        arguments: [
            (#"{"message":{"content":"half"},"done":false}"# + "\n", LanguageModelFailure.Kind.broken),
            (#"{"error":"out of memory"}"# + "\n", .rejected(status: 200, "out of memory")),
            ("nonsense\n", .broken),
        ])
    func brokenStream(text: String, kind: LanguageModelFailure.Kind) async throws {
        let server = try ScriptedServer { connection, _ in
            connection.begin()
            connection.chunk(text)
            connection.end()
        }
        #expect(await failure(try model(server)) == kind)
    }
}
