@testable import Courses
import Database
import HTTPMessages
import HTTPServing
import HTTPServingTesting
import Testing

@Suite(.timeLimit(.minutes(3)))
struct CourseRoutesTests {
    @Test(arguments: Dialect.allCases) func `the way of a course over HTTP`(_ dialect: Dialect) async throws {
        try await CourseStage.with(dialect) { stage in
            let client = stage.client()
            let made = try await client.post(
                "/courses", json: #"{"name": "Cell Biology", "term": "Winter", "exam_date": "2027-02-12"}"#)
            #expect(made.status == 201)
            let course: CourseView = try made.json()
            #expect(made.headers["Location"] == "/api/v1/courses/\(course.id)")
            #expect(course.colour == .blue && course.examDate == "2027-02-12" && course.position == 0 && !course.isArchived)
            #expect(course.documentCount == 0 && course.conversationCount == 0)

            let list = try await client.get("/courses")
            #expect(try list.json(Page<CourseView>.self).data == [course])
            #expect(try list.json(Page<CourseView>.self).pagination == Pagination(page: 1, limit: 100, total: 1))

            let changed = try await client.patch("/courses/\(course.id)", json: #"{"exam_date": null, "colour": "pink"}"#)
            #expect(changed.text.contains(#""exam_date":null"#) && changed.text.contains(#""term":"Winter""#))
            #expect(try changed.json(CourseView.self).colour == .pink)
            let twice = try await client.post("/courses", json: #"{"name": " cell BIOLOGY"}"#)
            #expect(twice.status == 409)

            #expect(try await client.delete("/courses/\(course.id)").status == 204)
            #expect(try await client.get("/courses/\(course.id)").status == 404)
        }
    }

    @Test func `what each course holds is counted`() async throws {
        let counts = Counts()
        try await CourseStage.with(.sqlite, documents: { _, _ in await counts.byCourse }) { stage in
            let (full, empty) = (try await stage.make("Full"), try await stage.make("Empty"))
            await counts.set([full.id: 7])
            let list: Page<CourseView> = try await stage.client().get("/courses").json()
            #expect(list.data.map(\.documentCount) == [7, 0])
            #expect(try await stage.client().get("/courses/\(full.id)").json(CourseView.self).documentCount == 7)
            #expect(try await stage.client().get("/courses/\(empty.id)").json(CourseView.self).documentCount == 0)
        }
    }

    @Test(arguments: [
        "{}", #"{"name": ""}"#, #"{"name": "  "}"#, #"{"name": "A", "colour": "ultraviolet"}"#,
        #"{"name": "A", "exam_date": "2027-02-30"}"#, #"{"name": "A", "exam_date": "soon"}"#,
    ])
    func `a course that makes no sense is refused`(json: String) async throws {
        try await CourseStage.with(.sqlite) { stage in
            let answer = try await stage.client().post("/courses", json: json)
            #expect(answer.status == 400)
            #expect(try await stage.service.list(user: stage.ann).total == 0)
        }
    }

    @Test func `another's course is not found, and nobody's needs a token`() async throws {
        try await CourseStage.with(.sqlite) { stage in
            let course = try await stage.make("Biology")
            let ben = stage.client("ben")
            #expect(try await ben.get("/courses/\(course.id)").status == 404)
            #expect(try await ben.patch("/courses/\(course.id)", json: #"{"name": "Mine"}"#).status == 404)
            #expect(try await ben.delete("/courses/\(course.id)").status == 404)
            #expect(try await ben.get("/courses/nonsense").status == 404)
            #expect(try await TestClient(Router([CourseRoutes(service: stage.service)])).get("/courses").status == 401)
        }
    }
}

/// What another feature would count.
private actor Counts {
    private(set) var byCourse: [CourseID: Int] = [:]
    func set(_ counts: [CourseID: Int]) { byCourse = counts }
}
