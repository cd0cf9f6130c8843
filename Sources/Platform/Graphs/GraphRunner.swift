package import Ambient
import Concurrency
package import Database
import FoundationEssentials
package import Telemetry

/// Runs a graph, and keeps a checkpoint after each node: what a crash cuts off goes on from there.
package struct GraphRunner<State: Codable & Sendable>: Sendable {
    /// What came of a run.
    package struct Outcome: Sendable {
        package let state: State
        /// The nodes that ran in this process, in their order.
        package let timings: [GraphTiming]
        /// Where it paused; the last checkpoint where it is over.
        fileprivate let place: GraphCheckpoint
    }

    /// When checkpoints are written.
    package enum Pace: Sendable {
        /// Each before the next node runs: nothing that has run runs again, and of two that go on from one checkpoint one is refused.
        case first
        /// While what follows runs, several together: for who waits for the end, and what may run again. One that cannot be written is
        /// logged, and holds nothing up.
        case behind
    }

    /// Steps of one run; more is a circle that does not end.
    private static var mostSteps: Int { 100 }

    package let graph: StateGraph<State>
    let database: any Database
    private let pace: Pace
    private let ambient: Ambient
    let logger: Logger
    private let metrics: Metrics?
    let store = GraphCheckpointStore()

    package init(
        _ graph: StateGraph<State>, database: any Database, pace: Pace = .first, ambient: Ambient = .live, logger: Logger = .silent,
        metrics: Metrics? = nil
    ) {
        self.graph = graph
        self.database = database
        self.pace = pace
        self.ambient = ambient
        self.logger = logger.labelled("graphs")
        self.metrics = metrics
    }

    /// Runs it from the beginning. What an earlier run on the thread left unfinished is left so.
    ///
    /// - Parameter node: where it pauses when that has run, to be continued with `goOn`; nil to run to the end.
    /// - Throws: what a node throws, which ends the run for good; `CancellationError`, after which it can be resumed; `GraphFailure`.
    package func run(_ state: State, on thread: GraphThreadID, for user: UserID, through node: String? = nil) async throws
        -> Outcome
    {
        let text = try JSONColumn.text(state)
        @Sendable func beginning(after last: GraphCheckpoint?) -> GraphCheckpoint {
            checkpoint(thread, after: last, node: nil, next: graph.entry, state: text, .init(step: 0, milliseconds: 0))
        }
        switch pace {
        case .first:
            let first = try await keeping {
                try await database.transaction(as: .user(user)) { transaction in
                    let first = beginning(
                        after: try await store.last(of: thread, graph: graph.name, user: user, in: transaction))
                    try await store.insert(first, user: user, in: transaction)
                    return first
                }
            }
            return try await go(on: first, state, user, through: node)
        case .behind:
            let first = beginning(after: nil)
            return try await behind(user, beginningWith: first) { take in
                try await walk(from: first, state, user, through: node) { take($0) }
            }
        }
    }

    /// Goes on where a run paused; the same as it was where it is over.
    package func goOn(_ outcome: Outcome, for user: UserID) async throws -> Outcome {
        try await go(on: outcome.place, outcome.state, user, through: nil)
    }

    /// Goes on with the last run of a thread, from the node that it was at; nil if it is over.
    package func resume(_ thread: GraphThreadID, for user: UserID) async throws -> Outcome? {
        let last = try await database.read(as: .user(user)) {
            try await store.last(of: thread, graph: graph.name, user: user, in: $0)
        }
        guard let last, last.next != nil else { return nil }
        logger.info("a run is resumed", ["graph": graph.name, "thread": "\(thread)", "node": last.next ?? ""])
        return try await go(on: last, try JSONColumn.value(last.state), user, through: nil)
    }

    /// Whether the last run of a thread was cut off.
    package func isUnfinished(_ thread: GraphThreadID, for user: UserID) async throws -> Bool {
        try await database.read(as: .user(user)) { try await store.last(of: thread, graph: graph.name, user: user, in: $0) }?.next
            != nil
    }

    /// The state that a thread was left in, whether or not its run is over.
    package func lastState(of thread: GraphThreadID, for user: UserID) async throws -> State? {
        let last = try await database.read(as: .user(user)) {
            try await store.last(of: thread, graph: graph.name, user: user, in: $0)
        }
        return try last.map { try JSONColumn.value($0.state) }
    }

    private func go(on start: GraphCheckpoint, _ state: State, _ user: UserID, through node: String?) async throws -> Outcome {
        switch pace {
        case .first: return try await walk(from: start, state, user, through: node) { try await keep($0, user) }
        case .behind:
            return try await behind(user, beginningWith: nil) { take in
                try await walk(from: start, state, user, through: node) { take($0) }
            }
        }
    }

    /// - Parameter keep: is given the checkpoint of each node that ran.
    private func walk(
        from start: GraphCheckpoint, _ state: State, _ user: UserID, through end: String?,
        keep: (GraphCheckpoint) async throws -> Void
    ) async throws -> Outcome {
        var (last, state, timings) = (start, state, [GraphTiming]())
        while let name = last.next, timings.last.map({ $0.node != end }) ?? true {
            try Task.checkCancellation()
            let step = last.metadata.step + 1
            guard step <= Self.mostSteps else {
                throw GraphFailure(kind: .endless, message: "A run of the graph \(graph.name) does not end.")
            }
            guard let node = graph.nodes[name] else {
                throw GraphFailure(kind: .outdated, message: "The graph \(graph.name) has no node \(name) any more.")
            }
            let began = ContinuousClock.now
            do {
                state = try await node.run(state, GraphStep(thread: last.thread, user: user, number: step))
            } catch {
                try Task.checkCancellation()
                if error is CancellationError { throw error }
                // It would fail again and again if it were resumed.
                let metadata = GraphCheckpoint.Metadata(
                    step: step, milliseconds: GraphTiming.milliseconds(from: began), failure: "\(type(of: error))")
                try await keep(checkpoint(last.thread, after: last, node: name, next: nil, state: last.state, metadata))
                throw error
            }
            let took = GraphTiming.milliseconds(from: began)
            timings.append(GraphTiming(node: name, milliseconds: took))
            trace(name, took, last.thread)
            let made = checkpoint(
                last.thread, after: last, node: name, next: try graph.next(after: node, state), state: try JSONColumn.text(state),
                .init(step: step, milliseconds: took))
            try await keep(made)
            last = made
        }
        return Outcome(state: state, timings: timings, place: last)
    }

    private func trace(_ node: String, _ milliseconds: Double, _ thread: GraphThreadID) {
        logger.debug("node", ["graph": graph.name, "node": node, "thread": "\(thread)", "duration_ms": "\(milliseconds)"])
        metrics?.observe(
            "graph_node_seconds", [("graph", graph.name), ("node", node)], milliseconds / 1000,
            help: "Time that nodes of graphs took.")
    }

    private func checkpoint(
        _ thread: GraphThreadID, after last: GraphCheckpoint?, node: String?, next: String?, state: String,
        _ metadata: GraphCheckpoint.Metadata
    ) -> GraphCheckpoint {
        GraphCheckpoint(
            id: ambient.newID(), graph: graph.name, thread: thread, parent: last?.id, node: node, next: next, state: state,
            metadata: metadata, createdAt: ambient.now())
    }

    private func keep(_ checkpoint: GraphCheckpoint, _ user: UserID) async throws {
        try await keeping {
            try await database.transaction(as: .user(user)) { try await store.insert(checkpoint, user: user, in: $0) }
        }
    }

    /// Two that go on from one checkpoint: the database lets one of them.
    private func keeping<Value>(_ body: () async throws -> Value) async throws -> Value {
        do {
            return try await body()
        } catch let failure as DatabaseFailure where failure.kind == .unique {
            throw GraphFailure(kind: .overtaken, message: "Another turn of this conversation is being answered. Wait for it.")
        }
    }
}
