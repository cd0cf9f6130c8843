import Embedding
import Failures

/// Stands in for the model where nothing is embedded: to describe the API.
struct NoEmbedder: TextEmbedder {
    let modelName = ""
    let dimensions = 1

    func embed(_ texts: [String]) async throws -> [[Float]] { throw UnmadePart() }
    func embedWindows(_ texts: [String], progress: (@Sendable (Int) -> Void)?) async throws -> [[[Float]]] { throw UnmadePart() }
    func countTokens(_ text: String) -> Int { 0 }
}

/// A command used a part that it had said it does not need.
struct UnmadePart: Failure {
    var code: FailureCode { .internal }
    var message: String { "A part of the program was not made for this command." }
}
