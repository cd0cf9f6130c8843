import Ambient
import Cryptography
import Database
import Failures
import FoundationEssentials
import Testing
import WebAuthn

@testable import Accounts

@Suite("Passkeys of accounts", .timeLimit(.minutes(3)))
struct PasskeyTests {
    private static let party = RelyingParty(address: "https://study.example.org/")
    private let proof = ShownProof(password: Office.password)

    private func failure(_ body: () async throws -> Void) async -> AccountsFailure? {
        do { try await body() } catch { return error as? AccountsFailure }
        return nil
    }

    private func add(_ device: SoftAuthenticator, _ office: Office, to user: UserID, name: String = "Phone") async throws -> Passkey
    {
        let begun = try await office.service.beginPasskey(of: user, proof)
        let made = device.create(begun.challenge)
        return try await office.service.addPasskey(
            of: user, name: name, clientData: made.clientData, attestationObject: made.attestationObject)
    }

    @Test("One signs in without a password or a code; each challenge is good once and five minutes", arguments: Dialect.allCases)
    func signIn(_ dialect: Dialect) async throws {
        try await withOffice(dialect, party: Self.party) { office in
            let (service, ada) = (office.service, try await office.register())
            let (device, id) = (try SoftAuthenticator(), ada.user.id)
            #expect(
                await failure { _ = try await service.beginPasskey(of: id, ShownProof(password: nil)) }?.details["password"] != nil)
            let passkey = try await add(device, office, to: id, name: " My   phone ")
            #expect(passkey.name == "My phone")
            #expect(try await service.user(id).hasPasskeys)
            let challenge = try await service.beginPasskeySignIn()
            let assertion = try device.get(challenge, handle: id.bytes)
            let grant = try await service.logIn(with: assertion)
            #expect(grant.user.id == id)
            #expect(try await service.sessions(of: id).count == 2)
            #expect(await failure { _ = try await service.logIn(with: assertion) }?.code == .notFound)
            let late = try await service.beginPasskeySignIn()
            office.clock.advance(301)
            #expect(await failure { _ = try await service.logIn(with: try device.get(late, handle: nil)) }?.code == .notFound)
            #expect(try await service.passkeys(of: id).first?.signCount == 1)
            #expect(try await office.events().contains("user.passkey_added"))
        }
    }

    @Test("What is not verified, counts back, is of another or meant for something else opens nothing", arguments: Dialect.allCases)
    func refused(_ dialect: Dialect) async throws {
        try await withOffice(dialect, party: Self.party) { office in
            let (service, ada, ben) = (
                office.service, try await office.register(), try await office.register("ben@example.org")
            )
            let device = try SoftAuthenticator()
            _ = try await add(device, office, to: ada.user.id)
            func refusal(_ make: (String) throws -> AccountsService.Assertion) async throws -> FailureCode? {
                let challenge = try await service.beginPasskeySignIn()
                return await failure { _ = try await service.logIn(with: try make(challenge)) }?.code
            }
            #expect(try await refusal { try device.get($0, handle: nil, flags: 0x01) } == .unauthenticated)
            #expect(try await refusal { try device.get($0, handle: ben.user.id.bytes) } == .unauthenticated)
            #expect(try await refusal { try SoftAuthenticator().get($0, handle: nil) } == .unauthenticated)
            // The counter stands still: a copy was used meanwhile.
            #expect(try await refusal { try device.get($0, handle: nil) } == nil)
            #expect(try await refusal { try device.get($0, handle: nil, counts: false) } == .unauthenticated)
            // Each is told of, as the owner's where the passkey is one that is kept.
            let told = try await office.database.read(as: .system) { transaction in
                try await transaction.query(
                    "SELECT user_id, payload FROM events WHERE event_type = 'user.sign_in_failed' ORDER BY event_id"
                ).map { (try $0.optional("user_id", as: UserID.self), try $0.get("payload", as: String.self)) }
            }
            #expect(told.map(\.0) == [ada.user.id, ada.user.id, nil, ada.user.id])
            #expect(told.allSatisfy { $0.1.contains("passkey") })
            // A challenge of a proof, and of a sign-in, for the other.
            let proving = try await service.beginPasskeyProof(of: ada.user.id).challenge
            #expect(await failure { _ = try await service.logIn(with: try device.get(proving, handle: nil)) }?.code == .notFound)
            let signing = try await service.beginPasskeySignIn()
            #expect(
                await failure {
                    _ = try await service.prove(ada.user.id, with: try device.get(signing, handle: nil), session: ada.session)
                }?.code == .notFound)
            // Another page's passkey is not kept, nor one that is kept already.
            let begun = try await service.beginPasskey(of: ben.user.id, proof)
            let elsewhere = try SoftAuthenticator(party: "example.org", origin: "https://example.org").create(begun.challenge)
            #expect(
                await failure {
                    _ = try await service.addPasskey(
                        of: ben.user.id, name: "x", clientData: elsewhere.clientData, attestationObject: elsewhere.attestationObject
                    )
                }?.details["credential"] != nil)
            #expect(await failure { _ = try await add(device, office, to: ben.user.id) }?.code == .conflict)
            #expect(try await service.passkeys(of: ben.user.id).isEmpty)
        }
    }

    @Test("After the password a passkey takes the place of a code, its owner's and nobody else's", arguments: Dialect.allCases)
    func secondStep(_ dialect: Dialect) async throws {
        try await withOffice(dialect, party: Self.party) { office in
            let (service, ada, ben) = (
                office.service, try await office.register(), try await office.register("ben@example.org")
            )
            let (device, bens) = (try SoftAuthenticator(), try SoftAuthenticator())
            _ = try await add(device, office, to: ada.user.id)
            _ = try await add(bens, office, to: ben.user.id)
            _ = try await service.beginSecondFactor(of: ada.user.id, password: Office.password)
            let sealed = try await office.database.read(as: .system) {
                try await $0.first("SELECT secret FROM second_factors")?.get("secret", as: String.self)
            }
            let app = OneTimePassword(secret: try office.seal.open(try #require(sealed), place: SecondFactor.place(ada.user.id)))
            _ = try await service.confirmSecondFactor(
                of: ada.user.id, code: app.code(step: OneTimePassword.step(at: office.clock.now)), keeping: ada.session)
            func logIn(_ second: AccountsService.SecondStep, password: String = Office.password) async throws -> Grant {
                try await service.logIn(
                    email: "ada@example.org", password: password, second: second, userAgent: "", address: nil)
            }
            // Who has the password is told that a passkey will do.
            let asked = await failure { _ = try await logIn(.code(nil)) }
            #expect(asked?.details["code"] == "is required" && asked?.details["passkey"] != nil)
            let challenge = try await service.beginPasskeySignIn()
            let assertion = try device.get(challenge, handle: nil)
            #expect(await failure { _ = try await logIn(.passkey(assertion), password: "wrong") }?.code == .unauthenticated)
            #expect(try await logIn(.passkey(assertion)).user.id == ada.user.id)
            // Once, and not another's.
            #expect(await failure { _ = try await logIn(.passkey(assertion)) } != nil)
            let other = try await service.beginPasskeySignIn()
            let foreign = try bens.get(other, handle: nil)
            #expect(await failure { _ = try await logIn(.passkey(foreign)) }?.code == .unauthenticated)
        }
    }

    @Test("A passkey is a proof before what cannot be undone, for its session and ten minutes", arguments: Dialect.allCases)
    func stepUp(_ dialect: Dialect) async throws {
        try await withOffice(dialect, party: Self.party) { office in
            let (service, ada) = (office.service, try await office.register())
            let (device, id) = (try SoftAuthenticator(), ada.user.id)
            let passkey = try await add(device, office, to: id)
            let unproved = ShownProof(password: nil, session: ada.session)
            #expect(await failure { try await service.removePasskey(passkey.id, of: id, unproved) }?.details["password"] != nil)
            let begun = try await service.beginPasskeyProof(of: id)
            #expect(begun.known.map(\.id) == [passkey.id])
            let until = try await service.prove(
                id, with: try device.get(begun.challenge, handle: id.bytes), session: ada.session)
            #expect(until == office.clock.now.addingTimeInterval(600))
            #expect(try await service.renamePasskey(passkey.id, of: id, to: "Key ring").name == "Key ring")
            let ben = try await office.register("ben@example.org")
            #expect(
                await failure { _ = try await service.renamePasskey(passkey.id, of: ben.user.id, to: "Mine") }?.code == .notFound)
            #expect(
                await failure { try await service.removePasskey(passkey.id, of: ben.user.id, proof) }?.code == .notFound)
            try await service.removePasskey(passkey.id, of: id, unproved)
            #expect(try await service.passkeys(of: id).isEmpty)
            #expect(
                await failure {
                    _ = try await service.logIn(with: try device.get(try await service.beginPasskeySignIn(), handle: nil))
                }?.code == .unauthenticated)
            #expect(try await office.events().contains("user.passkey_removed"))
        }
    }

    @Test("Of many who answer one challenge at once, one is in", arguments: Dialect.allCases)
    func atOnce(_ dialect: Dialect) async throws {
        try await withOffice(dialect, party: Self.party) { office in
            let (service, ada) = (office.service, try await office.register())
            let device = try SoftAuthenticator()
            _ = try await add(device, office, to: ada.user.id)
            let assertion = try device.get(try await service.beginPasskeySignIn(), handle: nil)
            let inside = await withTaskGroup(of: Bool.self) { group in
                for _ in 0..<8 { group.addTask { (try? await service.logIn(with: assertion)) != nil } }
                return await group.reduce(0) { $0 + ($1 ? 1 : 0) }
            }
            #expect(inside == 1)
        }
    }

    @Test("Where browsers make none there are none")
    func none() async throws {
        try await withOffice { office in
            let ada = try await office.register()
            #expect(await failure { _ = try await office.service.beginPasskey(of: ada.user.id, proof) }?.code == .conflict)
            #expect(await failure { _ = try await office.service.beginPasskeySignIn() }?.code == .conflict)
        }
    }
}
