import Ambient
package import Assembly
import Database
import FoundationEssentials
package import Sharing
import Telemetry

/// Classes as the program takes them in.
package struct ClassesFeature: Feature {
    package static let manifest = FeatureManifest(
        "classes", service: .llm, after: ["accounts", "events", "jobs"], migrations: ClassesMigrations.all,
        events: ClassEvents.all,
        portability: AccountPortability(
            export: { user, transaction in
                let store = ClassStore()
                var taught: [ExportedClass.Taught] = []
                for classroom in try await store.taught(by: user, in: transaction) {
                    taught.append(.init(classroom, try await store.shares(of: classroom.id, in: transaction)))
                }
                var joined: [ExportedClass.Joined] = []
                for classroom in try await store.joined(by: user, in: transaction) {
                    guard let at = try await store.joinedAt(user, of: classroom.id, in: transaction) else { continue }
                    joined.append(.init(id: classroom.id.description, name: classroom.name, joinedAt: at))
                }
                return [.init("classes.json", json: ExportedClass(taught: taught, joined: joined))]
            },
            staying: ["classes": .people, "class_members": .people, "class_shares": .people],
            // The rows themselves go with the account, and what was shared with its classes.
            erase: { user, ground, transaction in
                let (store, events) = (ClassStore(), ClassEvents(outbox: ground.outbox, bus: ground.bus))
                for classroom in try await store.taught(by: user, in: transaction) {
                    let members = try await store.members(of: classroom.id, in: transaction).map(\.id)
                    for member in members {
                        try await events.appendLeft(classroom.id, member, by: .teacher, in: transaction)
                    }
                    events.tell(members, of: classroom.id, in: transaction)
                }
                for classroom in try await store.joined(by: user, in: transaction) {
                    events.tell([classroom.teacher], of: classroom.id, in: transaction)
                }
            }))

    let service: ClassService
    /// What other features do with classes.
    package var desk: ClassDesk { ClassDesk(service: service) }
    package let parts: FeatureParts

    /// - Parameters:
    ///   - things: how documents, courses and quizzes are shared with classes.
    ///   - results: what was handed in of quizzes.
    ///   - letters: writes to people; nil where no mail can be sent.
    package init(on ground: FeatureGround, things: [ClassSharing], results: ClassResults, letters: ClassLetters?) {
        service = ClassService(
            database: ground.database, jobs: ground.jobs, events: ClassEvents(outbox: ground.outbox, bus: ground.bus),
            things: Dictionary(things.map { ($0.kind, $0) }) { first, _ in first }, results: results, letters: letters,
            ambient: ground.ambient, logger: ground.logger.labelled("classes"))
        parts = FeatureParts(routes: [ClassRoutes(service: service)], handlers: ClassJobs.handlers(service))
    }
}

/// A person's classes in an export. Who takes part in them is not the teacher's to take along.
private struct ExportedClass: Encodable, Sendable {
    struct Taught: Encodable, Sendable {
        struct Shared: Encodable, Sendable {
            let kind: SharedKind
            let id: String
            let sharedAt: Date

            enum CodingKeys: String, CodingKey {
                case kind, id
                case sharedAt = "shared_at"
            }
        }

        let id: String
        let name: String
        let about: String
        let isArchived: Bool
        let createdAt: Date
        let shared: [Shared]

        enum CodingKeys: String, CodingKey {
            case id, name, about, shared
            case isArchived = "is_archived"
            case createdAt = "created_at"
        }

        init(_ classroom: Classroom, _ shares: [ClassShare]) {
            (id, name, about) = (classroom.id.description, classroom.name, classroom.about)
            (isArchived, createdAt) = (classroom.isArchived, classroom.createdAt)
            shared = shares.map {
                Shared(kind: $0.kind, id: ClassShareID($0.thing).description, sharedAt: $0.sharedAt)
            }
        }
    }

    struct Joined: Encodable, Sendable {
        let id: String
        let name: String
        let joinedAt: Date

        enum CodingKeys: String, CodingKey {
            case id, name
            case joinedAt = "joined_at"
        }
    }

    let taught: [Taught]
    let joined: [Joined]
}
