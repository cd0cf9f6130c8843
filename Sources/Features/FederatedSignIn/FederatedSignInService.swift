import Accounts
import Ambient
import Cryptography
import Database
import Events
import FoundationEssentials
import Telemetry

/// The rules of signing in by other services: who comes in, who is new, and that nobody gets another's account for having their address.
package struct FederatedSignInService: Sendable {
    let database: any Database
    let accounts: AccountsService
    let providers: [any IdentityProvider]
    /// The app's own address, with a slash at its end: what providers send people back to lies below it, and nowhere else.
    let address: String
    let outbox: EventOutbox
    let seal: SecretSeal
    let ambient: Ambient
    let logger: Logger
    let flows = SignInFlowStore()
    let identities = LinkedIdentityStore()

    init(
        database: any Database, accounts: AccountsService, providers: [any IdentityProvider], address: String, outbox: EventOutbox,
        seal: SecretSeal, ambient: Ambient = .live, logger: Logger = .silent
    ) {
        self.seal = seal
        (self.database, self.accounts, self.providers, self.address) = (database, accounts, providers, address)
        (self.outbox, self.ambient, self.logger) = (outbox, ambient, logger.labelled("federated-sign-in"))
    }

    func provider(_ name: String) throws(FederatedSignInFailure) -> any IdentityProvider {
        guard let provider = providers.first(where: { $0.name == name }) else { throw .unknownProvider }
        return provider
    }

    /// Where a provider sends people back to. Each has an address of its own, so that none can answer in the place of another.
    func redirectAddress(of provider: any IdentityProvider) -> String { "\(address)sign-in/\(provider.name)" }

    /// Begins a sign-in; returns where the browser goes.
    func begin(
        _ purpose: SignInPurpose, at name: String, as user: UserID?, returnTo: String?, invitation: String? = nil,
        binding: BrowserBinding
    ) async throws -> String {
        let provider = try provider(name)
        let state = BrowserBinding().text
        let request = AuthorizationRequest(
            redirectAddress: redirectAddress(of: provider), state: state, nonce: binding.nonce(of: state),
            verifier: binding.verifier(of: state), isDeliberate: purpose != .signIn)
        let place = try await provider.address(for: request)
        let now = ambient.now()
        let digest = BrowserBinding.digest(state)
        let flow = SignInFlow(
            provider: name, purpose: purpose, userID: user, returnTo: Self.inside(returnTo),
            expiresAt: now.addingTimeInterval(SignInFlow.lifetime), answeredAt: nil, issuer: nil, subject: nil,
            invitation: invitation.map { seal.seal(Array($0.utf8), place: SignInFlow.place(digest)) })
        try await database.transaction(as: .system) {
            try await flows.insert(
                flow, state: digest, browser: binding.digest, at: now, in: $0)
        }
        return place
    }

    /// A page of the app, never another site's.
    static func inside(_ page: String?) -> String {
        guard let page, page.hasPrefix("/"), !page.hasPrefix("//"), page.utf8.count <= 1000,
            page.utf8.allSatisfy({ $0 > 0x20 && $0 != UInt8(ascii: "\\") && $0 != 0x7F })
        else { return "/" }
        return page
    }

    /// What came of an answer.
    enum Outcome: Sendable {
        case signedIn(Grant, page: String)
        case linked(page: String)
        case proved(page: String)
        /// The token of a link by which they choose a password.
        case password(token: String)
    }

    /// What somebody comes with.
    struct Device: Sendable {
        let userAgent: String
        let address: String?
    }

    /// What a browser brought back from a provider.
    struct Callback: Sendable {
        let provider: String
        let state: String
        var code: String?
        var issuer: String?
        /// In place of a code.
        var error: String?
        /// Of the second factor.
        var secondFactor: String?
        /// Of who is signed in where it comes.
        var session: SessionID?
    }

    /// Takes an answer up, once.
    ///
    /// - Parameter user: who is signed in where it comes.
    func complete(
        _ callback: Callback, as user: UserID?, binding: BrowserBinding?, from device: Device
    ) async throws -> Outcome {
        let provider = try provider(callback.provider)
        guard let binding else { throw FederatedSignInFailure.lost }
        let state = BrowserBinding.digest(callback.state)
        let flow: SignInFlow
        do { flow = try await claim(state, of: provider, as: user, binding) } catch let failure as FederatedSignInFailure
            where failure.reason == .lost && callback.error != nil
        {
            // Some say no without the state. It changes nothing, and is told as it is.
            throw Self.failure(callback, at: provider)
        }
        let proven: ProvenIdentity
        if let issuer = flow.issuer, let subject = flow.subject {
            proven = ProvenIdentity(issuer: issuer, subject: subject, email: nil, isEmailVerified: nil, displayName: nil)
        } else {
            guard callback.error == nil, let code = callback.code else { throw Self.failure(callback, at: provider) }
            proven = try await provider.identity(
                for: AuthorizationAnswer(
                    code: code, issuer: callback.issuer, redirectAddress: redirectAddress(of: provider),
                    nonce: binding.nonce(of: callback.state), verifier: binding.verifier(of: callback.state)))
        }
        if flow.purpose != .signIn, let shown = proven.authenticatedAt, ambient.now().timeIntervalSince(shown) > SignInFlow.lifetime
        {
            // It let somebody through who was signed in there, and perhaps only sits at the same machine.
            throw FederatedSignInFailure.stale(provider.title)
        }
        switch flow.purpose {
        case .signIn: return try await signIn(proven, flow, state, at: provider, code: callback.secondFactor, device)
        case .link: return try await link(proven, flow, state, at: provider)
        case .password: return try await passwordLink(proven, flow, state, at: provider)
        case .prove: return try await prove(proven, flow, state, at: provider, callback)
        }
    }

    /// Marks it as answered, or finds it waiting for a code of the second factor.
    private func claim(
        _ state: String, of provider: any IdentityProvider, as user: UserID?, _ binding: BrowserBinding
    ) async throws -> SignInFlow {
        try await database.transaction(as: .system) { transaction in
            let now = ambient.now()
            guard let flow = try await flows.find(state: state, browser: binding.digest, in: transaction), flow.expiresAt > now,
                flow.provider == provider.name, flow.purpose == .signIn || flow.userID == user
            else { throw FederatedSignInFailure.lost }
            if flow.answeredAt != nil {
                guard flow.issuer != nil else { throw FederatedSignInFailure.spent }
            } else {
                try await flows.note(answered: now, state: state, in: transaction)
            }
            return flow
        }
    }

    private static func failure(_ callback: Callback, at provider: any IdentityProvider) -> FederatedSignInFailure {
        switch callback.error {
        case "access_denied", "user_denied", "consent_required", "login_required", "interaction_required": .denied(provider.title)
        case "server_error", "temporarily_unavailable": .down(provider.title)
        default: .notBelieved(provider.title)
        }
    }

    private func signIn(
        _ proven: ProvenIdentity, _ flow: SignInFlow, _ state: String, at provider: any IdentityProvider, code: String?,
        _ device: Device
    ) async throws -> Outcome {
        let owner = try await database.read(as: .system) {
            try await identities.owner(issuer: proven.issuer, subject: proven.subject, in: $0)
        }
        guard let owner else { return try await welcome(proven, flow, state, at: provider, device) }
        // The provider's own second factor is not asked about: what is on here is asked for here.
        if try await accounts.user(owner).hasSecondFactor {
            try await database.transaction(as: .system) {
                try await flows.note(issuer: proven.issuer, subject: proven.subject, state: state, in: $0)
            }
            if code != nil { try await accounts.countAttempt(of: owner) }
        }
        do {
            let grant = try await database.transaction(as: .system) { transaction in
                let grant = try await accounts.signIn(
                    owner, code: code, userAgent: device.userAgent, address: device.address, in: transaction)
                guard try await flows.end(state: state, in: transaction) else { throw FederatedSignInFailure.spent }
                try await identities.noteUse(issuer: proven.issuer, subject: proven.subject, at: ambient.now(), in: transaction)
                return grant
            }
            return .signedIn(grant, page: flow.returnTo)
        } catch let failure as AccountsFailure where code != nil && failure.details["code"] != nil {
            // That a code is asked for is no failure; that it is wrong is one.
            try await accounts.failures.tell(owner, way: .provider, userAgent: device.userAgent)
            throw failure
        }
    }

    /// Makes an account of somebody who has none, where newcomers are taken.
    private func welcome(
        _ proven: ProvenIdentity, _ flow: SignInFlow, _ state: String, at provider: any IdentityProvider, _ device: Device
    ) async throws -> Outcome {
        guard let email = proven.email, !email.isEmpty else { throw FederatedSignInFailure.noEmail(provider.title) }
        guard proven.isEmailVerified != false else { throw FederatedSignInFailure.unverified(provider.title) }
        let name = proven.displayName ?? String(email.prefix { $0 != "@" })
        let invitation = try flow.invitation.map {
            String(decoding: try seal.open($0, place: SignInFlow.place(state)), as: UTF8.self)
        }
        let grant = try await database.transaction(as: .system) { transaction in
            // Whoever has the address has the account; that somebody else says so of themselves is not enough to give it to them.
            guard try await PeopleDirectory().find(email: email, in: transaction) == nil else {
                throw FederatedSignInFailure.taken(provider.title)
            }
            let grant = try await accounts.register(
                email: email, isVerified: proven.isEmailVerified == true, named: name, invitation: invitation,
                userAgent: device.userAgent, address: device.address, in: transaction)
            guard try await flows.end(state: state, in: transaction) else { throw FederatedSignInFailure.spent }
            try await keep(proven, of: grant.user.id, at: provider, isUsed: true, in: transaction)
            return grant
        }
        logger.info("account made by another service", ["user_id": "\(grant.user.id)", "provider": provider.name])
        return .signedIn(grant, page: flow.returnTo)
    }

    /// Links an account elsewhere, and tells of it.
    func keep(
        _ proven: ProvenIdentity, of user: UserID, at provider: any IdentityProvider, isUsed: Bool, in transaction: any Transaction
    ) async throws {
        let now = ambient.now()
        let identity = LinkedIdentity(
            id: ambient.newID(), userID: user, provider: provider.name, issuer: proven.issuer, subject: proven.subject,
            email: proven.email.map { String($0.prefix(254)) }, createdAt: now, lastUsedAt: isUsed ? now : nil)
        guard try await identities.insert(identity, in: transaction) else {
            throw FederatedSignInFailure.linkedElsewhere(provider.title)
        }
        try await outbox.append(
            EventDraft(
                type: FederatedSignInEvents.linked.name, userID: user,
                payload: FederatedSignInEvents.IdentityChanged(userID: user.description, provider: provider.name)), in: transaction)
    }
}
