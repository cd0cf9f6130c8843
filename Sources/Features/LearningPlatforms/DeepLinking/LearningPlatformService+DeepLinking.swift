import Ambient
import Cryptography
import Database
import FoundationEssentials
import Sharing
import TypedText

/// Choosing what a platform's course shows, and giving the choice back (Deep Linking 2.0).
extension LearningPlatformService {
    static let mostChosen = 20
    /// Seconds for which an answer is good, and for which a platform may ask for a token by an assertion.
    static let assertionLifetime: TimeInterval = 300

    struct Chosen: Sendable, Hashable {
        let kind: SharedKind
        let thing: UUID
    }

    /// Places things of the teacher's in the platform's course: they are shared with its class, which is made if there is none.
    ///
    /// - Returns: the ticket by which the answer goes back from the app's page; nil where a page within the platform waits with its own.
    func choose(_ chosen: [Chosen], in id: LaunchID, teacher: UserID) async throws -> String? {
        guard (1...Self.mostChosen).contains(chosen.count) else {
            throw LearningPlatformsFailure.invalid("items", "must have from 1 to \(Self.mostChosen)")
        }
        let ticket = LaunchBinding.make()
        return try await database.transaction(as: .system) { transaction in
            guard let launch = try await launches.find(id, of: teacher, in: transaction), launch.expiresAt > ambient.now() else {
                throw LearningPlatformsFailure.noLaunch
            }
            let message = try told(launch)
            guard let settings = message.deepLinking else { throw LearningPlatformsFailure.noLaunch }
            guard message.isInstructor, try await mayTeach(teacher, in: transaction) else {
                throw LearningPlatformsFailure.notTeacher
            }
            guard chosen.count == 1 || settings.takesSeveral else {
                throw LearningPlatformsFailure.invalid("items", "must be one: the platform takes no more")
            }
            let context = try await context(of: message, at: launch.platform, teacher: teacher, in: transaction)
            var made: [PlacementID] = []
            for thing in chosen {
                guard try await classes.title(thing.kind, thing.thing, teacher, transaction) != nil else {
                    throw LearningPlatformsFailure.gone
                }
                try await classes.share(thing.kind, thing.thing, context.classID, teacher, transaction)
                let placement = Placement(
                    id: ambient.newID(), teacher: teacher, context: context.id, kind: thing.kind, thing: thing.thing,
                    createdAt: ambient.now())
                try await placements.insert(placement, in: transaction)
                made.append(placement.id)
            }
            let isAwaited = try await launches.hasTicket(id, in: transaction)
            guard
                try await launches.choose(
                    made, ticket: isAwaited ? nil : LaunchBinding.digest(ticket), of: id, in: transaction)
            else { throw LearningPlatformsFailure.spent }
            return isAwaited ? nil : ticket
        }
    }

    /// The teacher's class of the platform's course.
    private func context(
        of message: LaunchMessage, at platform: LearningPlatformID, teacher: UserID, in transaction: any Transaction
    ) async throws -> PlatformContext {
        // A platform that names no course has one for all that is chosen there.
        let id = message.context?.id ?? ""
        if let known = try await placements.context(
            of: teacher, at: platform, deployment: message.deployment, context: id, in: transaction)
        {
            return known
        }
        let name = try await store.find(platform, in: transaction)?.name ?? ""
        let title = message.context?.title?.trimmed ?? ""
        let made = PlatformContext(
            id: ambient.newID(), teacher: teacher, platform: platform, deployment: message.deployment, context: id,
            classID: try await classes.make(title.isEmpty ? name : title, teacher, transaction))
        try await placements.insert(made, at: ambient.now(), in: transaction)
        return made
    }

    // MARK: - Giving it back

    enum Answer: Sendable {
        /// The browser sends the token there by a form.
        case ready(address: String, token: String)
        /// Nothing is chosen yet.
        case waiting
        /// It was given back, or is not known any more.
        case over
    }

    /// What a page within the platform's has to wait for.
    enum Wait: Sendable, Hashable {
        /// The platform has not said yet what it wants.
        case unknown
        /// Somebody is to choose.
        case choosing
        case chosen
        /// Nothing is to be chosen.
        case nothing
    }

    func wait(ticket: String) async throws -> Wait {
        let found = try await database.read(as: .system) { try await launches.find(ticket: LaunchBinding.digest(ticket), in: $0) }
        guard let found, found.expiresAt > ambient.now(), found.told != nil else { return .unknown }
        guard try told(found).kind == .deepLinking else { return .nothing }
        return found.placements == nil ? .choosing : .chosen
    }

    /// The sites within whose pages a ticket may be waited with; none of one that is not known.
    func framers(ofTicket ticket: String) async throws -> [String] {
        try await database.read(as: .system) { transaction in
            guard let launch = try await launches.find(ticket: LaunchBinding.digest(ticket), in: transaction),
                let platform = try await store.find(launch.platform, in: transaction)
            else { return ["'none'"] }
            return platform.framers
        }
    }

    /// Signs what was chosen, once.
    func giveBack(ticket: String) async throws -> Answer {
        let key = try await keys.current()
        return try await database.transaction(as: .system) { transaction in
            let now = ambient.now()
            guard let launch = try await launches.find(ticket: LaunchBinding.digest(ticket), in: transaction),
                launch.expiresAt > now, let platform = try await store.find(launch.platform, in: transaction)
            else { return .over }
            guard let chosen = launch.placements else { return .waiting }
            let message = try told(launch)
            guard let settings = message.deepLinking,
                try await launches.giveBack(launch.id, at: now, in: transaction)
            else { return .over }
            var items: [DeepLinkingResponse.Item] = []
            for id in chosen {
                guard let placement = try await placements.find(id, in: transaction),
                    let title = try await classes.title(placement.kind, placement.thing, placement.teacher, transaction)
                else { continue }
                let isGraded = placement.kind == .quiz && settings.takesLineItem
                items.append(
                    DeepLinkingResponse.Item(
                        title: title, url: "\(targetURL)\(placement.id)", custom: ["placement": placement.id.description],
                        lineItem: isGraded ? LineItem(label: title, resourceID: placement.id.description) : nil))
            }
            let seconds = Int(now.timeIntervalSince1970)
            let response = DeepLinkingResponse(
                issuer: platform.clientID, audience: platform.issuer, expires: seconds + Int(Self.assertionLifetime),
                issuedAt: seconds,
                nonce: LaunchBinding.make(), deployment: message.deployment, items: items, data: settings.data)
            return .ready(
                address: settings.returnAddress, token: try ForeignToken.sign(response, with: key.key, id: key.id))
        }
    }
}
