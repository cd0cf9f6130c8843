/// An error that knows what it means to the person who asked: a closed code, a sentence to show, and the fields at fault.
///
/// Each module throws its own type. `FailureCode` alone decides what becomes of it (`FailureCode+Consequence.swift`), so no other
/// place chooses an HTTP status, a log level or a job's fate.
package protocol Failure: Error, Sendable, CustomStringConvertible {
    /// What kind of failure this is.
    var code: FailureCode { get }
    /// One or two sentences for the person who asked. Never a secret, a path of the server, or SQL.
    var message: String { get }
    /// The input fields at fault, by name, with the reason for each.
    var details: [String: String] { get }
    /// How long to wait before the same call may succeed; nil if waiting does not help or is not known.
    var retryAfter: Duration? { get }
    /// What went wrong underneath; for the log only.
    var underlying: (any Error)? { get }
}

extension Failure {
    package var details: [String: String] { [:] }
    package var retryAfter: Duration? { nil }
    package var underlying: (any Error)? { nil }
    package var description: String {
        var text = "\(code.rawValue): \(message)"
        if !details.isEmpty {
            text += " (" + details.sorted { $0.key < $1.key }.map { "\($0.key): \($0.value)" }.joined(separator: "; ") + ")"
        }
        if let underlying { text += " <- \(underlying)" }
        return text
    }
}
