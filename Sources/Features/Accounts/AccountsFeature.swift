package import Assembly
package import Cryptography
import Database
import HTTPServing
import Places
import Settings
import WebAuthn

/// Accounts as the program takes them in. Every process makes it: requests are signed by its tokens wherever they are answered.
package struct AccountsFeature: Feature {
    static let registration = Setting<RegistrationMode>(
        "LM_REGISTRATION", default: .open, form: "open, invitation or closed; on and off are open and closed",
        purpose: "Who may make an account: whoever reaches the server, who has an invitation's link, or nobody.",
        parse: { RegistrationMode(setting: $0) })

    static let verifiedEmail = Setting.flag(
        "LM_VERIFIED_EMAIL", default: false,
        purpose: "Whether an account can be used only once its email address is confirmed, where mail is sent.")

    package static let manifest = FeatureManifest(
        "accounts", service: .auth, after: ["events", "jobs"], migrations: AccountsMigrations.all,
        settings: [registration, verifiedEmail],
        events: AccountsEvents.all + AccountSecurityEvents.all,
        portability: AccountsService.portability, sealed: [SealedColumn("secret", of: "second_factors", key: "user_id")],
        measures: AccountMeasures.all)

    package let service: AccountsService
    package let parts: FeatureParts

    /// - Parameters:
    ///   - seal: of secrets that are kept.
    ///   - letters: writes to people; nil where no mail can be sent.
    ///   - address: of the app, which passkeys are bound to.
    ///   - throttlesSignIn: whether wrong passwords make an account wait.
    ///   - figures: what the features count of a person.
    ///   - commonPasswords: that nobody may choose, besides those that are known anyway.
    ///   - portability: of all features, which an account's end concerns.
    package init(
        on ground: FeatureGround, keys: SigningKeyRing, seal: SecretSeal, letters: AccountLetters?, address: String,
        throttlesSignIn: Bool,
        figures: StudyFigures, commonPasswords: CommonPasswords,
        portability: [(feature: String, AccountPortability)]
    ) throws {
        var policy = AccountsPolicy()
        policy.registration = try ground.settings.value(Self.registration)
        policy.demandsVerifiedEmail = try ground.settings.value(Self.verifiedEmail)
        policy.throttlesSignIn = throttlesSignIn
        var farewells: [AccountsService.Farewell] = []
        for (_, portability) in portability {
            guard let erase = portability.erase else { continue }
            farewells.append { user, transaction in try await erase(user, ground, transaction) }
        }
        service = AccountsService(
            database: ground.database, passwords: PasswordHasher(), tokens: AccessTokens(keys: keys), seal: seal,
            outbox: ground.outbox,
            jobs: ground.jobs, letters: letters,
            policy: policy, passwordRules: PasswordRules(common: commonPasswords), farewells: farewells, studyFigures: figures,
            places: PlaceFinder(),
            party: RelyingParty(address: address),
            ambient: ground.ambient,
            logger: ground.logger)
        service.follow(ground.signals)
        parts = FeatureParts(
            routes: [
                AccountsRoutes(service: service), SecondFactorRoutes(service: service), AdministrationRoutes(service: service),
                ProfileRoutes(service: service), EmailRoutes(service: service), ProofRoutes(service: service),
                PasskeyRoutes(service: service),
                ArchiveRoutes(
                    service: service,
                    archive: AccountArchive(
                        portability: portability, database: ground.database, blobs: ground.blobs, ambient: ground.ambient,
                        encode: { try JSONCoding.bytes($0) })),
                InvitationRoutes(service: service),
            ],
            handlers: AccountJobs.handlers(service), everywhere: [SessionWatch(service, logger: ground.logger)],
            beforeServing: { [service] in try await service.readEndedSessions() })
    }
}
