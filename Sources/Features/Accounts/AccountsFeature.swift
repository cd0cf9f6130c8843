package import Assembly
package import BlobStorage
package import Cryptography
import Database
import FoundationEssentials
import HTTPServing
import Places
package import Sandbox
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

    static let archiveLimit = Setting.integer(
        "LM_ARCHIVE_LIMIT_MB", default: 4_096, in: 1...4_096,
        purpose: "How large an archive of an account may be that is taken in.")

    static let sessionDays = Setting.integer(
        "LM_SESSION_DAYS", default: 90, in: 1...3650,
        purpose: "Days after which somebody signs in again, however often they were here meanwhile.")

    package static let manifest = FeatureManifest(
        "accounts", service: .auth, after: ["events", "jobs"], migrations: AccountsMigrations.all,
        settings: [registration, verifiedEmail, archiveLimit, sessionDays],
        events: AccountsEvents.all + AccountSecurityEvents.all, queues: [AccountJobs.queue], periodic: [AccountJobs.sweep],
        portability: AccountsService.portability, programs: [ArchiveFile.program],
        sealed: [SealedColumn("secret", of: "second_factors", key: "user_id")],
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
    ///   - sandbox: where archives are read that people bring.
    ///   - files: the stores of features by their names.
    package init(
        on ground: FeatureGround, keys: SigningKeyRing, seal: SecretSeal, letters: AccountLetters?, address: String,
        throttlesSignIn: Bool,
        figures: StudyFigures, commonPasswords: CommonPasswords,
        portability: [(feature: String, AccountPortability)], sandbox: Sandbox,
        files: (String) throws -> any BlobStore
    ) throws {
        var policy = AccountsPolicy()
        policy.registration = try ground.settings.value(Self.registration)
        policy.demandsVerifiedEmail = try ground.settings.value(Self.verifiedEmail)
        policy.longestSession = TimeInterval(try ground.settings.value(Self.sessionDays)) * 86_400
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
        var stores = [AccountPortability.documents: ground.blobs]
        for name in Set(portability.flatMap { $0.1.tables.flatMap(\.stores) }) where stores[name] == nil {
            stores[name] = try files(name)
        }
        let archive = AccountArchive(
            portability: portability, database: ground.database, stores: stores, archives: try files("archives"),
            ambient: ground.ambient, encode: { try JSONCoding.bytes($0) })
        var welcomes: [AccountImports.Welcome] = []
        for (_, portability) in portability {
            guard let arrived = portability.arrived else { continue }
            welcomes.append { user, transaction in try await arrived(user, ground, transaction) }
        }
        let imports = AccountImports(
            database: ground.database, jobs: ground.jobs, outbox: ground.outbox, archive: archive, sandbox: sandbox,
            welcomes: welcomes, profile: { [service] in try await service.takeProfile(of: $0, from: $1) },
            limit: try ground.settings.value(Self.archiveLimit) << 20, ambient: ground.ambient)
        parts = FeatureParts(
            routes: [
                AccountsRoutes(service: service), SecondFactorRoutes(service: service), AdministrationRoutes(service: service),
                ProfileRoutes(service: service), EmailRoutes(service: service), ProofRoutes(service: service),
                PasskeyRoutes(service: service),
                ArchiveRoutes(service: service, archive: archive), AccountImportRoutes(imports: imports),
                InvitationRoutes(service: service),
            ],
            handlers: AccountJobs.handlers(service, imports), everywhere: [SessionWatch(service, logger: ground.logger)],
            beforeServing: { [service] in try await service.readEndedSessions() })
    }
}
