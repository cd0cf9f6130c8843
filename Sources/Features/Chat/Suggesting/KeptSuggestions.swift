import Ambient
import Passages
import Synchronization

/// Suggestions that were tried, as long as the documents in scope are the same; each process has its own, since they can be made again.
final class KeptSuggestions: Sendable {
    struct Key: Hashable, Sendable {
        let user: UserID
        let scope: [DocumentID]?
        let own: [String]
        /// What is in scope as it is now: a document that comes, goes or is read anew makes another key.
        let library: [ChatDocument]
        let limit: Int
    }

    struct Made: Sendable {
        var questions: [String]
        /// Not cut off before anything was found: only then is it kept.
        var isWhole: Bool
    }

    private struct State {
        var values: [Key: [String]] = [:]
        /// The latest used last.
        var order: [Key] = []
    }

    private static let capacity = 200
    private let state = Mutex(State())

    /// The value that is kept, or one that is made and kept.
    func value(for key: Key, _ make: () async throws -> Made) async throws -> [String] {
        let known = state.withLock { state -> [String]? in
            guard let value = state.values[key] else { return nil }
            state.order.removeAll { $0 == key }
            state.order.append(key)
            return value
        }
        if let known { return known }
        let made = try await make()
        guard made.isWhole else { return made.questions }
        state.withLock { state in
            if state.values.updateValue(made.questions, forKey: key) == nil { state.order.append(key) }
            if state.order.count > Self.capacity { state.values[state.order.removeFirst()] = nil }
        }
        return made.questions
    }
}
