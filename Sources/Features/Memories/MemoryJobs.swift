import Assembly
import Database
import Embedding
import Jobs
import LanguageModels
import Recollection

/// The jobs of memory.
enum MemoryJobs {
    struct Payload: Codable, Sendable {
        let utteranceID: UtteranceID
        private enum CodingKeys: String, CodingKey { case utteranceID = "utterance_id" }
    }

    /// One at a time in a process: with a language model each is a call.
    static let queue = WorkQueue("memory", width: 1)
    static let remember = JobKind<Payload>("memories.remember", queue: queue.name, maxAttempts: 4, timeout: .seconds(300))

    static func handlers(_ service: MemoryService, model: (any TextModel)?) -> [JobHandler] {
        [
            JobHandler(remember) { payload, context in
                guard let user = context.userID else { return nil }
                let text = try await service.database.read(as: context.actor) { transaction -> String? in
                    guard try await service.store.isOn(for: user, in: transaction) else { return nil }
                    return try await service.sources.text(payload.utteranceID, user, transaction)
                }
                guard let text else { return nil }
                func keep(_ found: [Recollected]) async throws -> MemoryKeeper.Outcome {
                    guard !found.isEmpty else { return .init() }
                    let vectors = try await service.embedder.embed(found.map(\.text))
                    return try await context.keep(in: service.database) { transaction in
                        // It may have been turned off, or the message deleted, meanwhile.
                        guard try await service.store.hold(user, in: transaction),
                            try await service.sources.text(payload.utteranceID, user, transaction) != nil
                        else { return .init() }
                        return try await service.keeper.keep(
                            Array(zip(found, vectors)), from: payload.utteranceID, user: user, in: transaction)
                    }
                }
                // What the rules find is kept whether or not the model can be reached.
                var outcome = try await keep(RecollectionRules.reading(of: text).found)
                if let model {
                    let more = try await keep(try await ModelRecollection(model).recollected(from: text, of: user))
                    outcome.made += more.made
                    outcome.merged += more.merged
                }
                return ["made": "\(outcome.made)", "merged": "\(outcome.merged)"]
            }
        ]
    }
}
