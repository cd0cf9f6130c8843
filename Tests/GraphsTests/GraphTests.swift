import Ambient
import AccountsTesting
import Database
import DatabaseTesting
import FoundationEssentials
import Graphs
import Synchronization
import Testing

/// A state that notes its way.
struct Trail: Codable, Sendable, Equatable {
    var steps: [String] = []
    var goesLeft = false
}

private typealias Node = StateGraph<Trail>.Node

/// Counts runs of nodes, and can fail or be cut off at one.
private final class Watch: Sendable {
    enum Fault: Sendable { case none, fails, isCutOff }
    struct Broken: Error {}
    let runs = Mutex<[String: Int]>([:])
    let fault = Mutex<(node: String, kind: Fault)>(("", .none))

    func node(_ name: String, then edge: StateGraph<Trail>.Edge) -> Node {
        Node(name, then: edge) { state, _ in
            self.runs.withLock { $0[name, default: 0] += 1 }
            switch self.fault.withLock({ $0.node == name ? $0.kind : .none }) {
            case .none: break
            case .fails: throw Broken()
            case .isCutOff: throw CancellationError()
            }
            var state = state
            state.steps.append(name)
            return state
        }
    }

    func graph() throws -> StateGraph<Trail> {
        try StateGraph(
            "trail", entry: "start",
            [
                node("start", then: .choose(among: ["left", "right"]) { $0.goesLeft ? "left" : "right" }),
                node("left", then: .to("last")), node("right", then: .to("last")), node("last", then: .end),
            ])
    }
}

/// A fresh database with one person in it, and a thread.
private func withThread(_ kind: Dialect, _ body: (any Database, UserID, GraphThreadID) async throws -> Void) async throws {
    let user: UserID = Ambient.live.newID()
    let migration = Migration("graphs", 1, "checkpoints", GraphCheckpointStore.table, only: GraphCheckpointStore.security)
    try await withDatabase(kind, migrations: TestAccounts.migrations(of: [user]) + [migration]) { database in
        try await body(database, user, Ambient.live.newID())
    }
}

@Suite("State graph")
struct GraphTests {
    @Test("a graph that hangs together wrongly is refused when it is made")
    func malformed() {
        let watch = Watch()
        let wrong: [[Node]] = [
            [], [watch.node("start", then: .to("nowhere"))],
            [watch.node("start", then: .end), watch.node("start", then: .end)],
            [watch.node("start", then: .end), watch.node("alone", then: .end)],
            [watch.node("start", then: .to("on")), watch.node("on", then: .to("start"))],
        ]
        for nodes in wrong {
            #expect { try StateGraph<Trail>("g", entry: "start", nodes) } throws: { ($0 as? GraphFailure)?.kind == .malformed }
        }
    }

    @Test("an edge takes the way that the state says, and every node leaves a checkpoint", arguments: Dialect.allCases)
    func ways(_ kind: Dialect) async throws {
        try await withThread(kind) { database, user, thread in
            let runner = GraphRunner(try Watch().graph(), database: database)
            #expect(try await runner.run(Trail(goesLeft: true), on: thread, for: user).state.steps == ["start", "left", "last"])
            let outcome = try await runner.run(Trail(), on: thread, for: user)
            #expect(outcome.state.steps == ["start", "right", "last"])
            #expect(outcome.timings.map(\.node) == ["start", "right", "last"])
            let all = try await database.read(as: .user(user)) {
                try await GraphCheckpointStore().all(of: thread, user: user, in: $0)
            }
            #expect(all.map(\.node) == [nil, "start", "left", "last", nil, "start", "right", "last"])
            #expect(all.map(\.parent) == [nil] + all.dropLast().map(\.id))
            #expect(all.map(\.metadata.step) == [0, 1, 2, 3, 0, 1, 2, 3])
            #expect(try await runner.resume(thread, for: user) == nil)
        }
    }

    @Test("what was cut off goes on from the node that it was at, and nothing runs twice", arguments: Dialect.allCases)
    func resumed(_ kind: Dialect) async throws {
        try await withThread(kind) { database, user, thread in
            let watch = Watch()
            let runner = GraphRunner(try watch.graph(), database: database)
            watch.fault.withLock { $0 = ("right", .isCutOff) }
            await #expect(throws: CancellationError.self) { try await runner.run(Trail(), on: thread, for: user) }
            watch.fault.withLock { $0 = ("", .none) }
            // Another process: nothing but the database is left.
            let other = GraphRunner(try watch.graph(), database: database)
            #expect(try await other.lastState(of: thread, for: user)?.steps == ["start"])
            let outcome = try #require(try await other.resume(thread, for: user))
            #expect(outcome.state.steps == ["start", "right", "last"])
            #expect(outcome.timings.map(\.node) == ["right", "last"])
            #expect(watch.runs.withLock { $0 } == ["start": 1, "right": 2, "last": 1])
            #expect(try await other.resume(thread, for: user) == nil)
        }
    }

    @Test("a node that fails ends its run, and the next one begins anew", arguments: Dialect.allCases)
    func failed(_ kind: Dialect) async throws {
        try await withThread(kind) { database, user, thread in
            let watch = Watch()
            let runner = GraphRunner(try watch.graph(), database: database)
            watch.fault.withLock { $0 = ("last", .fails) }
            await #expect(throws: Watch.Broken.self) { try await runner.run(Trail(), on: thread, for: user) }
            #expect(try await runner.resume(thread, for: user) == nil)
            watch.fault.withLock { $0 = ("", .none) }
            #expect(try await runner.run(Trail(), on: thread, for: user).state.steps == ["start", "right", "last"])
        }
    }

    @Test("of two that go on from one checkpoint one is let", arguments: Dialect.allCases)
    func overtaken(_ kind: Dialect) async throws {
        try await withThread(kind) { database, user, thread in
            let watch = Watch()
            watch.fault.withLock { $0 = ("right", .isCutOff) }
            let first = GraphRunner(try watch.graph(), database: database)
            await #expect(throws: CancellationError.self) { try await first.run(Trail(), on: thread, for: user) }
            let nodes = [
                Node("start", then: .to("right")) { state, _ in state },
                Node("right", then: .end) { state, step in
                    // Meanwhile another process goes on.
                    watch.fault.withLock { $0 = ("", .none) }
                    _ = try await first.resume(step.thread, for: step.user)
                    return state
                },
            ]
            let second = GraphRunner(try StateGraph("trail", entry: "start", nodes), database: database)
            await #expect { _ = try await second.resume(thread, for: user) } throws: { ($0 as? GraphFailure)?.kind == .overtaken }
            #expect(try await first.lastState(of: thread, for: user)?.steps == ["start", "right", "last"])
        }
    }

    @Test("checkpoints written behind are the same, and a paused run goes on", arguments: Dialect.allCases)
    func behind(_ kind: Dialect) async throws {
        try await withThread(kind) { database, user, thread in
            let runner = GraphRunner(try Watch().graph(), database: database, pace: .behind)
            _ = try await runner.run(Trail(goesLeft: true), on: thread, for: user)
            let paused = try await runner.run(Trail(), on: thread, for: user, through: "right")
            #expect(paused.state.steps == ["start", "right"])
            #expect(try await runner.isUnfinished(thread, for: user))
            let whole = try await runner.goOn(paused, for: user)
            #expect(whole.state.steps == ["start", "right", "last"] && whole.timings.map(\.node) == ["last"])
            let all = try await database.read(as: .user(user)) {
                try await GraphCheckpointStore().all(of: thread, user: user, in: $0)
            }
            #expect(all.map(\.node) == [nil, "start", "left", "last", nil, "start", "right", "last"])
            #expect(Set(all.map(\.parent)) == Set([nil] + all.dropLast().map(\.id)))
            // A run that another has gone on from is brought to its end all the same: nobody waits for its checkpoints.
            _ = try await runner.run(Trail(), on: thread, for: user)
            #expect(try await runner.goOn(paused, for: user).state.steps == ["start", "right", "last"])
        }
    }

    @Test("what fails behind is kept as failed", arguments: Dialect.allCases)
    func failedBehind(_ kind: Dialect) async throws {
        try await withThread(kind) { database, user, thread in
            let watch = Watch()
            let runner = GraphRunner(try watch.graph(), database: database, pace: .behind)
            watch.fault.withLock { $0 = ("right", .fails) }
            await #expect(throws: Watch.Broken.self) { try await runner.run(Trail(), on: thread, for: user) }
            let last = try await database.read(as: .user(user)) {
                try await GraphCheckpointStore().last(of: thread, graph: "trail", user: user, in: $0)
            }
            #expect(last?.node == "right" && last?.metadata.failure == "Broken" && last?.next == nil)
        }
    }

    @Test("threads that nothing ran on for long go, and others stay", arguments: Dialect.allCases)
    func unused(_ kind: Dialect) async throws {
        try await withThread(kind) { database, user, thread in
            let now = Date(timeIntervalSince1970: 1_800_000_000)
            let time = Mutex(now.addingTimeInterval(-8 * 86_400))
            var ambient = Ambient.live
            ambient.now = { time.withLock { $0 } }
            let runner = GraphRunner(try Watch().graph(), database: database, ambient: ambient)
            _ = try await runner.run(Trail(), on: thread, for: user)
            time.withLock { $0 = now }
            let recent: GraphThreadID = ambient.newID()
            _ = try await runner.run(Trail(), on: recent, for: user)
            let gone = try await database.transaction(as: .system) {
                try await GraphCheckpointStore().deleteUnused(since: now.addingTimeInterval(-7 * 86_400), limit: 100, in: $0)
            }
            #expect(gone > 0)
            #expect(try await runner.lastState(of: thread, for: user) == nil)
            #expect(try await runner.lastState(of: recent, for: user) != nil)
        }
    }

    @Test("nobody sees another's", arguments: Dialect.allCases)
    func others(_ kind: Dialect) async throws {
        try await withThread(kind) { database, user, thread in
            let runner = GraphRunner(try Watch().graph(), database: database)
            _ = try await runner.run(Trail(), on: thread, for: user)
            #expect(try await runner.lastState(of: thread, for: Ambient.live.newID()) == nil)
        }
    }
}
