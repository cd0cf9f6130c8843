import FoundationEssentials
import JSON

/// A request as Ollama's `/api/chat` takes it.
struct OllamaRequest: Encodable, Sendable {
    private let body: JSONValue

    /// Throws where the arguments of an earlier tool call are not JSON: Ollama takes them as an object only.
    init(_ request: ModelRequest, model: String, contextWindow: Int) throws {
        let instruction = request.instruction.map { JSONValue.fields([("role", "system"), ("content", .string($0))]) }
        let options = JSONValue.fields([
            // Without it Ollama silently cuts the prompt to its own default window.
            ("num_ctx", .integer(contextWindow)), ("num_predict", request.limits.answerTokens.map(JSONValue.integer)),
            ("temperature", request.limits.temperature.map(JSONValue.number)),
        ])
        body = .fields([
            ("model", .string(model)),
            ("messages", .array((instruction.map { [$0] } ?? []) + (try request.messages.map(Self.message)))), ("stream", true),
            ("options", options), ("format", request.form?.schema),
            ("tools", request.tools.isEmpty ? nil : .array(request.tools.map(OpenAIRequest.tool))),
        ])
    }

    func encode(to encoder: any Encoder) throws { try body.encode(to: encoder) }

    private static func message(_ message: ModelMessage) throws -> JSONValue {
        switch message {
        case .user(let text, let images):
            let pictures = images.map { JSONValue.string(Data($0.bytes).base64EncodedString()) }
            return .fields([
                ("role", "user"), ("content", .string(text)), ("images", pictures.isEmpty ? nil : .array(pictures)),
            ])
        case .assistant(let text, let calls):
            let made = try calls.map { call -> JSONValue in
                ["function": ["name": .string(call.name), "arguments": try call.arguments(as: JSONValue.self)]]
            }
            return .fields([
                ("role", "assistant"), ("content", .string(text)), ("tool_calls", made.isEmpty ? nil : .array(made)),
            ])
        case .result(let text, let call): return ["role": "tool", "tool_name": .string(call.name), "content": .string(text)]
        }
    }
}
