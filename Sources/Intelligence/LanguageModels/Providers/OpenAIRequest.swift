import FoundationEssentials
import JSON

/// A request as the chat-completions protocol writes it.
struct OpenAIRequest: Encodable, Sendable {
    private let body: JSONValue

    /// - Parameter isOpenAI: OpenAI's own newer models take the limit by its new name only, other servers often by the old one only.
    init(_ request: ModelRequest, model: String, isOpenAI: Bool) {
        let instruction = request.instruction.map { JSONValue.fields([("role", "system"), ("content", .string($0))]) }
        let form = request.form.map { form -> JSONValue in
            [
                "type": "json_schema",
                "json_schema": ["name": .string(form.name), "schema": form.schema, "strict": .bool(form.isStrict)],
            ]
        }
        body = .fields([
            ("model", .string(model)), ("messages", .array((instruction.map { [$0] } ?? []) + request.messages.map(Self.message))),
            ("stream", true), ("stream_options", ["include_usage": true]),
            ("temperature", request.limits.temperature.map(JSONValue.number)), ("response_format", form),
            ("tools", request.tools.isEmpty ? nil : .array(request.tools.map(Self.tool))),
            (isOpenAI ? "max_completion_tokens" : "max_tokens", request.limits.answerTokens.map(JSONValue.integer)),
        ])
    }

    func encode(to encoder: any Encoder) throws { try body.encode(to: encoder) }

    /// Ollama writes a tool in the same way.
    static func tool(_ tool: ModelTool) -> JSONValue {
        [
            "type": "function",
            "function": [
                "name": .string(tool.name), "description": .string(tool.description), "parameters": tool.parameters,
            ],
        ]
    }

    private static func message(_ message: ModelMessage) -> JSONValue {
        switch message {
        case .user(let text, let images) where images.isEmpty: return ["role": "user", "content": .string(text)]
        case .user(let text, let images):
            let pictures = images.map { image -> JSONValue in
                let url = "data:\(image.mediaType);base64,\(Data(image.bytes).base64EncodedString())"
                return ["type": "image_url", "image_url": ["url": .string(url)]]
            }
            return ["role": "user", "content": .array([["type": "text", "text": .string(text)]] + pictures)]
        case .assistant(let text, let calls):
            let made = calls.map { call -> JSONValue in
                [
                    "id": .string(call.id), "type": "function",
                    "function": ["name": .string(call.name), "arguments": .string(call.arguments)],
                ]
            }
            return .fields([
                ("role", "assistant"), ("content", .string(text)), ("tool_calls", made.isEmpty ? nil : .array(made)),
            ])
        case .result(let text, let call): return ["role": "tool", "tool_call_id": .string(call.id), "content": .string(text)]
        }
    }
}
