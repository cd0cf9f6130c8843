package import Ambient
import Chat
import Database

/// A finished answer, for the terminal.
package struct TerminalAnswer: Sendable {
    /// What a citation's number stands for.
    package struct Source: Sendable {
        package let number: Int
        /// Title, page and section.
        package let place: String
        package let quote: String
    }

    package let sources: [Source]
    /// False if the answer failed or was stopped.
    package let isComplete: Bool
    /// The whole message as the API gives it.
    package let json: String
}

extension Application {
    /// Asks in a new conversation, which the web app shows too.
    package func ask(_ question: String, user: UserID, onText: @Sendable (String) -> Void) async throws -> TerminalAnswer {
        let chat = try feature(ChatFeature.self).service
        let conversation = try await chat.create(title: nil, documentIDs: nil, user: user)
        let pending = try await chat.ask(question, in: conversation.id, user: user)
        try await chat.follow(pending.id, after: 0, user: user) { events in
            for event in events where event.event == .delta {
                onText(try JSONColumn.value(event.data, as: Delta.self).text.safeForTerminal)
            }
        }
        let message = try await chat.message(pending.id, user: user)
        let sources = message.citations.map { citation in
            var place = citation.title
            if let page = citation.page { place += ", page \(page)" }
            if let section = citation.section { place += ", \(section)" }
            return TerminalAnswer.Source(
                number: citation.number, place: place.safeForTerminal, quote: citation.quote.safeForTerminal)
        }
        return TerminalAnswer(
            sources: sources, isComplete: message.status == .completed, json: try JSONColumn.text(message))
    }
}

/// The `delta` event's payload.
private struct Delta: Decodable { let text: String }
