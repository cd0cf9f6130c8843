import Accounts
import Ambient
import Database
import Failures
import FoundationEssentials
import HTTPServingTesting
import JSON
@testable import LearningPlatforms
import Sharing
import Synchronization
import Testing

@Suite("Grades for learning platforms", .timeLimit(.minutes(3)))
struct GradeTests {
    private static let scopes: [JSONValue] = ["lineitem", "score"].map {
        .string("https://purl.imsglobal.org/spec/lti-ags/scope/\($0)")
    }

    /// A learner who came by a link to a quiz.
    private struct Desk {
        let place: Place
        let learner: UserID
        let teacher: UserID
        let quiz: UUID
        let group: ClassID

        init(_ place: Place, scopes: [JSONValue] = GradeTests.scopes, lineItem: String? = nil) async throws {
            try await place.register()
            let tess = try await place.account("tess@example.org").user.id
            let quiz = UUIDv7.make(at: Date())
            let (platform, ambient) = (try await place.service.all()[0], place.clock.ambient)
            let group = try await place.database.transaction(as: .system) {
                try await place.service.classes.make("Biology", tess, $0)
            }
            let context = PlatformContext(
                id: ambient.newID(), teacher: tess, platform: platform.id, deployment: ScriptedPlatform.deployment, context: "c-1",
                classID: group)
            let placement = Placement(
                id: ambient.newID(), teacher: tess, context: context.id, kind: .quiz, thing: quiz, createdAt: place.clock.now)
            try await place.database.transaction(as: .system) {
                try await place.service.placements.insert(context, at: place.clock.now, in: $0)
                try await place.service.placements.insert(placement, in: $0)
            }
            let url = place.platform.url
            let change: (inout [String: JSONValue]) -> Void = {
                $0[ScriptedPlatform.claim("custom")] = .fields([("placement", .string(placement.id.description))])
                var service: [(String, JSONValue?)] = [("scope", .array(scopes)), ("lineitems", .string(url + "/lineitems"))]
                if let lineItem { service.append(("lineitem", .string(url + lineItem))) }
                $0["https://purl.imsglobal.org/spec/lti-ags/claim/endpoint"] = .fields(service)
            }
            let view = try await place.enter(change)
            let sam = try #require(view.grant)
            let id = try #require(view.launch?.id)
            _ = try await place.client.bearing(sam.accessToken).post("/learning-platforms/launches/\(id)/join")
            (self.place, learner, teacher, self.quiz, self.group) = (place, try #require(UserID(sam.user.id)), tess, quiz, group)
        }

        func handIn(_ score: Double, isDecided: Bool = true) async throws {
            place.clock.advance(60)
            let now = place.clock.now
            place.book.handedIn.withLock { $0.append(.init(at: now, score: score, maximum: 8, isDecided: isDecided)) }
            try await place.database.transaction(as: .system) {
                try await place.service.noteHandedIn(quiz, by: learner, at: now, in: $0)
            }
        }

        func grade() async throws -> PlatformGrade {
            try await place.database.read(as: .system) { try await place.service.grades.all(of: learner, in: $0)[0] }
        }

        func send() async throws { try await place.service.send(try await grade().id) }
    }

    @Test("What is handed in goes to a column that is made for it, and the best of all counts", arguments: Dialect.allCases)
    func sends(_ dialect: Dialect) async throws {
        try await Place.with(dialect) { place async throws in
            let desk = try await Desk(place)
            #expect(try await desk.grade().state == .open)
            try await desk.handIn(6)
            #expect(try await desk.grade().state == .waiting && place.platform.received.scores.isEmpty)
            try await desk.send()
            let first = try #require(place.platform.received.scores.first)
            #expect(first["userId"] == "s-1" && first["scoreGiven"]?.number == 75 && first["scoreMaximum"]?.number == 100)
            #expect(first["activityProgress"] == "Completed" && first["gradingProgress"] == "FullyGraded")
            let kept = try await desk.grade()
            #expect(
                kept.state == .sent && kept.score == 6 && kept.maximum == 8
                    && kept.lineItem?.hasSuffix("/lineitems/7?type=q") == true)
            let column = try #require(place.platform.received.lineItems.first)
            #expect(column.contains(#""label":"Cells""#) && column.contains(#""resourceLinkId":"link-1""#))
            // Done is done, also where the job comes twice.
            try await desk.send()
            #expect(place.platform.received.scores.count == 1)
            // A worse try changes nothing but the time; a better one counts. Neither makes another column.
            try await desk.handIn(2)
            try await desk.send()
            try await desk.handIn(8, isDecided: false)
            try await desk.send()
            let scores = place.platform.received.scores
            #expect(scores.map { $0["scoreGiven"]?.number } == [75, 75, 100] && scores[2]["gradingProgress"] == "PendingManual")
            let times = scores.compactMap { $0["timestamp"]?.text }
            #expect(times == times.sorted() && Set(times).count == 3)
            #expect(place.platform.received.lineItems.count == 1 && place.platform.received.faults.isEmpty)
            // One token for each scope, as long as it is good.
            #expect(place.platform.received.tokens == 2)
            // The teacher sees it; nobody else's list has it.
            let seen = try await place.service.grades(in: desk.group, teacher: desk.teacher)
            #expect(seen.map(\.title) == ["Cells"] && seen.map(\.platform) == ["Old College"] && seen[0].grade.state == .sent)
            await #expect(throws: LearningPlatformsFailure.noClass) {
                try await place.service.grades(in: desk.group, teacher: desk.learner)
            }
        }
    }

    @Test("What passes is tried again, a token that is not taken is asked for anew, and 409 is done")
    func tries() async throws {
        try await Place.with { place async throws in
            let desk = try await Desk(place, lineItem: "/lineitems/7?type=q")
            try await desk.handIn(4)
            for (path, status) in [("/token", 503), ("/token", 400), ("/lineitems/7/scores", 500), ("/lineitems/7/scores", 429)] {
                place.platform.upset(path, with: [status])
                let failure = await #expect(throws: GradeFailure.self) { try await desk.send() }
                #expect(failure?.code.outcome == .retry, "\(path) \(status)")
                #expect(try await desk.grade().state == .waiting)
            }
            // The platform forgot its tokens.
            place.platform.upset("/lineitems/7/scores", with: [401])
            let before = place.platform.received.tokens
            try await desk.send()
            #expect(place.platform.received.tokens == before + 1 && place.platform.received.scores.count == 1)
            // It has a newer one, it says.
            try await desk.handIn(5)
            place.platform.upset("/lineitems/7/scores", with: [409])
            try await desk.send()
            #expect(try await desk.grade().state == .sent)
            // Tokens run out.
            place.clock.advance(3600)
            try await desk.handIn(6)
            try await desk.send()
            #expect(place.platform.received.tokens == before + 2 && place.platform.received.faults.isEmpty)
        }
    }

    @Test("What stays is told to the teacher, who tries again")
    func stays() async throws {
        try await Place.with { place async throws in
            let desk = try await Desk(place, scopes: [Self.scopes[1]])
            try await desk.handIn(4)
            await #expect(throws: GradeFailure.noColumn) { try await desk.send() }
            let id = try await desk.grade().id
            try await place.database.transaction(as: .system) {
                try await place.service.grades.note(failure: GradeFailure.noColumn.message, id, in: $0)
            }
            #expect(
                try await place.service.grades(in: desk.group, teacher: desk.teacher)[0].grade.failure?.contains("no column")
                    == true)
            await #expect(throws: LearningPlatformsFailure.noGrade) { try await place.service.retry(id, teacher: desk.learner) }
            try await place.service.retry(id, teacher: desk.teacher)
            #expect(try await desk.grade().state == .waiting)
            // Who has left the class is told of no more.
            place.book.members.withLock { $0.removeAll() }
            try await desk.send()
            #expect(place.platform.received.scores.isEmpty)
        }
    }
}
