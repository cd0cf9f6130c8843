import Ambient
import Events
import FoundationEssentials
import HTTPServing

/// What accounts tell.
enum AccountsEvents {
    /// An account was made.
    struct Registered: APIType {
        var userID: String
        var role: String
        /// By which invitation; absent without one.
        var invitationID: String?

        enum CodingKeys: String, CodingKey {
            case userID = "user_id"
            case role
            case invitationID = "invitation_id"
        }
    }

    /// Somebody was invited to make an account, or an invitation was taken back.
    struct Invited: APIType {
        var invitationID: String
        var role: String

        enum CodingKeys: String, CodingKey {
            case role
            case invitationID = "invitation_id"
        }
    }

    /// Somebody may do more than before, or less.
    struct RoleChanged: APIType {
        var userID: String
        var role: String

        enum CodingKeys: String, CodingKey {
            case userID = "user_id"
            case role
        }
    }

    /// An account is gone.
    struct Deleted: APIType {
        var userID: String

        enum CodingKeys: String, CodingKey { case userID = "user_id" }
    }

    /// Signing in takes a code from now on, or takes none any more.
    struct SecondFactorChanged: APIType {
        var userID: String
        var isOn: Bool

        enum CodingKeys: String, CodingKey {
            case userID = "user_id"
            case isOn = "is_on"
        }
    }

    /// An account has another address, or has shown that the one it has is its owner's.
    struct EmailChanged: APIType {
        var userID: String

        enum CodingKeys: String, CodingKey { case userID = "user_id" }
    }

    /// Somebody signed in on a kind of device, or in a country, on which they never did.
    struct NewDevice: APIType {
        var userID: String
        var userAgent: String
        var country: String?
        var city: String?
        var at: Date

        enum CodingKeys: String, CodingKey {
            case country, city, at
            case userID = "user_id"
            case userAgent = "user_agent"
        }
    }

    /// A passkey opens an account from now on, or no more.
    struct PasskeyChanged: APIType {
        var userID: String
        var name: String

        enum CodingKeys: String, CodingKey {
            case name
            case userID = "user_id"
        }
    }

    /// An archive of an account was taken in, or could not be.
    struct Imported: APIType {
        var importID: String
        var state: AccountImport.State
        /// Rows that did not come in.
        var left: Int

        enum CodingKeys: String, CodingKey {
            case state, left
            case importID = "import_id"
        }

        init(_ taken: AccountImport) { (importID, state, left) = (taken.id.description, taken.state, taken.report.left) }
    }

    static let imported = EventKind(
        "user.imported", "An archive of an account was taken in, or could not be.", payload: Imported.self, isSecurity: true)
    static let passkeyAdded = EventKind(
        "user.passkey_added", "A passkey signs in to an account from now on.", payload: PasskeyChanged.self, isSecurity: true)
    static let passkeyRemoved = EventKind(
        "user.passkey_removed", "A passkey signs in to an account no more.", payload: PasskeyChanged.self, isSecurity: true)
    static let newDevice = EventKind(
        "user.new_device", "Somebody signed in on a kind of device, or in a country, on which they never did.",
        payload: NewDevice.self, isSecurity: true)
    static let emailChanged = EventKind(
        "user.email_changed", "An account is signed in to by another address.", payload: EmailChanged.self, isSecurity: true)
    static let emailVerified = EventKind(
        "user.email_verified", "Whoever has the account reads the mail of its address.", payload: EmailChanged.self,
        isSecurity: true)
    static let registered = EventKind("user.registered", "An account was made.", payload: Registered.self, isSecurity: true)
    static let deleted = EventKind(
        "user.deleted", "An account and all that was kept of it are gone.", payload: Deleted.self, isSecurity: true)
    static let roleChanged = EventKind(
        "user.role_changed", "What somebody may do changed: their role is another.", payload: RoleChanged.self, isSecurity: true)
    static let secondFactorChanged = EventKind(
        "user.second_factor_changed", "Signing in takes a code from now on, or takes none any more.",
        payload: SecondFactorChanged.self, isSecurity: true)
    static let invited = EventKind(
        "invitation.made", "Somebody may make an account by a link.", payload: Invited.self, isSecurity: true)
    static let invitationRevoked = EventKind(
        "invitation.revoked", "The link of an invitation is good for nothing any more.", payload: Invited.self, isSecurity: true)
    static let all = [
        registered, roleChanged, invited, invitationRevoked, secondFactorChanged, emailChanged, emailVerified, newDevice,
        passkeyAdded, passkeyRemoved, imported,
        deleted,
    ]
}
