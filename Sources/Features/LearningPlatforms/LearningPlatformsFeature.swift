package import Accounts
import Ambient
package import Assembly
package import Cryptography
import Database
import FoundationEssentials
import HTTPClient
import HTTPServing
package import Settings
import Sharing

/// Learning platforms as the program takes them in: this installation as a tool of theirs (LTI 1.3, LTI Advantage).
package struct LearningPlatformsFeature: Feature {
    package static let origins = Setting<[String]>(
        "LM_LEARNING_PLATFORM_ORIGINS", default: [], form: "origins like https://moodle.example.lan, separated by commas",
        purpose: "Learning platforms on your own network that may be registered; else only those on the open internet are asked."
    ) { text in
        let origins = text.split(separator: ",").map { RequestURL($0.filter { $0 != " " })?.webOrigin }
        return origins.contains(nil) ? nil : origins.compactMap { $0 }
    }

    package static let manifest = FeatureManifest(
        "learning-platforms", service: .llm, after: ["accounts", "events", "jobs", "classes"],
        migrations: LearningPlatformsMigrations.all, settings: [origins], events: LearningPlatformEvents.all,
        queues: [GradeJobs.queue], reactions: GradeJobs.reactions,
        portability: AccountPortability(
            export: { user, transaction in
                let (identities, placements, grades) = (PlatformIdentityStore(), PlacementStore(), GradeStore())
                return [
                    .init(
                        "learning-platforms.json",
                        json: ExportedPlatforms(
                            accounts: try await identities.list(of: user, in: transaction).map(PlatformIdentityView.init),
                            placed: try await placements.all(of: user, in: transaction).map(ExportedPlatforms.Placed.init),
                            grades: try await grades.all(of: user, in: transaction).map(ExportedPlatforms.Grade.init)))
                ]
            },
            staying: [
                "learning_platform_identities": .secret, "learning_launches": .passing, "learning_contexts": .people,
                "learning_placements": .people, "learning_grades": .people,
            ]),
        sealed: [SealedColumn("private_key", of: "learning_platform_keys", key: "id")])

    package let parts: FeatureParts

    /// - Parameters:
    ///   - classes: what is asked of classes and quizzes.
    ///   - seal: of keys, and of what platforms say while a launch is under way.
    ///   - address: the app's own, with a slash at its end, which platforms send people back to.
    package init(
        on ground: FeatureGround, accounts: AccountsService, classes: PlatformClasses, seal: SecretSeal, address: String
    ) throws {
        let service = try LearningPlatformService(
            database: ground.database, jobs: ground.jobs, outbox: ground.outbox,
            in: .init(accounts: accounts, classes: classes, seal: seal, address: address),
            origins: Set(try ground.settings.value(Self.origins)), ambient: ground.ambient, logger: ground.logger)
        parts = FeatureParts(
            routes: [
                LaunchRoutes(service: service), LaunchStepRoutes(service: service), GradeRoutes(service: service),
                LearningPlatformRoutes(service: service),
            ], rootRoutes: [ToolKeyRoutes(service: service)], handlers: GradeJobs.handlers(service))
    }
}

/// What is kept of a person and platforms, in an export.
private struct ExportedPlatforms: Encodable, Sendable {
    struct Placed: Encodable, Sendable {
        let kind: String
        let id: String
        let placedAt: Date

        enum CodingKeys: String, CodingKey {
            case kind, id
            case placedAt = "placed_at"
        }

        init(_ placement: Placement) {
            (kind, id, placedAt) = (placement.kind.rawValue, placement.thing.uuidString.lowercased(), placement.createdAt)
        }
    }

    struct Grade: Encodable, Sendable {
        let state: PlatformGrade.State
        let score: Double?
        let totalPoints: Double?
        let sentAt: Date?

        enum CodingKeys: String, CodingKey {
            case state, score
            case totalPoints = "total_points"
            case sentAt = "sent_at"
        }

        init(_ grade: PlatformGrade) {
            (state, score, totalPoints, sentAt) = (grade.state, grade.score, grade.maximum, grade.sentAt)
        }
    }

    /// By which they come in.
    let accounts: [PlatformIdentityView]
    /// What they placed as a teacher.
    let placed: [Placed]
    /// What went to platforms of what they handed in.
    let grades: [Grade]
}
