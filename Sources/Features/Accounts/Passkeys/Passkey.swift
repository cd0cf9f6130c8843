import Ambient
import Database
import FoundationEssentials

/// A key on a person's device, or in their keychain, that signs in without a password.
struct Passkey: Sendable {
    /// The credential's id, in base 64 for URLs.
    let id: String
    let userID: UserID
    var name: String
    /// COSE, as it came.
    let key: [UInt8]
    var signCount: UInt32
    /// It is kept on several devices.
    var isBackedUp: Bool
    let createdAt: Date
    var lastUsedAt: Date?

    /// How many a person may have.
    static let most = 20

    init(
        id: String, userID: UserID, name: String, key: [UInt8], signCount: UInt32, isBackedUp: Bool, createdAt: Date
    ) {
        (self.id, self.userID, self.name, self.key) = (id, userID, name, key)
        (self.signCount, self.isBackedUp, self.createdAt, lastUsedAt) = (signCount, isBackedUp, createdAt, nil)
    }

    init(_ row: Row) throws {
        id = try row.get("id")
        userID = try row.get("user_id")
        name = try row.get("name")
        key = try row.get("public_key")
        signCount = UInt32(clamping: try row.get("sign_count", as: Int.self))
        isBackedUp = try row.get("is_backed_up")
        createdAt = try row.get("created_at")
        lastUsedAt = try row.optional("last_used_at")
    }
}

/// What a challenge was made for: an answer to one is none to another.
enum PasskeyPurpose: String, Sendable, SQLCodable {
    case register
    case signIn = "sign_in"
    case prove
}
