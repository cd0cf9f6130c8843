import Ambient
package import Assembly
import Database
import Failures
import FoundationEssentials
import Jobs
import JSON
import Places
import Telemetry

extension AccountsService {
    /// The account and its sign-ins, as `account.json`. The end of the account itself removes them.
    package static let portability = AccountPortability(
        export: { user, transaction in
            guard let profile = try await ProfileStore().find(user, in: transaction) else { return [] }
            let sessions = try await SessionStore().list(of: user, at: Date(timeIntervalSince1970: 0), in: transaction)
            return [.init("account.json", json: ExportedAccount(profile, sessions))]
        },
        staying: [
            "sessions": .secret, "refresh_tokens": .secret, "password_resets": .secret, "second_factors": .secret,
            "recovery_codes": .secret, "email_confirmations": .secret, "passkeys": .secret, "passkey_challenges": .secret,
            "known_devices": .secret, "invitations": .people, "account_imports": .passing,
        ],
        // The account's rows go with the account.
        erase: { user, ground, transaction in
            for left in LeftFiles.batches(try await AccountImportStore().digests(of: user, in: transaction)) {
                try await ground.jobs.enqueue(AccountJobs.removeFiles, left, user: nil, in: transaction)
            }
        })

    /// Takes over what a person said of themselves elsewhere, where they have not said it here.
    func takeProfile(of user: UserID, from exported: [UInt8]) async throws {
        guard let told = try? JSONDecoder().decode(ToldProfile.self, from: Data(exported)) else { return }
        let here = try await database.read(as: .user(user)) { try await profiles.find(user, in: $0) }
        guard let here else { return }
        var change = ProfileChange()
        if here.user.avatarColour == nil { change.avatarColour = told.avatarColour }
        if here.subjects.isEmpty { change.subjects = told.subjects }
        if here.preferences.isEmpty { change.preferences = told.preferences }
        do {
            _ = try await changeProfile(of: user, change)
        } catch let failure as AccountsFailure where failure.code == .validationFailed {
            logger.info("a profile was not taken over", ["user_id": "\(user)"])
        }
    }
}

private struct ToldProfile: Decodable {
    let avatarColour: AvatarColour?
    let subjects: [String]?
    let preferences: [String: JSONValue]?

    enum CodingKeys: String, CodingKey {
        case subjects, preferences
        case avatarColour = "avatar_colour"
    }
}

private struct ExportedAccount: Encodable, Sendable {
    struct SignIn: Encodable, Sendable {
        let userAgent: String
        let createdAt: Date
        let lastUsedAt: Date
        let address: String?
        let country: String?
        let city: String?
    }

    let id: String
    let email: String
    let displayName: String
    let role: String
    let createdAt: Date
    let avatarColour: AvatarColour?
    let subjects: [String]
    let preferences: [String: JSONValue]
    let sessions: [SignIn]

    init(_ profile: Profile, _ sessions: [Session]) {
        let user = profile.user
        (avatarColour, subjects, preferences) = (user.avatarColour, profile.subjects, profile.preferences)
        id = user.id.description
        email = user.email
        displayName = user.displayName
        role = user.role.rawValue
        createdAt = user.createdAt
        self.sessions = sessions.map {
            SignIn(
                userAgent: $0.userAgent, createdAt: $0.createdAt, lastUsedAt: $0.lastUsedAt, address: $0.address,
                country: $0.place?.country,
                city: $0.place?.city)
        }
    }
}
