package import Failures

/// What Memories refuses.
package struct MemoriesFailure: Failure {
    package let code: FailureCode
    package let message: String
    package let details: [String: String]

    init(_ code: FailureCode, _ message: String, details: [String: String] = [:]) {
        self.code = code
        self.message = message
        self.details = details
    }

    static let noMemory = MemoriesFailure(.notFound, "There is no such memory.")
    static let known = MemoriesFailure(.conflict, "This is remembered already.", details: ["text": "is remembered already"])
    static let full = MemoriesFailure(
        .conflict, "No more than \(MemoryService.most) things are remembered. Forget some first.")
    static let superseded = MemoriesFailure(
        .conflict, "A newer memory holds in place of this one. It can be forgotten, not changed.")
}
