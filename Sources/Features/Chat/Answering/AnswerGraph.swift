import Ambient
import Graphs
import Passages
import Recollection
import Synchronization

/// What an answer leaves of itself in its checkpoints: ids and counts. Words stay in the conversation and in memory, where they are deleted.
struct AnswerState: Codable, Sendable, Equatable {
    let message: MessageID
    /// What is remembered that may matter to it.
    var memories: [MemoryID] = []
    /// Which way the question took.
    var route: String?
    /// What it is made from.
    var passages: [ChunkID] = []
    var citations = 0
}

/// An answer while it is made: what its steps hand to each other besides their state.
final class AnswerInHand: Sendable {
    struct Held: Sendable {
        var task: AnswerMaker.Assignment
        var route = AnswerMaker.Route(kind: .documents, intent: .content)
        var material: AnswerMaker.Material?
        var answer: AnswerMaker.Answer?
    }

    private let held: Mutex<Held>

    init(_ task: AnswerMaker.Assignment) { held = Mutex(Held(task: task)) }

    var now: Held { held.withLock { $0 } }
    func change(_ body: (inout Held) -> Void) { held.withLock { body(&$0) } }
}

/// The steps of an answer: what is remembered, which way the question goes, what it is answered from, the answer, and, when that has
/// been given, what was said in short.
///
/// What the question tells of the student is kept by a job that its transaction enqueues, so no step of the answer waits for it.
struct AnswerGraph: Sendable {
    /// The last step that the student waits for.
    static let answer = "answer"

    let maker: AnswerMaker
    let hand: AnswerInHand
    let summary: ConversationSummary
    let tell: @Sendable (AnswerMaker.Step) throws -> Void

    func graph() throws(GraphFailure) -> StateGraph<AnswerState> {
        typealias Node = StateGraph<AnswerState>.Node
        return try StateGraph(
            "chat", entry: "memory",
            [
                Node("memory", then: .to("router")) { state, _ in
                    let found = try await maker.recollection(hand.now.task)
                    hand.change { $0.task.recollection = found }
                    var state = state
                    state.memories = found.memories.map(\.id)
                    return state
                },
                Node("router", then: .choose(among: ["context", Self.answer], Self.edge)) { state, _ in
                    var task = hand.now.task
                    let route = try await maker.route(&task)
                    hand.change { [task] in ($0.task, $0.route) = (task, route) }
                    var state = state
                    state.route = route.kind.rawValue
                    return state
                },
                Node("context", then: .to(Self.answer)) { state, _ in
                    let (task, route) = (hand.now.task, hand.now.route)
                    let material = try await maker.material(task, route, tell)
                    hand.change { $0.material = material }
                    var state = state
                    if case .passages(_, let passages, _) = material { state.passages = passages.map(\.chunkID) }
                    return state
                },
                Node(Self.answer, then: .to("summary")) { state, _ in
                    let held = hand.now
                    let material =
                        if let material = held.material { material } else {
                            try await maker.material(held.task, held.route, tell)
                        }
                    let answer = try await maker.answer(held.task, held.route, from: material, tell)
                    hand.change { $0.answer = answer }
                    var state = state
                    state.citations = answer.citations.count
                    return state
                },
                Node("summary", then: .end) { state, step in
                    try await summary.renew(ConversationID(step.thread.uuid), user: step.user)
                    return state
                },
            ])
    }

    /// What the student tells needs nothing to be looked up.
    @Sendable private static func edge(of state: AnswerState) -> String {
        state.route == AnswerMaker.Route.Kind.told.rawValue ? answer : "context"
    }
}
