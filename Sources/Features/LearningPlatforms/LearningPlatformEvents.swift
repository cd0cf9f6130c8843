import Ambient
import Database
import Events
import HTTPServing

/// What is told of learning platforms. All of it is about safety: who may sign people in here, and whose accounts they open.
enum LearningPlatformEvents {
    struct PlatformChanged: APIType {
        var platformID: String
        var name: String
        var issuer: String

        enum CodingKeys: String, CodingKey {
            case name, issuer
            case platformID = "platform_id"
        }

        static var schemaName: String { "ChangedLearningPlatform" }
    }

    struct KeyMade: APIType {
        var keyID: String

        enum CodingKeys: String, CodingKey { case keyID = "key_id" }

        static var schemaName: String { "LearningPlatformKeyMade" }
    }

    struct IdentityChanged: APIType {
        var userID: String
        /// As people know the platform.
        var platform: String

        enum CodingKeys: String, CodingKey {
            case platform
            case userID = "user_id"
        }

        static var schemaName: String { "ChangedPlatformIdentity" }
    }

    static let registered = EventKind(
        "learning_platform.registered", "A learning platform may launch this installation from now on.",
        payload: PlatformChanged.self, isSecurity: true)
    static let changed = EventKind(
        "learning_platform.changed", "How a learning platform is known here was changed.", payload: PlatformChanged.self,
        isSecurity: true)
    static let removed = EventKind(
        "learning_platform.removed", "A learning platform may launch this installation no longer.", payload: PlatformChanged.self,
        isSecurity: true)
    static let keyMade = EventKind(
        "learning_platform.key_made", "Another key signs for learning platforms from now on.", payload: KeyMade.self,
        isSecurity: true)
    static let linked = EventKind(
        "user.platform_linked", "An account at a learning platform opens this one from now on.", payload: IdentityChanged.self,
        isSecurity: true)
    static let unlinked = EventKind(
        "user.platform_unlinked", "An account at a learning platform opens this one no longer.", payload: IdentityChanged.self,
        isSecurity: true)
    static let all = [registered, changed, removed, keyMade, linked, unlinked]
}

extension EventOutbox {
    func append(
        _ kind: EventKind, _ platform: LearningPlatform, by administrator: UserID, in transaction: any Transaction
    ) async throws {
        try await append(
            EventDraft(
                type: kind.name, userID: administrator,
                payload: LearningPlatformEvents.PlatformChanged(
                    platformID: platform.id.description, name: platform.name, issuer: platform.issuer)), in: transaction)
    }

    func append(_ kind: EventKind, of user: UserID, at platform: String, in transaction: any Transaction) async throws {
        try await append(
            EventDraft(
                type: kind.name, userID: user,
                payload: LearningPlatformEvents.IdentityChanged(userID: user.description, platform: platform)), in: transaction)
    }
}
