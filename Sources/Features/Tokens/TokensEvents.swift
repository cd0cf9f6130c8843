import Ambient
import Database
import Events
import HTTPServing

/// What is told of tokens.
enum TokensEvents {
    /// A token was made, or taken away.
    struct TokenChanged: APIType {
        var id: String
        var userID: String
        var name: String
        var scopes: [String]

        enum CodingKeys: String, CodingKey {
            case id, name, scopes
            case userID = "user_id"
        }
    }

    static let made = EventKind("token.made", "A personal token was made.", payload: TokenChanged.self, isSecurity: true)
    static let removed = EventKind(
        "token.removed", "A personal token was taken away.", payload: TokenChanged.self, isSecurity: true)
    static let all = [made, removed]
}

extension EventKind {
    func append(_ token: PersonalToken, to outbox: EventOutbox, in transaction: any Transaction) async throws {
        let payload = TokensEvents.TokenChanged(
            id: token.id.description, userID: token.userID.description, name: token.name, scopes: token.scopes)
        try await outbox.append(EventDraft(type: name, userID: token.userID, payload: payload), in: transaction)
    }
}
