/// What comes from a model while it works.
package enum ModelEvent: Sendable, Hashable {
    /// Others are served first. `began` follows when it is this caller's turn.
    case waiting
    case began
    /// More of the answer.
    case text(String)
    /// The model wants a tool to be called; its arguments are whole. The result goes into the next request.
    case toolCall(ToolCall)
    case usage(TokenUsage)
    /// The last event.
    case finished(FinishReason)
}

package enum FinishReason: String, Sendable, Hashable, Codable {
    case stop
    /// The window, or the limit of an answer, is full.
    case length
    /// The model's server held the answer back.
    case filtered
    /// The model waits for the results of its tool calls.
    case toolCalls = "tool_calls"
    /// The sources do not hold the answer, and the model says so.
    case notInSources = "not_in_sources"
    /// The sources do not say it plainly; the model has shown what is nearest, and says so.
    case nearest
}

package struct TokenUsage: Sendable, Hashable {
    package var promptTokens: Int
    package var completionTokens: Int
    package var totalTokens: Int { promptTokens + completionTokens }

    package init(promptTokens: Int, completionTokens: Int) {
        self.promptTokens = promptTokens
        self.completionTokens = completionTokens
    }
}
