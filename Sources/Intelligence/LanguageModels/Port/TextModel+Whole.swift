package import Ambient
import FoundationEssentials

/// A model's answer, all of it.
package struct ModelAnswer: Sendable, Hashable {
    package var text = ""
    package var calls: [ToolCall] = []
    package var usage = TokenUsage(promptTokens: 0, completionTokens: 0)
    package var reason = FinishReason.stop
}

extension TextModel {
    /// The whole answer, for who has no use for pieces.
    /// - Parameter onWait: is told that others are served first.
    package func answer(
        to request: ModelRequest, for user: UserID, onWait: () async throws -> Void = {}
    ) async throws -> ModelAnswer {
        var answer = ModelAnswer()
        var isFinished = false
        for try await event in complete(request, for: user) {
            switch event {
            case .waiting: try await onWait()
            case .began: break
            case .text(let text): answer.text += text
            case .toolCall(let call): answer.calls.append(call)
            case .usage(let usage): answer.usage = usage
            case .finished(let reason): (answer.reason, isFinished) = (reason, true)
            }
        }
        // A cancelled stream ends without an error.
        try Task.checkCancellation()
        guard isFinished else { throw LanguageModelFailure(.broken, model: name) }
        return answer
    }

    /// The answer as a value of the request's form. Throws `LanguageModelFailure.malformed` where the model did not keep to it.
    package func value<Value: Decodable & Sendable>(
        _ type: Value.Type, for request: ModelRequest, by user: UserID, onWait: () async throws -> Void = {}
    ) async throws -> Value {
        let answer = try await answer(to: request, for: user, onWait: onWait)
        do {
            return try JSONDecoder().decode(type, from: Data(answer.text.utf8))
        } catch {
            throw LanguageModelFailure(.malformed, model: name, underlying: error)
        }
    }
}
