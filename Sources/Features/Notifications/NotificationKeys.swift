import Ambient
import Cryptography
import Database
import FoundationEssentials

/// What is made once for the installation and kept in the database, sealed: the key that pushes are signed with, and the secret of links
/// by which mail is turned off.
struct NotificationKeys: Sendable, Hashable {
    let push: P256Key
    let linkSecret: [UInt8]

    /// Reads them; makes them where there are none. Of several processes that do so at once, one's are kept.
    static func load(from database: any Database, _ seal: SecretSeal) async throws -> NotificationKeys {
        if let known = try await database.read(as: .system, { try await find(seal, in: $0) }) { return known }
        return try await database.transaction(as: .system) { transaction in
            let made = try P256Key()
            try await transaction.execute(
                """
                INSERT INTO notification_keys (id, private_key, public_key, link_secret)
                VALUES (
                    1, \(seal.seal(made.privateKey, place: Place.push)), \(made.publicKey),
                    \(seal.seal(SecureRandom.bytes(32), place: Place.links))) ON CONFLICT (id) DO NOTHING
                """)
            guard let kept = try await find(seal, in: transaction) else { throw NotificationsFailure.noKeys }
            return kept
        }
    }

    private enum Place {
        static let push = "notification_keys.private_key"
        static let links = "notification_keys.link_secret"
    }

    private static func find(_ seal: SecretSeal, in transaction: any Transaction) async throws -> NotificationKeys? {
        try await transaction.first("SELECT private_key, public_key, link_secret FROM notification_keys WHERE id = 1").map {
            NotificationKeys(
                push: try P256Key(
                    privateKey: try seal.open($0.get("private_key"), place: Place.push), publicKey: try $0.get("public_key")),
                linkSecret: try seal.open($0.get("link_secret"), place: Place.links))
        }
    }

    /// What a link carries that turns a student's mail off, without their signing in.
    func unsubscribeToken(for user: UserID) -> String { "\(user).\(Base64URL.encode(code(for: user)))" }

    /// Whose token it is; nil unless it is one of ours.
    func user(of token: String) -> UserID? {
        let parts = token.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count == 2, let user = UserID(String(parts[0])), let given = Base64URL.decode(String(parts[1])) else {
            return nil
        }
        return MessageAuthentication.equal(given, code(for: user)) ? user : nil
    }

    private func code(for user: UserID) -> [UInt8] {
        MessageAuthentication.code(for: Array("unsubscribe \(user)".utf8), key: linkSecret)
    }
}

/// The keys of this process, read when they are first needed: they never change.
actor NotificationKeyring {
    private let database: any Database
    private let seal: SecretSeal
    private var known: NotificationKeys?

    init(database: any Database, seal: SecretSeal) { (self.database, self.seal) = (database, seal) }

    var keys: NotificationKeys {
        get async throws {
            if let known { return known }
            let keys = try await NotificationKeys.load(from: database, seal)
            known = keys
            return keys
        }
    }
}
