package import Ambient
package import FoundationEssentials

package enum GraphThreadKind {}
/// What runs of a graph follow one another on: a conversation, a document.
package typealias GraphThreadID = Identifier<GraphThreadKind>
package enum GraphCheckpointKind {}
package typealias GraphCheckpointID = Identifier<GraphCheckpointKind>

/// Where a node runs: what it may want to know besides the state.
package struct GraphStep: Sendable {
    package let thread: GraphThreadID
    package let user: UserID
    /// From 1 within the run.
    package let number: Int
}

/// What is kept after a node: the whole state, and what comes next.
package struct GraphCheckpoint: Sendable, Equatable {
    /// What is told of a step besides its state.
    package struct Metadata: Codable, Sendable, Equatable {
        /// From 0, the beginning of the run.
        package var step: Int
        /// How long the node took.
        package var milliseconds: Double
        /// Why the run ended here, if a node failed.
        package var failure: String?
    }

    package let id: GraphCheckpointID
    package let graph: String
    package let thread: GraphThreadID
    /// The one before it on the thread; nil for the first.
    package var parent: GraphCheckpointID?
    /// The node that ran; nil at the beginning of a run.
    package let node: String?
    /// The node that runs next; nil when the run is over.
    package let next: String?
    /// JSON.
    package let state: String
    package let metadata: Metadata
    package let createdAt: Date
}

/// A node that ran, and how long it took.
package struct GraphTiming: Sendable, Equatable, Codable {
    package let node: String
    package let milliseconds: Double

    package init(node: String, milliseconds: Double) { (self.node, self.milliseconds) = (node, milliseconds) }

    /// Milliseconds from one moment to another, to a hundredth.
    package static func milliseconds(from start: ContinuousClock.Instant, to end: ContinuousClock.Instant = .now) -> Double {
        (start.duration(to: end) / .microseconds(10)).rounded() / 100
    }
}
