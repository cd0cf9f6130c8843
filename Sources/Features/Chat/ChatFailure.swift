package import Failures
package import Passages

/// What the chat refuses.
package struct ChatFailure: Failure {
    package enum Kind: Sendable, Hashable {
        case noConversation
        case noMessage
        /// An answer is being written in this conversation.
        case busy
        case nothingToAnswer
        /// Only an answer can be stopped or written anew.
        case notAnAnswer
        case notTheLast
        /// Another process writes this answer.
        case takenOver
        case shuttingDown
        case tooSlow
        /// It was tried several times, and never came to an end.
        case givenUp
        case unknownDocument(DocumentID)
        /// There is nothing in it to agree to.
        case noProposal
    }

    package let kind: Kind
    package init(_ kind: Kind) { self.kind = kind }

    package var code: FailureCode {
        switch kind {
        case .noConversation, .noMessage: .notFound
        case .busy, .nothingToAnswer, .notAnAnswer, .notTheLast, .takenOver, .noProposal: .conflict
        case .shuttingDown: .unavailable
        case .tooSlow, .givenUp: .badGateway
        case .unknownDocument: .validationFailed
        }
    }

    package var message: String {
        switch kind {
        case .noConversation: "There is no such conversation."
        case .noMessage: "There is no such message."
        case .busy: "An answer is still being written in this conversation. Wait for it, or stop it first."
        case .nothingToAnswer: "There is no question to answer."
        case .notAnAnswer: "That is a question, not an answer."
        case .notTheLast: "Only the last answer of a conversation can be written anew."
        case .takenOver: "Another server writes this answer."
        case .shuttingDown: "The server is stopping. Your question is kept; the answer follows when it is back."
        case .tooSlow: "The answer took too long. Try again."
        case .givenUp: "The answer could not be finished. Try again."
        case .unknownDocument: "There is no such document."
        case .noProposal: "This answer proposes nothing that could be made or taken back."
        }
    }

    package var details: [String: String] {
        if case .unknownDocument(let id) = kind { ["document_ids": "there is no document \(id)"] } else { [:] }
    }

    package var retryAfter: Duration? { kind == .shuttingDown ? .seconds(5) : nil }
}
