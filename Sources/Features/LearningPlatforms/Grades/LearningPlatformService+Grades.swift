import Ambient
import Database
import FoundationEssentials
import Jobs
import OpenID
import Sharing
import Telemetry

/// Points that go back to a platform's grades (Assignment and Grade Services 2.0).
extension LearningPlatformService {
    private static let scoreScope = "https://purl.imsglobal.org/spec/lti-ags/scope/score"
    private static let lineItemScope = "https://purl.imsglobal.org/spec/lti-ags/scope/lineitem"
    private static let readingScope = "https://purl.imsglobal.org/spec/lti-ags/scope/lineitem.readonly"

    /// Keeps where a learner's points of a link go, as the platform says it with the launch.
    func expectGrade(
        of learner: UserID, for placement: Placement, _ message: LaunchMessage, in transaction: any Transaction
    ) async throws {
        guard let service = message.grades, let link = message.resourceLink else { return }
        try await grades.expect(
            PlatformGrade(
                id: ambient.newID(), learner: learner, placement: placement.id, resourceLink: link, subject: message.subject,
                lineItems: service.lineItems, lineItem: service.lineItem, scopes: service.scopes, state: .open, score: nil,
                maximum: nil, changedAt: nil, sentAt: nil, failure: nil, createdAt: ambient.now()), in: transaction)
    }

    /// A quiz was handed in, or judged anew: what is known of it at platforms is to be told anew.
    func noteHandedIn(_ quiz: UUID, by learner: UserID, at: Date, in transaction: any Transaction) async throws {
        for grade in try await grades.waiting(for: quiz, of: learner, in: transaction) {
            try await grades.note(changed: at, grade.id, in: transaction)
            try await enqueue(grade.id, in: transaction)
        }
    }

    private func enqueue(_ id: PlatformGradeID, in transaction: any Transaction) async throws {
        _ = try await jobs.enqueue(GradeJobs.send, .init(id: id), user: nil, in: transaction)
    }

    /// Tells a platform the best that a learner handed in since they came by the link: a platform's own quizzes count so too.
    func send(_ id: PlatformGradeID) async throws {
        guard let (grade, placement, platform, results) = try await toSend(id) else { return }
        guard let best = results.max(by: { ($0.share, $1.at) < ($1.share, $0.at) }), let changed = grade.changedAt else { return }
        guard grade.scopes.contains(Self.scoreScope) else { throw GradeFailure.notAllowed }
        let column: String
        if let known = grade.lineItem {
            column = known
        } else {
            column = try await lineItem(for: grade, placement, at: platform)
            try await database.transaction(as: .system) { try await grades.note(lineItem: column, id, in: $0) }
        }
        let score = Score(
            userId: grade.subject, scoreGiven: best.share * LineItem.maximum, scoreMaximum: LineItem.maximum,
            activityProgress: "Completed", gradingProgress: best.isDecided ? "FullyGraded" : "PendingManual",
            timestamp: Timestamp.text(changed))
        let (status, _) = try await asking(platform, [Self.scoreScope]) { token in
            try await client.post(
                Score.address(of: column), json: Array(try JSONEncoder().encode(score)), type: Score.mediaType, token: token)
        }
        // 409: it has this one, or a newer one, already.
        guard (200...299).contains(status) || status == 409 else { throw GradeFailure.refused("score", status) }
        let now = ambient.now()
        try await database.transaction(as: .system) {
            try await grades.note(sent: best.score, of: best.maximum, changed: changed, at: now, id, in: $0)
        }
        logger.info("grade given back", ["grade": "\(id)", "platform": "\(platform.id)"])
    }

    private func toSend(
        _ id: PlatformGradeID
    ) async throws -> (PlatformGrade, Placement, LearningPlatform, [PlatformClasses.HandedIn])? {
        try await database.read(as: .system) { transaction in
            guard let grade = try await grades.find(id, in: transaction), grade.state == .waiting,
                let placement = try await placements.find(grade.placement, in: transaction),
                let context = try await placements.context(placement.context, in: transaction),
                let platform = try await store.find(context.platform, in: transaction),
                // Who left the class shows its teacher nothing any more, and the platform neither.
                try await classes.show(context.classID, grade.learner, transaction)?.isMember == true
            else { return nil }
            let results = try await classes.handedIn(
                placement.thing, placement.teacher, grade.learner, grade.createdAt, transaction)
            return (grade, placement, platform, results)
        }
    }

    /// The platform's column for a link: one that it has, or else a new one.
    private func lineItem(
        for grade: PlatformGrade, _ placement: Placement, at platform: LearningPlatform
    ) async throws -> String {
        let reading = [Self.lineItemScope, Self.readingScope].first(where: grade.scopes.contains)
        guard let list = grade.lineItems, let reading else { throw GradeFailure.noColumn }
        let wanted = FormFields.append([("resource_link_id", grade.resourceLink)], to: list)
        let (status, body) = try await asking(platform, [reading]) {
            try await client.get(wanted, token: $0, accepting: LineItem.listType)
        }
        guard status == 200, let known = try? JSONDecoder().decode([LineItem].self, from: Data(body)) else {
            throw GradeFailure.refused("line item", status)
        }
        let ours = known.filter { $0.resourceLinkID == grade.resourceLink }
        let own = ours.first { $0.resourceID == placement.id.description } ?? (ours.count == 1 ? ours.first : nil)
        if let found = own?.id { return found }
        guard grade.scopes.contains(Self.lineItemScope) else { throw GradeFailure.noColumn }
        let title = try await database.read(as: .system) {
            try await classes.title(placement.kind, placement.thing, placement.teacher, $0)
        }
        let fresh = LineItem(
            label: title ?? "Little Monster", resourceID: placement.id.description, resourceLinkID: grade.resourceLink)
        let (made, answer) = try await asking(platform, [Self.lineItemScope]) {
            try await client.post(
                list, json: Array(try JSONEncoder().encode(fresh)), type: LineItem.mediaType, token: $0,
                accepting: LineItem.mediaType)
        }
        guard (200...201).contains(made), let id = (try? JSONDecoder().decode(LineItem.self, from: Data(answer)))?.id else {
            throw GradeFailure.refused("line item", made)
        }
        return id
    }

    /// Asks with a token that is kept, and once more with a new one where that is not taken.
    private func asking(
        _ platform: LearningPlatform, _ scopes: [String], _ ask: (String) async throws -> IssuerClient.Answer
    ) async throws -> IssuerClient.Answer {
        do {
            let answer = try await ask(try await tokens.token(for: scopes, at: platform))
            guard answer.status == 401 else { return answer }
            await tokens.forget(scopes, at: platform)
            return try await ask(try await tokens.token(for: scopes, at: platform))
        } catch let failure as OpenIDFailure {
            guard case .untrusted(let reason) = failure else { throw failure }
            logger.warning("a platform's address is not asked", ["platform": "\(platform.id)", "reason": reason])
            throw GradeFailure.address
        }
    }

    // MARK: - For the teacher

    struct TaughtGrade: Sendable, Hashable {
        let grade: PlatformGrade
        let quiz: UUID
        let title: String
        let learner: String
        let platform: String
    }

    func grades(in group: ClassID, teacher: UserID) async throws -> [TaughtGrade] {
        try await database.read(as: .system) { transaction in
            guard try await classes.show(group, teacher, transaction)?.isTeacher == true else {
                throw LearningPlatformsFailure.noClass
            }
            var found: [TaughtGrade] = []
            for (grade, quiz, learner, platform) in try await grades.all(in: group, teacher: teacher, in: transaction) {
                guard let title = try await classes.title(.quiz, quiz, teacher, transaction) else { continue }
                found.append(TaughtGrade(grade: grade, quiz: quiz, title: title, learner: learner, platform: platform))
            }
            return found
        }
    }

    /// Tries once more what did not arrive.
    func retry(_ id: PlatformGradeID, teacher: UserID) async throws {
        try await database.transaction(as: .system) { transaction in
            guard let grade = try await grades.find(id, in: transaction),
                try await placements.find(grade.placement, in: transaction)?.teacher == teacher
            else { throw LearningPlatformsFailure.noGrade }
            guard grade.state == .failed else { return }
            try await grades.wait(id, in: transaction)
            try await enqueue(id, in: transaction)
        }
    }
}

extension PlatformClasses.HandedIn {
    /// From 0 to 1.
    fileprivate var share: Double { maximum > 0 ? min(1, max(0, score / maximum)) : 0 }
}
