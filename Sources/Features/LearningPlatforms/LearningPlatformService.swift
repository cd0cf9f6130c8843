import Accounts
import Ambient
import Cryptography
import Database
import Events
import FoundationEssentials
import Jobs
import OpenID
import Telemetry

/// The rules of learning platforms: which may launch this installation, who comes in by them, and that nobody gets another's account for
/// having their address.
///
/// Its transactions are the system's: a launch is a platform's, a teacher's and a learner's.
struct LearningPlatformService: Sendable {
    /// What the feature stands on besides the ground of all.
    struct Surroundings: Sendable {
        let accounts: AccountsService
        let classes: PlatformClasses
        let seal: SecretSeal
        /// The app's own address, with a slash at its end: what platforms send people back to lies below it, and nowhere else.
        let address: String
    }

    let database: any Database
    let jobs: JobQueue
    let outbox: EventOutbox
    let accounts: AccountsService
    let classes: PlatformClasses
    let seal: SecretSeal
    let address: String
    let client: PlatformClient
    let keys: ToolKeys
    let platformKeys: PlatformKeys
    let tokens: PlatformTokens
    let ambient: Ambient
    let logger: Logger
    let store = LearningPlatformStore()
    let launches = LaunchStore()
    let identities = PlatformIdentityStore()
    let placements = PlacementStore()
    let grades = GradeStore()

    init(
        database: any Database, jobs: JobQueue, outbox: EventOutbox, in surroundings: Surroundings, origins: Set<String>,
        ambient: Ambient = .live, logger: Logger = .silent
    ) throws {
        (self.database, self.jobs, self.outbox) = (database, jobs, outbox)
        (accounts, classes) = (surroundings.accounts, surroundings.classes)
        (seal, address) = (surroundings.seal, surroundings.address)
        client = try PlatformClient(origins: origins, logger: logger)
        keys = ToolKeys(database: database, seal: surroundings.seal, ambient: ambient)
        platformKeys = PlatformKeys(client: client, ambient: ambient)
        tokens = PlatformTokens(client: client, keys: keys, ambient: ambient)
        (self.ambient, self.logger) = (ambient, logger.labelled("learning-platforms"))
    }

    /// Where a launch ends, whatever came of it: the app's own page.
    var launchPage: String { "\(address)launch" }
    var loginURL: String { "\(address)api/v1/auth/lti-login" }
    var redirectURL: String { "\(address)api/v1/auth/lti-launch" }
    var keysURL: String { "\(address).well-known/jwks.json" }
    /// What a platform calls for a link that names nothing of ours, or to have something chosen.
    var targetURL: String { "\(address)lti/" }

    /// Whether an address is of this installation.
    func isOurs(_ address: String) -> Bool { address.hasPrefix(self.address) || address + "/" == self.address }

    func platform(_ id: LearningPlatformID) async throws -> LearningPlatform {
        guard let found = try await database.read(as: .system, { try await store.find(id, in: $0) }) else {
            throw LearningPlatformsFailure.noPlatform
        }
        return found
    }
}

/// The keys of all platforms, each platform's kept by itself.
actor PlatformKeys {
    private let client: PlatformClient
    private let ambient: Ambient
    private var known: [String: PublishedKeys] = [:]

    init(client: PlatformClient, ambient: Ambient) { (self.client, self.ambient) = (client, ambient) }

    func keys(for token: ForeignToken, of platform: LearningPlatform) async throws(OpenIDFailure) -> [SignatureKey] {
        let place = platform.keysURL
        let keys = known[place] ?? client.keys(ambient: ambient)
        known[place] = keys
        return try await keys.keys(for: token, at: place, home: client.home(of: place))
    }
}
