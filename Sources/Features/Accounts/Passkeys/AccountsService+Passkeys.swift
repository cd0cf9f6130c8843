import Ambient
import Cryptography
import Database
import Events
import Failures
import FoundationEssentials
import Telemetry
import WebAuthn

extension AccountsService {
    /// How long a person may look for the device, in seconds.
    static let passkeyPatience: TimeInterval = 300

    /// What came from an authenticator that signed a challenge.
    struct Assertion: Sendable {
        let credentialID: String
        let clientData: [UInt8]
        let authenticatorData: [UInt8]
        let signature: [UInt8]
        let userHandle: [UInt8]?
    }

    func relyingParty() throws -> RelyingParty {
        guard let party else { throw AccountsFailure.takesNoPasskeys }
        return party
    }

    func passkeys(of user: UserID) async throws -> [Passkey] {
        try await database.read(as: .user(user)) { try await passkeyStore.all(of: user, in: $0) }
    }

    /// What a device needs to make one. Before it, whoever asks must prove that it is they.
    func beginPasskey(of id: UserID, _ shown: ShownProof) async throws -> (user: User, challenge: String, known: [Passkey]) {
        _ = try relyingParty()
        let user = try await confirm(id, shown)
        return try await database.transaction(as: .system) { transaction in
            let known = try await passkeyStore.all(of: id, in: transaction)
            guard known.count < Passkey.most else { throw AccountsFailure.tooManyPasskeys }
            return (user, try await challenge(.register, for: id, in: transaction), known)
        }
    }

    func addPasskey(
        of id: UserID, name: String, clientData: [UInt8], attestationObject: [UInt8]
    ) async throws -> Passkey {
        let name = try Self.cleaned(passkeyName: name)
        let (party, challenge) = (try relyingParty(), try Self.challenge(in: clientData))
        return try await database.transaction(as: .system) { transaction in
            let now = ambient.now()
            guard try await store.lock(id, in: transaction) else { throw AccountsFailure.noUser }
            guard try await passkeyStore.spend(challenge.text, .register, of: id, at: now, in: transaction) else {
                throw AccountsFailure.challengeOver
            }
            let made = try Self.believed { () throws(WebAuthnFailure) in
                try party.register(clientData: clientData, attestationObject: attestationObject, challenge: challenge.bytes)
            }
            guard try await passkeyStore.all(of: id, in: transaction).count < Passkey.most else {
                throw AccountsFailure.tooManyPasskeys
            }
            let passkey = Passkey(
                id: Base64URL.encode(made.credentialID), userID: id, name: name, key: made.key, signCount: made.signCount,
                isBackedUp: made.isBackedUp, createdAt: now)
            guard try await passkeyStore.insert(passkey, in: transaction) else { throw AccountsFailure.passkeyTaken }
            try await tellPasskey(AccountsEvents.passkeyAdded.name, passkey, in: transaction)
            return passkey
        }
    }

    func renamePasskey(_ passkey: String, of id: UserID, to name: String) async throws -> Passkey {
        let name = try Self.cleaned(passkeyName: name)
        let renamed = try await database.transaction(as: .user(id)) {
            try await passkeyStore.rename(passkey, of: id, to: name, in: $0)
        }
        guard let renamed else { throw AccountsFailure.noPasskey }
        return renamed
    }

    func removePasskey(_ id: String, of user: UserID, _ shown: ShownProof) async throws {
        // What is not there needs no proof.
        guard try await database.read(as: .user(user), { try await passkeyStore.find(id, in: $0) })?.userID == user else {
            throw AccountsFailure.noPasskey
        }
        _ = try await confirm(user, shown)
        try await database.transaction(as: .user(user)) { transaction in
            guard let passkey = try await passkeyStore.find(id, in: transaction),
                try await passkeyStore.remove(id, of: user, in: transaction)
            else { throw AccountsFailure.noPasskey }
            try await tellPasskey(AccountsEvents.passkeyRemoved.name, passkey, in: transaction)
        }
    }

    // MARK: - Using them

    /// A challenge for whoever comes with a passkey; nobody is named.
    func beginPasskeySignIn() async throws -> String {
        _ = try relyingParty()
        return try await database.transaction(as: .system) { try await challenge(.signIn, for: nil, in: $0) }
    }

    /// Signs in without a password: the device has made sure who is before it, so no code is asked for either.
    func logIn(with assertion: Assertion, userAgent: String = "", address: String? = nil) async throws -> Grant {
        let challenge = try Self.challenge(in: assertion.clientData)
        let grant: Grant
        do {
            grant = try await database.transaction(as: .system) { transaction in
                let passkey = try await used(assertion, challenge, .signIn, of: nil, in: transaction)
                guard try await store.lock(passkey.userID, in: transaction),
                    let user = try await store.user(passkey.userID, in: transaction)
                else { throw AccountsFailure.wrongPasskey }
                return try await startSession(of: user, userAgent, address: address, at: ambient.now(), in: transaction)
            }
        } catch let failure as AccountsFailure where failure.code == .unauthenticated {
            // Of whom it is the passkey says, if it is one that is kept here.
            let owner = try await database.read(as: .system) { try await passkeyStore.find(assertion.credentialID, in: $0)?.userID }
            try await failures.tell(owner, way: .passkey, userAgent: userAgent)
            throw failure
        }
        logger.info("signed in with a passkey", ["user_id": "\(grant.user.id)"])
        return grant
    }

    /// A passkey in the place of a code, after the password. It must be of the same person.
    func checkPasskey(_ assertion: Assertion, of user: UserID, in transaction: any Transaction) async throws {
        let challenge = try Self.challenge(in: assertion.clientData)
        guard try await used(assertion, challenge, .signIn, of: nil, in: transaction).userID == user else {
            throw AccountsFailure.wrongPasskey
        }
    }

    /// A challenge for somebody who is signed in, and the passkeys that may answer it.
    func beginPasskeyProof(of id: UserID) async throws -> (challenge: String, known: [Passkey]) {
        _ = try relyingParty()
        return try await database.transaction(as: .system) { transaction in
            let known = try await passkeyStore.all(of: id, in: transaction)
            guard !known.isEmpty else { throw AccountsFailure.noPasskey }
            return (try await challenge(.prove, for: id, in: transaction), known)
        }
    }

    /// A passkey as a proof that holds for ten minutes.
    func prove(_ id: UserID, with assertion: Assertion, session: SessionID) async throws -> Date {
        let challenge = try Self.challenge(in: assertion.clientData)
        return try await database.transaction(as: .system) { transaction in
            _ = try await used(assertion, challenge, .prove, of: id, in: transaction)
            return try await markProved(session, of: id, in: transaction)
        }
    }

    /// The passkey that signed a challenge, counted on.
    private func used(
        _ assertion: Assertion, _ challenge: (text: String, bytes: [UInt8]), _ purpose: PasskeyPurpose, of user: UserID?,
        in transaction: any Transaction
    ) async throws -> Passkey {
        let (party, now) = (try relyingParty(), ambient.now())
        guard try await passkeyStore.spend(challenge.text, purpose, of: user, at: now, in: transaction) else {
            throw AccountsFailure.challengeOver
        }
        guard var passkey = try await passkeyStore.find(assertion.credentialID, locking: true, in: transaction),
            user == nil || passkey.userID == user,
            assertion.userHandle.map({ $0 == passkey.userID.bytes }) ?? true
        else { throw AccountsFailure.wrongPasskey }
        let data: AuthenticatorData
        do {
            data = try party.verify(
                clientData: assertion.clientData, authenticatorData: assertion.authenticatorData, signature: assertion.signature,
                challenge: challenge.bytes, key: passkey.key, signCount: passkey.signCount)
        } catch {
            logger.warning("a passkey is not believed", ["user_id": "\(passkey.userID)", "reason": error.reason])
            throw AccountsFailure.wrongPasskey
        }
        passkey.signCount = data.signCount
        passkey.isBackedUp = data.isBackedUp
        passkey.lastUsedAt = now
        try await passkeyStore.setUsed(passkey, in: transaction)
        return passkey
    }

    private func challenge(
        _ purpose: PasskeyPurpose, for user: UserID?, in transaction: any Transaction
    ) async throws -> String {
        let now = ambient.now()
        return try await passkeyStore.challenge(
            purpose, for: user, at: now, until: now.addingTimeInterval(Self.passkeyPatience), in: transaction)
    }

    /// Which challenge was answered; whether it was ours, and to whom, the table says.
    private static func challenge(in clientData: [UInt8]) throws -> (text: String, bytes: [UInt8]) {
        guard let text = ClientData.challenge(in: clientData), let bytes = Base64URL.decode(text) else {
            throw AccountsFailure.invalid("credential", "is not whole")
        }
        return (text, bytes)
    }

    private static func believed<Value>(_ check: () throws(WebAuthnFailure) -> Value) throws -> Value {
        do { return try check() } catch { throw AccountsFailure.invalid("credential", "is not good: \(error.reason)") }
    }

    private static func cleaned(passkeyName: String) throws(AccountsFailure) -> String {
        let name = passkeyName.split(whereSeparator: \.isWhitespace).joined(separator: " ")
        guard (1...60).contains(name.count), !name.unicodeScalars.contains(where: { $0.properties.generalCategory == .control })
        else {
            throw .invalid("name", "must have from 1 to 60 characters, and no control characters")
        }
        return name
    }

    private func tellPasskey(_ type: String, _ passkey: Passkey, in transaction: any Transaction) async throws {
        try await outbox.append(
            EventDraft(
                type: type, userID: passkey.userID,
                payload: AccountsEvents.PasskeyChanged(userID: passkey.userID.description, name: passkey.name)), in: transaction)
    }
}

extension UserID {
    /// How authenticators know the person: an id, which tells nothing of them.
    var bytes: [UInt8] { withUnsafeBytes(of: uuid.uuid) { Array($0) } }
}
