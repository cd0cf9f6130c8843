import FoundationEssentials

/// A turn of a session on its way through the graph: all of it is in each checkpoint, so it holds what is short.
package struct Turn: Codable, Sendable, Equatable {
    /// What the student said.
    var said: String
    /// `en` or `de`: what the companion's own words are in.
    var language: String
    var persona: Persona
    /// How many turns there were before it.
    var number: Int
    var remembers: Bool
    var route: TurnRoute?
    var memories: [String] = []
    var summary: String?
    /// Of the chat, while the answer is written there and after.
    var messageID: UUID?
    /// As it stands in the conversation.
    var text = ""
    /// As it is read aloud.
    var spoken = ""
    var citations = 0
    var picture: UUID?
    /// The answer is to be read more slowly.
    var isSlower = false
    /// The answer could not be made.
    var hasFailed = false

    /// Memories are not among it: who forgets one is to find it nowhere, and a turn that is resumed does without.
    private enum CodingKeys: String, CodingKey {
        case said, language, persona, number, remembers, route, summary, messageID, text, spoken, citations, picture, isSlower,
            hasFailed
    }
}
