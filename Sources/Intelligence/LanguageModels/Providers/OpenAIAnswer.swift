import FoundationEssentials

/// Reads the events of a chat-completions stream; a tool call comes in pieces, and is told of when it is whole.
struct OpenAIAnswer {
    let model: String
    /// The server has said its last word.
    private(set) var isDone = false
    private var reason: FinishReason?
    private var calls: [Int: ToolCall] = [:]

    init(model: String) { self.model = model }

    private struct Chunk: Decodable {
        struct Choice: Decodable {
            struct Delta: Decodable {
                struct Call: Decodable {
                    struct Function: Decodable {
                        var name: String?
                        var arguments: String?
                    }
                    var index: Int?
                    var id: String?
                    var function: Function?
                }
                var content: String?
                var calls: [Call]?
                enum CodingKeys: String, CodingKey {
                    case content
                    case calls = "tool_calls"
                }
            }
            var delta: Delta?
            var finishReason: String?
            enum CodingKeys: String, CodingKey {
                case delta
                case finishReason = "finish_reason"
            }
        }
        struct Usage: Decodable {
            var prompt: Int?
            var completion: Int?
            enum CodingKeys: String, CodingKey {
                case prompt = "prompt_tokens"
                case completion = "completion_tokens"
            }
        }
        struct Problem: Decodable { var message: String? }
        var choices: [Choice]?
        var usage: Usage?
        var error: Problem?
    }

    /// - Parameter data: of one event.
    mutating func take(_ data: String) throws -> [ModelEvent] {
        if data.drop(while: \.isWhitespace).hasPrefix("[DONE]") {
            isDone = true
            return []
        }
        let chunk: Chunk
        do {
            chunk = try JSONDecoder().decode(Chunk.self, from: Data(data.utf8))
        } catch {
            throw LanguageModelFailure(.broken, model: model, underlying: error)
        }
        if let error = chunk.error { throw LanguageModelFailure(.rejected(status: 200, error.message ?? ""), model: model) }
        var events: [ModelEvent] = []
        let choice = chunk.choices?.first
        if let text = choice?.delta?.content, !text.isEmpty { events.append(.text(text)) }
        for piece in choice?.delta?.calls ?? [] { add(piece) }
        if let usage = chunk.usage, let prompt = usage.prompt {
            events.append(.usage(TokenUsage(promptTokens: prompt, completionTokens: usage.completion ?? 0)))
        }
        switch choice?.finishReason {
        case nil: break
        case "length": reason = .length
        case "content_filter": reason = .filtered
        case "tool_calls", "function_call": reason = .toolCalls
        default: reason = .stop
        }
        return events
    }

    private mutating func add(_ piece: Chunk.Choice.Delta.Call) {
        // Some servers number only the first of the pieces, or none where there is one call.
        let index = piece.index ?? (piece.id == nil ? calls.keys.max() : nil) ?? calls.count
        var call = calls[index] ?? ToolCall(id: "call_\(index)", name: "", arguments: "")
        if let id = piece.id, !id.isEmpty { call.id = id }
        call.name += piece.function?.name ?? ""
        call.arguments += piece.function?.arguments ?? ""
        calls[index] = call
    }

    /// What comes at the end of the stream. Throws if it was cut off.
    func finish() throws -> [ModelEvent] {
        // Some servers leave [DONE] out; without a reason either, the answer was cut off.
        guard isDone || reason != nil else { throw LanguageModelFailure(.broken, model: model) }
        let whole = calls.sorted { $0.key < $1.key }.map(\.value)
        // Some say `stop` though they call.
        let last = whole.isEmpty || reason == .length || reason == .filtered ? reason ?? .stop : .toolCalls
        return whole.map(ModelEvent.toolCall) + [.finished(last)]
    }
}
