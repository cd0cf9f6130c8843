import Ambient
import Database
import Events
import FoundationEssentials
import Telemetry
import TypedText

/// What an administrator does with platforms.
extension LearningPlatformService {
    private static let mostPlatforms = 100

    /// What is written of a platform.
    struct Draft: Sendable {
        var name: String
        var issuer: String
        var clientID: String
        var deployments: [String]
        var authorizationURL: String
        var tokenURL: String
        var keysURL: String
        var tokenAudience: String?
        var frameOrigins: [String]
        var makesTeachers: Bool
    }

    func all() async throws -> [LearningPlatform] { try await database.read(as: .system) { try await store.all(in: $0) } }

    func register(_ draft: Draft, by administrator: UserID) async throws -> LearningPlatform {
        let now = ambient.now()
        let platform = try checked(
            draft,
            LearningPlatform(
                id: ambient.newID(), name: "", issuer: "", clientID: "", deployments: [], authorizationURL: "", tokenURL: "",
                keysURL: "",
                tokenAudience: nil, frameOrigins: [], makesTeachers: false, createdAt: now, updatedAt: now))
        try await keeping {
            try await database.transaction(as: .system) { transaction in
                guard try await store.all(in: transaction).count < Self.mostPlatforms else {
                    throw LearningPlatformsFailure.invalid("name", "is one too many: \(Self.mostPlatforms) are registered")
                }
                try await store.insert(platform, in: transaction)
                try await outbox.append(LearningPlatformEvents.registered, platform, by: administrator, in: transaction)
            }
        }
        logger.notice("learning platform registered", ["platform": "\(platform.id)", "by": "\(administrator)"])
        return platform
    }

    func change(_ id: LearningPlatformID, to draft: Draft, by administrator: UserID) async throws -> LearningPlatform {
        let now = ambient.now()
        return try await keeping {
            try await database.transaction(as: .system) { transaction in
                guard let known = try await store.find(id, in: transaction) else { throw LearningPlatformsFailure.noPlatform }
                var platform = try checked(draft, known)
                platform.updatedAt = now
                try await store.update(platform, in: transaction)
                try await outbox.append(LearningPlatformEvents.changed, platform, by: administrator, in: transaction)
                return platform
            }
        }
    }

    /// Nobody comes in by it any more, and nothing goes back to it. Classes, and the accounts that came by it, stay.
    func remove(_ id: LearningPlatformID, by administrator: UserID) async throws {
        try await database.transaction(as: .system) { transaction in
            guard let platform = try await store.find(id, in: transaction), try await store.delete(id, in: transaction) else {
                throw LearningPlatformsFailure.noPlatform
            }
            try await outbox.append(LearningPlatformEvents.removed, platform, by: administrator, in: transaction)
        }
    }

    func rotateKey(by administrator: UserID) async throws {
        try await keys.rotate()
        let id = try await keys.current().id
        try await database.transaction(as: .system) {
            try await outbox.append(
                EventDraft(
                    type: LearningPlatformEvents.keyMade.name, userID: administrator,
                    payload: LearningPlatformEvents.KeyMade(keyID: id)), in: $0)
        }
    }

    private func keeping<Value: Sendable>(_ body: () async throws -> Value) async throws -> Value {
        do { return try await body() } catch let failure as DatabaseFailure where failure.kind == .unique {
            throw LearningPlatformsFailure.known
        }
    }

    private func checked(_ draft: Draft, _ known: LearningPlatform) throws(LearningPlatformsFailure) -> LearningPlatform {
        var platform = known
        platform.name = try Self.line(draft.name, "name", 1...80)
        // Compared letter by letter with what a token says: no slash is added or taken away.
        platform.issuer = try Self.line(draft.issuer, "issuer", 1...255)
        platform.clientID = try Self.line(draft.clientID, "client_id", 1...255)
        let deployments = try Self.lines(draft.deployments, "deployment_ids")
        guard (1...50).contains(deployments.count) else { throw .invalid("deployment_ids", "must name from 1 to 50") }
        platform.deployments = deployments
        platform.authorizationURL = try address(draft.authorizationURL, "authorization_url")
        platform.tokenURL = try address(draft.tokenURL, "token_url")
        platform.keysURL = try address(draft.keysURL, "keys_url")
        let audience = draft.tokenAudience?.trimmed ?? ""
        platform.tokenAudience = audience.isEmpty ? nil : try Self.line(audience, "token_audience", 1...500)
        let origins = try Self.lines(draft.frameOrigins, "frame_origins")
        guard origins.count <= 20, origins.allSatisfy(isOrigin) else {
            throw .invalid(
                "frame_origins", "must be origins such as https://school.example.org or https://*.example.org, 20 at most")
        }
        platform.frameOrigins = origins
        platform.makesTeachers = draft.makesTeachers
        return platform
    }

    private func address(_ text: String, _ field: String) throws(LearningPlatformsFailure) -> String {
        let text = text.trimmed
        guard client.permits(text), !text.contains("#") else {
            throw .invalid(field, "must be an https address, or at an origin that LM_LEARNING_PLATFORM_ORIGINS names")
        }
        return text
    }

    /// As a header of ours may say it: nothing that ends a word there.
    private func isOrigin(_ text: String) -> Bool {
        let plain = text.replacing("://*.", with: "://")
        guard plain.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F && !";,'\"*".utf8.contains($0) }) else { return false }
        return client.permits(plain) && PlatformClient.origin(of: plain) == plain
    }

    private static func line(_ text: String, _ field: String, _ range: ClosedRange<Int>) throws(LearningPlatformsFailure) -> String
    {
        let text = text.trimmed
        guard range.contains(text.utf8.count), text.unicodeScalars.allSatisfy({ $0.properties.generalCategory != .control }) else {
            throw .invalid(field, "must be a line of \(range.lowerBound) to \(range.upperBound) characters")
        }
        return text
    }

    private static func lines(_ texts: [String], _ field: String) throws(LearningPlatformsFailure) -> [String] {
        var found: [String] = []
        for text in texts where !text.trimmed.isEmpty {
            let line = try line(text, field, 1...255)
            if !found.contains(line) { found.append(line) }
        }
        return found
    }
}
