import FoundationEssentials
import HTTPClient
import JSON
import LanguageModels
import Testing

/// How one protocol says what the port says: what the suite of all adapters needs to know of each.
struct WireDialect: Sendable, CustomTestStringConvertible {
    /// What a scripted server says.
    enum Said: Sendable {
        case text(String)
        /// In two pieces, where the protocol cuts calls.
        case call(id: String, name: String, arguments: String)
        case end(reason: String, prompt: Int, completion: Int)
        case problem(String)
    }

    let name: String
    let path: String
    let contentType: String
    let listPath: String
    /// A list with these models.
    let list: @Sendable ([String]) -> String
    let write: @Sendable (Said) -> String
    let make: @Sendable (_ url: String, _ client: HTTPClient) -> any TextModel
    /// What the request sent, in the port's terms.
    let read: @Sendable (JSONValue) -> Sent

    var testDescription: String { name }

    func stream(_ said: [Said]) -> String { said.map(write).joined() }

    /// A request as a server finds it.
    struct Sent: Equatable {
        var model: String?
        var roles: [String?] = []
        var contents: [String?] = []
        var images: [String] = []
        var schema: JSONValue?
        var tools: [JSONValue] = []
        var callArguments: [JSONValue] = []
        var answerTokens: JSONValue?
        var temperature: JSONValue?
    }
}

extension WireDialect {
    static let all = [openAI, ollama]

    static let openAI = WireDialect(
        name: "OpenAI", path: "/v1/chat/completions", contentType: "text/event-stream", listPath: "/v1/models",
        list: { names in #"{"data":["# + names.map { #"{"id":"\#($0)"}"# }.joined(separator: ",") + "]}" },
        write: { said in
            func delta(_ delta: JSONValue, _ reason: JSONValue = .null) -> String {
                event(["choices": [["index": 0, "delta": delta, "finish_reason": reason]], "usage": .null])
            }
            func event(_ value: JSONValue) -> String { "data: \(compact(value))\n\n" }
            switch said {
            case .text(let text): return delta(["content": .string(text)])
            case .call(let id, let name, let arguments):
                let half = arguments.index(arguments.startIndex, offsetBy: arguments.count / 2)
                let (first, rest) = (String(arguments[..<half]), String(arguments[half...]))
                let index = JSONValue.integer(id.last?.wholeNumberValue ?? 0)
                return delta([
                    "tool_calls": [
                        [
                            "index": index, "id": .string(id), "type": "function",
                            "function": ["name": .string(name), "arguments": .string(first)],
                        ]
                    ]
                ]) + delta(["tool_calls": [["index": index, "function": ["arguments": .string(rest)]]]])
            case .end(let reason, let prompt, let completion):
                let usage = event([
                    "choices": [], "usage": ["prompt_tokens": .integer(prompt), "completion_tokens": .integer(completion)],
                ])
                return delta([:], .string(reason)) + usage + "data: [DONE]\n\n"
            case .problem(let text): return event(["error": ["message": .string(text)]])
            }
        },
        make: { OpenAIModel(url: $0 + "/v1/", key: APIKey("sk-test"), model: "small", contextWindow: 4096, client: $1) },
        read: { body in
            var sent = WireDialect.common(body)
            for message in body["messages"].items {
                for part in message["content"].items {
                    if let text = part["text"]?.string { sent.contents[sent.contents.count - 1] = text }
                    if let url = part["image_url"]?["url"]?.string { sent.images.append(url) }
                }
                for call in message["tool_calls"].items {
                    let text = call["function"]?["arguments"]?.string ?? ""
                    if let value = try? JSONDecoder().decode(JSONValue.self, from: Data(text.utf8)) {
                        sent.callArguments.append(value)
                    }
                }
            }
            sent.schema = body["response_format"]?["json_schema"]?["schema"]
            sent.answerTokens = body["max_tokens"]
            sent.temperature = body["temperature"]
            return sent
        })

    static let ollama = WireDialect(
        name: "Ollama", path: "/api/chat", contentType: "application/x-ndjson", listPath: "/api/tags",
        list: { names in #"{"models":["# + names.map { #"{"name":"\#($0)"}"# }.joined(separator: ",") + "]}" },
        write: { said in
            func line(_ value: JSONValue) -> String { compact(value) + "\n" }
            switch said {
            case .text(let text): return line(["message": ["role": "assistant", "content": .string(text)], "done": false])
            case .call(_, let name, let arguments):
                let value = (try? JSONDecoder().decode(JSONValue.self, from: Data(arguments.utf8))) ?? .null
                return line([
                    "message": ["content": "", "tool_calls": [["function": ["name": .string(name), "arguments": value]]]],
                    "done": false,
                ])
            case .end(let reason, let prompt, let completion):
                return line([
                    "message": ["content": ""], "done": true, "done_reason": .string(reason), "prompt_eval_count": .integer(prompt),
                    "eval_count": .integer(completion),
                ])
            case .problem(let text): return line(["error": .string(text)])
            }
        },
        make: { OllamaModel(url: $0, model: "small", contextWindow: 4096, client: $1) },
        read: { body in
            var sent = WireDialect.common(body)
            for message in body["messages"].items {
                sent.images += message["images"].items.compactMap(\.string).map { "data:image/png;base64,\($0)" }
                sent.callArguments += message["tool_calls"].items.compactMap { $0["function"]?["arguments"] }
            }
            sent.schema = body["format"]
            sent.answerTokens = body["options"]?["num_predict"]
            sent.temperature = body["options"]?["temperature"]
            return sent
        })

    private static func common(_ body: JSONValue) -> Sent {
        var sent = Sent()
        sent.model = body["model"]?.string
        sent.roles = body["messages"].items.map { $0["role"]?.string }
        sent.contents = body["messages"].items.map { $0["content"]?.string }
        sent.tools = body["tools"].items.compactMap { $0["function"] }
        return sent
    }

    private static func compact(_ value: JSONValue) -> String {
        (try? JSONEncoder().encode(value)).map { String(decoding: $0, as: UTF8.self) } ?? ""
    }
}

extension JSONValue {
    var string: String? { if case .string(let text) = self { text } else { nil } }
}

extension JSONValue? {
    var items: [JSONValue] { if case .array(let items) = self { items } else { [] } }
}
