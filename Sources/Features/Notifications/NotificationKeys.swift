import Ambient
import Cryptography
import Database
import FoundationEssentials

/// What is made once for the installation and kept in the database: the key that pushes are signed with, and the secret of links by
/// which mail is turned off.
struct NotificationKeys: Sendable, Hashable {
    let push: P256Key
    let linkSecret: [UInt8]

    /// Reads them; makes them where there are none. Of several processes that do so at once, one's are kept.
    static func load(from database: any Database) async throws -> NotificationKeys {
        if let known = try await database.read(as: .system, { try await find(in: $0) }) { return known }
        return try await database.transaction(as: .system) { transaction in
            let made = try P256Key()
            try await transaction.execute(
                """
                INSERT INTO notification_keys (id, private_key, public_key, link_secret)
                VALUES (1, \(made.privateKey), \(made.publicKey), \(SecureRandom.bytes(32))) ON CONFLICT (id) DO NOTHING
                """)
            guard let kept = try await find(in: transaction) else { throw NotificationsFailure.noKeys }
            return kept
        }
    }

    private static func find(in transaction: any Transaction) async throws -> NotificationKeys? {
        try await transaction.first("SELECT private_key, public_key, link_secret FROM notification_keys WHERE id = 1").map {
            NotificationKeys(
                push: try P256Key(privateKey: try $0.get("private_key"), publicKey: try $0.get("public_key")),
                linkSecret: try $0.get("link_secret"))
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
    private var known: NotificationKeys?

    init(database: any Database) { self.database = database }

    var keys: NotificationKeys {
        get async throws {
            if let known { return known }
            let keys = try await NotificationKeys.load(from: database)
            known = keys
            return keys
        }
    }
}
