import Accounts
import Ambient
import Database
import FoundationEssentials
import Sharing

/// Where a launch leads once somebody is in.
extension LearningPlatformService {
    enum Step: String, Sendable, Codable, CaseIterable {
        /// To the page.
        case open
        /// To what joining the class means, which is to be agreed to first.
        case join
        /// To choosing what the platform's course shows.
        case choose
    }

    struct Standing: Sendable, Hashable {
        let launch: LaunchID
        let step: Step
        /// As people know it.
        let platform: String
        /// What the course is called there.
        let course: String?
        /// Where `open` leads, and `join` afterwards.
        let page: String
        var className: String?
        var teacher: String?
        /// What was linked.
        var title: String?
        var takesSeveral = false
        /// Whether points of what is linked go to the platform.
        var isGraded = false
    }

    /// - Parameter joining: whether they agree to take part in the class.
    func standing(of id: LaunchID, user: UserID, joining: Bool = false) async throws -> Standing {
        try await database.transaction(as: .system) { transaction in
            guard let launch = try await launches.find(id, of: user, in: transaction), launch.expiresAt > ambient.now(),
                let platform = try await store.find(launch.platform, in: transaction)
            else { throw LearningPlatformsFailure.noLaunch }
            let message = try told(launch)
            if message.kind == .deepLinking {
                guard message.isInstructor, try await mayTeach(user, in: transaction) else {
                    throw LearningPlatformsFailure.notTeacher
                }
                guard launch.placements == nil else { throw LearningPlatformsFailure.spent }
                return Standing(
                    launch: id, step: .choose, platform: platform.name, course: message.context?.title, page: "/",
                    takesSeveral: message.deepLinking?.takesSeveral ?? false)
            }
            guard let named = message.placement else {
                return try await plain(launch, message, at: platform, user: user, joining: joining, in: transaction)
            }
            guard let placement = PlacementID(named), let found = try await placements.find(placement, in: transaction),
                let context = try await placements.context(found.context, in: transaction), context.platform == platform.id,
                let title = try await classes.title(found.kind, found.thing, found.teacher, transaction)
            else { throw LearningPlatformsFailure.gone }
            // A course that was copied brings its links along; the teacher of the first agreed to nothing in the second.
            guard context.deployment == message.deployment, context.context == message.context?.id else {
                throw LearningPlatformsFailure.otherCourse
            }
            let page = Self.page(of: found.kind, found.thing)
            var standing = Standing(
                launch: id, step: .open, platform: platform.name, course: message.context?.title, page: page, title: title)
            if found.teacher == user { return standing }
            guard let shown = try await classes.show(context.classID, user, transaction) else {
                throw LearningPlatformsFailure.gone
            }
            (standing.className, standing.teacher) = (shown.name, shown.teacher)
            standing.isGraded = found.kind == .quiz && message.isLearner && message.grades != nil
            if !shown.isMember {
                guard joining else { return standing.with(.join) }
                try await classes.join(context.classID, user, transaction)
            }
            if standing.isGraded { try await expectGrade(of: user, for: found, message, in: transaction) }
            return standing
        }
    }

    /// A link that names nothing of ours: the class of the course, if it has one.
    private func plain(
        _ launch: Launch, _ message: LaunchMessage, at platform: LearningPlatform, user: UserID, joining: Bool,
        in transaction: any Transaction
    ) async throws -> Standing {
        let title = message.context?.title
        func standing(_ step: Step, _ page: String) -> Standing {
            Standing(launch: launch.id, step: step, platform: platform.name, course: title, page: page)
        }
        guard let context = message.context else { return standing(.open, "/") }
        let known = try await placements.classes(
            at: platform.id, deployment: message.deployment, context: context.id, in: transaction)
        if let own = known.first(where: { $0.teacher == user }) { return standing(.open, Self.page(of: own.classID)) }
        guard !message.isInstructor, let first = known.first, let shown = try await classes.show(first.classID, user, transaction)
        else { return standing(.open, "/") }
        var found = standing(.open, Self.page(of: first.classID))
        (found.className, found.teacher) = (shown.name, shown.teacher)
        if shown.isMember { return found }
        guard joining else { return found.with(.join) }
        try await classes.join(first.classID, user, transaction)
        return found
    }

    func mayTeach(_ user: UserID, in transaction: any Transaction) async throws -> Bool {
        guard let person = try await PeopleDirectory().person(user, in: transaction) else { return false }
        return person.role == .teacher || person.role == .administrator
    }

    private static func page(of kind: SharedKind, _ thing: UUID) -> String {
        let id = thing.uuidString.lowercased()
        return switch kind {
        case .document: "/d/\(id)"
        case .course: "/c/\(id)"
        case .quiz: "/quiz/\(id)"
        }
    }

    private static func page(of id: ClassID) -> String { "/class/\(id)" }
}

extension LearningPlatformService.Standing {
    fileprivate func with(_ step: LearningPlatformService.Step) -> Self {
        var changed = Self(launch: launch, step: step, platform: platform, course: course, page: page)
        (changed.className, changed.teacher, changed.title) = (className, teacher, title)
        (changed.takesSeveral, changed.isGraded) = (takesSeveral, isGraded)
        return changed
    }
}
