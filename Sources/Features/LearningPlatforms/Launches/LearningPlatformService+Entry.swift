import Accounts
import Ambient
import Database
import Events
import FoundationEssentials
import Telemetry

/// Coming in by a launch: as whom, and what is done next.
extension LearningPlatformService {
    /// What somebody comes with.
    struct Visitor: Sendable {
        /// Who is signed in where it comes.
        let user: UserID?
        /// The secret of the browser.
        let binding: String
        let userAgent: String
        let address: String?
    }

    /// What somebody who is not known yet has chosen.
    enum Wish: Sendable {
        case newAccount
        /// To connect the account that they are signed in to; with what proves that it is theirs.
        case link(ShownProof)
    }

    enum Entry: Sendable {
        /// Somebody is in. The grant is nil where they were already.
        case entered(Grant?, LaunchID)
        /// Nobody here is this account of the platform's.
        case unknown(Unknown)
    }

    struct Unknown: Sendable {
        let platform: String
        let email: String?
        let name: String?
        /// Whether they may make an account of their own.
        let mayRegister: Bool
    }

    func enter(state: String, wish: Wish?, secondFactor: String?, as visitor: Visitor) async throws -> Entry {
        let (digest, browser) = (LaunchBinding.digest(state), LaunchBinding.digest(visitor.binding))
        let (launch, platform, owner) = try await database.transaction(as: .system) { transaction in
            guard let launch = try await launches.find(state: digest, browser: browser, in: transaction),
                launch.expiresAt > ambient.now(), launch.told != nil,
                let platform = try await store.find(launch.platform, in: transaction)
            else { throw LearningPlatformsFailure.lost }
            guard launch.enteredAt == nil else { throw LearningPlatformsFailure.spent }
            let owner = try await identities.owner(of: try told(launch).subject, at: platform.id, in: transaction)
            return (launch, platform, owner)
        }
        let message = try told(launch)
        if let owner { return try await signIn(owner, by: launch, message, at: platform, secondFactor, visitor) }
        switch wish {
        case nil:
            return .unknown(
                .init(
                    platform: platform.name, email: message.email, name: message.name,
                    mayRegister: accounts.takesNewcomers && message.email?.isEmpty == false))
        case .link(let proof):
            guard let user = visitor.user else { throw LearningPlatformsFailure.lost }
            try await accounts.proveOwner(user, proof)
            return try await link(user, by: launch, message, at: platform)
        case .newAccount: return try await welcome(by: launch, message, at: platform, visitor)
        }
    }

    private func signIn(
        _ owner: UserID, by launch: Launch, _ message: LaunchMessage, at platform: LearningPlatform, _ code: String?,
        _ visitor: Visitor
    ) async throws -> Entry {
        try await elevate(owner, for: message, at: platform)
        // Who is signed in as the same person goes on as they are.
        let isIn = visitor.user == owner
        if !isIn, try await accounts.user(owner).hasSecondFactor, code != nil { try await accounts.countAttempt(of: owner) }
        let grant = try await database.transaction(as: .system) { transaction -> Grant? in
            let grant =
                isIn
                ? nil
                : try await accounts.signIn(
                    owner, code: code, userAgent: visitor.userAgent, address: visitor.address, in: transaction)
            try await enter(launch, as: owner, in: transaction)
            try await identities.noteUse(of: message.subject, at: platform.id, now: ambient.now(), in: transaction)
            return grant
        }
        return .entered(grant, launch.id)
    }

    private func link(
        _ user: UserID, by launch: Launch, _ message: LaunchMessage, at platform: LearningPlatform
    ) async throws -> Entry {
        try await database.transaction(as: .system) { transaction in
            try await enter(launch, as: user, in: transaction)
            try await keep(message.subject, of: user, at: platform, in: transaction)
        }
        try await elevate(user, for: message, at: platform)
        logger.notice("account at a learning platform linked", ["user_id": "\(user)", "platform": "\(platform.id)"])
        return .entered(nil, launch.id)
    }

    /// Makes an account of somebody who has none, where newcomers are taken.
    private func welcome(
        by launch: Launch, _ message: LaunchMessage, at platform: LearningPlatform, _ visitor: Visitor
    ) async throws -> Entry {
        guard let email = message.email, !email.isEmpty else { throw LearningPlatformsFailure.noEmail(platform.name) }
        let name = message.name ?? String(email.prefix { $0 != "@" })
        let grant = try await database.transaction(as: .system) { transaction in
            // Whoever has the address has the account; that a platform says so is not enough to give it to them.
            guard try await PeopleDirectory().find(email: email, in: transaction) == nil else {
                throw LearningPlatformsFailure.taken(platform.name)
            }
            // No platform says that it made sure of an address: it is confirmed as anybody's.
            let grant = try await accounts.register(
                email: email, isVerified: false, named: name, userAgent: visitor.userAgent, address: visitor.address,
                in: transaction)
            try await enter(launch, as: grant.user.id, in: transaction)
            try await keep(message.subject, of: grant.user.id, at: platform, in: transaction)
            return grant
        }
        try await elevate(grant.user.id, for: message, at: platform)
        logger.info("account made by a learning platform", ["user_id": "\(grant.user.id)", "platform": "\(platform.id)"])
        return .entered(grant, launch.id)
    }

    private func enter(_ launch: Launch, as user: UserID, in transaction: any Transaction) async throws {
        let now = ambient.now()
        guard
            try await launches.enter(
                launch.id, as: user, at: now, until: now.addingTimeInterval(Launch.enteredLifetime), in: transaction)
        else { throw LearningPlatformsFailure.spent }
    }

    private func keep(
        _ subject: String, of user: UserID, at platform: LearningPlatform, in transaction: any Transaction
    ) async throws {
        guard
            try await identities.insert(
                ambient.newID(), of: user, at: platform.id, subject: subject, now: ambient.now(), in: transaction)
        else { throw LearningPlatformsFailure.linkedElsewhere(platform.name) }
        try await outbox.append(LearningPlatformEvents.linked, of: user, at: platform.name, in: transaction)
    }

    /// Makes a student a teacher whom a platform calls an instructor, where an administrator has said that it may.
    private func elevate(_ user: UserID, for message: LaunchMessage, at platform: LearningPlatform) async throws {
        guard platform.makesTeachers, message.isInstructor, try await accounts.user(user).role == .student else { return }
        _ = try await accounts.setRole(.teacher, of: user)
    }

    // MARK: - The accounts that are linked

    func identities(of user: UserID) async throws -> [PlatformIdentity] {
        // A platform is nobody's: its name is read as the system.
        try await database.read(as: .system) { try await identities.list(of: user, in: $0) }
    }

    func unlink(_ id: PlatformIdentityID, of user: UserID) async throws {
        try await database.transaction(as: .system) { transaction in
            let hasPassword = try await accounts.lockedWays(of: user, in: transaction)
            guard let identity = try await identities.list(of: user, in: transaction).first(where: { $0.id == id }) else {
                throw LearningPlatformsFailure.noIdentity
            }
            guard hasPassword else { throw LearningPlatformsFailure.lastWay }
            _ = try await identities.delete(id, of: user, in: transaction)
            try await outbox.append(LearningPlatformEvents.unlinked, of: user, at: identity.platform, in: transaction)
        }
    }
}
