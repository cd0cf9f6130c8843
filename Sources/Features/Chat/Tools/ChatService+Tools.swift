package import Ambient
import Assembly
import Database
import FoundationEssentials
import JSON

/// What tools make when a student agrees.
extension ChatService {
    /// Has it made, under the message's id: what is asked for twice is made once.
    package func carryOut(_ id: MessageID, user: UserID) async throws -> ChatMessage {
        let (proposal, arguments) = try await database.read(as: .user(user)) { [store] tx -> (Proposal, String?) in
            guard let message = try await store.message(id, user: user, in: tx) else { throw ChatFailure(.noMessage) }
            guard let proposal = message.proposal else { throw ChatFailure(.noProposal) }
            return (proposal, try await store.arguments(of: id, user: user, in: tx))
        }
        guard proposal.state != .done else { return try await message(id, user: user) }
        guard let tool = generation.tools.first(where: { $0.name == proposal.tool }), let arguments,
            let deed = try await tool.make(try JSONColumn.value(arguments, as: JSONValue.self), as: id.uuid, for: user)
        else { throw ChatFailure(.noProposal) }
        return try await settle(id, .done, deed, user: user)
    }

    /// Takes it back.
    package func undo(_ id: MessageID, user: UserID) async throws -> ChatMessage {
        let message = try await message(id, user: user)
        guard let proposal = message.proposal, let tool = generation.tools.first(where: { $0.name == proposal.tool }) else {
            throw ChatFailure(.noProposal)
        }
        guard proposal.state == .done else { return message }
        try await tool.undo(id.uuid, for: user)
        return try await settle(id, .undone, nil, user: user)
    }

    private func settle(_ id: MessageID, _ state: Proposal.State, _ deed: ToolDeed?, user: UserID) async throws -> ChatMessage {
        try await database.transaction(as: .user(user)) { [store] tx in
            // It may have been written anew meanwhile.
            guard var message = try await store.message(id, user: user, locking: true, in: tx) else {
                throw ChatFailure(.noMessage)
            }
            guard var proposal = message.proposal else { throw ChatFailure(.noProposal) }
            proposal.state = state
            proposal.deed = deed
            message.proposal = proposal
            try await store.set(proposal, of: id, user: user, in: tx)
            return message
        }
    }
}

/// The SQL of what answers propose.
extension ChatStore {
    /// What the proposed tool is called with, as JSON.
    func arguments(of id: MessageID, user: UserID, in tx: any Transaction) async throws -> String? {
        try await tx.first("SELECT arguments FROM chat_messages WHERE id = \(id) AND user_id = \(user)")?.optional("arguments")
    }

    func set(_ proposal: Proposal, of id: MessageID, user: UserID, in tx: any Transaction) async throws {
        try await tx.execute(
            "UPDATE chat_messages SET proposal = \(try JSONColumn.text(proposal)) WHERE id = \(id) AND user_id = \(user)")
    }
}
