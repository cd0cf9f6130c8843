package import Failures

/// A graph is wrong, or what runs on it cannot go on.
package struct GraphFailure: Failure {
    package enum Kind: Sendable, Hashable {
        case malformed
        /// It went round and round.
        case endless
        /// Another process went on with the same run.
        case overtaken
        /// What was kept is of a node that this program does not have.
        case outdated
    }

    package let kind: Kind
    package let message: String

    package var code: FailureCode { kind == .overtaken ? .conflict : .internal }

    static func malformed(_ graph: String, _ what: String) -> GraphFailure {
        GraphFailure(kind: .malformed, message: "The graph \(graph) is wrong: \(what).")
    }
}
