import Cryptography
import FoundationEssentials
import HTTPServing
import WebAuthn

// What browsers take and give: names and forms are those of WebAuthn's own JSON (`parseCreationOptionsFromJSON`, `toJSON`).

/// A passkey that is to be made.
struct PasskeyCreationOptions: APIType {
    struct Party: APIType {
        var id: String
        var name: String
        static var schemaName: String { "PasskeyParty" }
    }

    struct Person: APIType {
        var id: String
        var name: String
        var displayName: String
        static var schemaName: String { "PasskeyPerson" }
    }

    struct Parameter: APIType {
        var type: String
        var alg: Int
        static var schemaName: String { "PasskeyParameter" }
    }

    struct Selection: APIType {
        var residentKey: String
        var requireResidentKey: Bool
        var userVerification: String
        static var schemaName: String { "PasskeySelection" }
    }

    var challenge: String
    var rp: Party
    var user: Person
    var pubKeyCredParams: [Parameter]
    var timeout: Int
    var excludeCredentials: [PasskeyDescriptor]
    var authenticatorSelection: Selection
    var attestation: String

    init(_ begun: (user: User, challenge: String, known: [Passkey]), party: RelyingParty) {
        challenge = begun.challenge
        rp = Party(id: party.id, name: "Little Monster")
        user = Person(
            id: Base64URL.encode(begun.user.id.bytes), name: begun.user.email, displayName: begun.user.displayName)
        pubKeyCredParams = CredentialKey.Algorithm.allCases.map { Parameter(type: "public-key", alg: $0.rawValue) }
        timeout = Int(AccountsService.passkeyPatience * 1000)
        excludeCredentials = begun.known.map { PasskeyDescriptor(type: "public-key", id: $0.id) }
        authenticatorSelection = Selection(residentKey: "required", requireResidentKey: true, userVerification: "required")
        attestation = "none"
    }
}

struct PasskeyDescriptor: APIType {
    var type: String
    var id: String
}

/// A passkey that is to be used.
struct PasskeyRequestOptions: APIType {
    var challenge: String
    var rpId: String
    var timeout: Int
    var userVerification: String
    var allowCredentials: [PasskeyDescriptor]

    init(challenge: String, known: [Passkey] = [], party: RelyingParty) {
        (self.challenge, rpId) = (challenge, party.id)
        timeout = Int(AccountsService.passkeyPatience * 1000)
        userVerification = "required"
        allowCredentials = known.map { PasskeyDescriptor(type: "public-key", id: $0.id) }
    }
}

/// A passkey that was made.
struct NewPasskeyRequest: APIType {
    struct Credential: APIType {
        struct Response: APIType {
            var clientDataJSON: String
            var attestationObject: String
            static var schemaName: String { "PasskeyAttestation" }
        }

        var id: String
        var response: Response
        static var schemaName: String { "NewPasskeyCredential" }
    }

    var name: String
    var credential: Credential

    static var constraints: [Constraint<NewPasskeyRequest>] {
        [
            .length(\.name, "name", 1...60), .notBlank(\.name, "name"),
            .check("credential") { $0.credential.response.attestationObject.utf8.count > 65_536 ? "is too long" : nil },
        ]
    }
}

/// A passkey that was used.
struct PasskeyCredential: APIType {
    struct Response: APIType {
        var clientDataJSON: String
        var authenticatorData: String
        var signature: String
        var userHandle: String?
        static var schemaName: String { "PasskeyAssertion" }
    }

    var id: String
    var response: Response

    /// nil where a part is not in base 64 for URLs.
    var assertion: AccountsService.Assertion? {
        guard id.utf8.count <= 1400, let client = Base64URL.decode(response.clientDataJSON),
            let data = Base64URL.decode(response.authenticatorData), let signature = Base64URL.decode(response.signature)
        else { return nil }
        let handle = response.userHandle.flatMap { $0.isEmpty ? nil : Base64URL.decode($0) }
        return AccountsService.Assertion(
            credentialID: id, clientData: client, authenticatorData: data, signature: signature, userHandle: handle)
    }
}

/// `POST /auth/passkey`
struct PasskeySignInRequest: APIType {
    var credential: PasskeyCredential
}

/// `PATCH /users/me/passkeys/:id`
struct PasskeyRenameRequest: APIType {
    var name: String

    static var constraints: [Constraint<PasskeyRenameRequest>] { [.length(\.name, "name", 1...60), .notBlank(\.name, "name")] }
}

/// A passkey on the wire.
struct PasskeyView: APIType {
    var id: String
    var name: String
    var createdAt: Date
    var lastUsedAt: Date?
    /// It is kept on several devices.
    var isBackedUp: Bool

    init(_ passkey: Passkey) {
        (id, name, createdAt) = (passkey.id, passkey.name, passkey.createdAt)
        (lastUsedAt, isBackedUp) = (passkey.lastUsedAt, passkey.isBackedUp)
    }

    enum CodingKeys: String, CodingKey {
        case id, name
        case createdAt = "created_at"
        case lastUsedAt = "last_used_at"
        case isBackedUp = "is_backed_up"
    }
}
