import FoundationEssentials
import JSON

/// Reads the lines of Ollama's stream.
struct OllamaAnswer {
    let model: String
    /// The last line has come.
    private(set) var isDone = false
    private var calls = 0

    init(model: String) { self.model = model }

    private struct Line: Decodable {
        struct Message: Decodable {
            struct Call: Decodable {
                struct Function: Decodable {
                    var name: String
                    var arguments: JSONValue?
                }
                var function: Function
            }
            var content: String?
            var calls: [Call]?
            enum CodingKeys: String, CodingKey {
                case content
                case calls = "tool_calls"
            }
        }
        var message: Message?
        var done: Bool?
        var reason: String?
        var prompt: Int?
        var completion: Int?
        var error: String?
        enum CodingKeys: String, CodingKey {
            case message, done, error
            case reason = "done_reason"
            case prompt = "prompt_eval_count"
            case completion = "eval_count"
        }
    }

    mutating func take(_ text: String) throws -> [ModelEvent] {
        guard text.contains(where: { !$0.isWhitespace }) else { return [] }
        let line: Line
        do {
            line = try JSONDecoder().decode(Line.self, from: Data(text.utf8))
        } catch {
            throw LanguageModelFailure(.broken, model: model, underlying: error)
        }
        if let error = line.error { throw LanguageModelFailure(.rejected(status: 200, error), model: model) }
        var events: [ModelEvent] = []
        if let text = line.message?.content, !text.isEmpty { events.append(.text(text)) }
        for call in line.message?.calls ?? [] {
            let encoder = JSONEncoder()
            encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
            let arguments = try encoder.encode(call.function.arguments ?? .object([]))
            // Ollama gives calls no names.
            events.append(
                .toolCall(
                    ToolCall(id: "call_\(calls)", name: call.function.name, arguments: String(decoding: arguments, as: UTF8.self))))
            calls += 1
        }
        guard line.done == true else { return events }
        isDone = true
        if line.prompt != nil || line.completion != nil {
            events.append(.usage(TokenUsage(promptTokens: line.prompt ?? 0, completionTokens: line.completion ?? 0)))
        }
        return events + [.finished(line.reason == "length" ? .length : calls > 0 ? .toolCalls : .stop)]
    }
}
