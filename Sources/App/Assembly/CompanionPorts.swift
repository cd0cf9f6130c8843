import Ambient
import Chat
import Companion
import Database
import Failures
import FoundationEssentials
import Recollection
import Transcripts

extension CompanionChat {
    /// Sessions as conversations of the chat: the port that joins two features which do not know each other's rules.
    static func of(_ chat: ChatService) -> CompanionChat {
        CompanionChat(
            begin: { course, documents, remembers, user in
                let conversation = try await chat.create(
                    title: nil, courseID: course, documentIDs: documents, remembers: remembers, user: user)
                return SessionID(conversation.id.uuid)
            },
            remembers: { id, user in try await chat.conversation(ConversationID(id.uuid), user: user).remembers },
            ask: { text, id, user in try await chat.ask(text, in: ConversationID(id.uuid), user: user).id.uuid },
            follow: { id, user, say in
                try await chat.followText(of: MessageID(id), user: user, say: say)
                let message = try await chat.message(MessageID(id), user: user)
                return Answer(
                    messageID: id, text: message.content, citations: message.citations.count,
                    problem: message.status == .failed ? message.error ?? "" : nil)
            },
            stop: { id, user in
                do {
                    _ = try await chat.stop(MessageID(id), user: user)
                } catch let failure as ChatFailure where failure.kind == .noMessage {
                    return  // its conversation is gone
                }
            },
            note: { said, answered, model, id, user in
                try await chat.note(said, answered: answered, by: model, in: ConversationID(id.uuid), user: user).id.uuid
            },
            summary: { id, user in try await chat.summary(of: ConversationID(id.uuid), user: user) },
            sumUp: { id, user in try await chat.sumUp(ConversationID(id.uuid), user: user) },
            turns: { id, number, limit, user in
                let found = try await chat.turns(of: ConversationID(id.uuid), after: number, limit: limit, user: user)
                return (found.list.map { Turn(number: $0.number, isStudent: $0.role == .user, text: $0.content) }, found.last)
            })
    }
}

extension ChatManner {
    /// A conversation in which somebody speaks is answered in their manner, by voice and in text.
    static let ofPersonas = ChatManner { id, user, transaction in
        try await CompanionService.manner(in: SessionID(id.uuid), of: user, in: transaction)
    }
}

extension CompanionMemory {
    /// What the chat remembers of a student, the companion knows too.
    static func of(_ memory: any MemoryRecall) -> CompanionMemory {
        CompanionMemory { said, limit, user in
            try await memory.recall(for: user, question: said, limit: limit).memories.map(\.text)
        }
    }
}

extension CompanionHearing {
    /// What writes dictations down hears for the companion too.
    static func of(_ transcripts: TranscriptsService) -> CompanionHearing {
        CompanionHearing { parts, language in try await transcripts.dictate(parts, language: language) }
    }
}
