import Ambient
@testable import App
import Assembly
import Database
import FoundationEssentials
import HTTPMessages
import HTTPServing
import HTTPServingTesting
import JSON
import Testing

/// Classes in the whole program: what students get, what teachers see, and what they do not.
@Suite(.timeLimit(.minutes(3)))
struct ClassesTests {
    private struct School {
        let stage: Stage
        let tess: Person
        let ben: Person

        init(_ stage: Stage) async throws {
            self.stage = stage
            let ann = try await stage.person("ann")
            tess = try await stage.person("tess", "teacher", by: ann)
            ben = try await stage.person("ben")
        }

        func send(
            _ person: Person, _ method: HTTPMethod, _ path: String, _ json: String = "", is status: Int,
            at place: SourceLocation = #_sourceLocation
        ) async throws -> JSONValue {
            let answer = try await person.client.send(
                method, "/api/v1/\(path)", headers: json.isEmpty ? [:] : ["Content-Type": "application/json"],
                body: Array(json.utf8))
            #expect(answer.status == status, "\(method) \(path): \(answer.text)", sourceLocation: place)
            return answer.body.isEmpty ? .null : try answer.json(JSONValue.self)
        }

        func make(_ name: String) async throws -> String {
            try #require(try await send(tess, .post, "classes", #"{"name": "\#(name)"}"#, is: 201)["id"]?.text)
        }

        func link(_ id: String, _ wish: String = "{}") async throws -> String {
            try #require(try await send(tess, .post, "classes/\(id)/invitations", wish, is: 201)["token"]?.text)
        }

        func share(_ kind: String, _ thing: String, with id: String) async throws -> String {
            let made = try await send(tess, .post, "classes/\(id)/shares", #"{"kind": "\#(kind)", "id": "\#(thing)"}"#, is: 201)
            return try #require(made["shares"]?.list.first { $0["thing_id"]?.text == thing }?["id"]?.text)
        }

        func join(_ person: Person, by token: String, is status: Int = 201, at place: SourceLocation = #_sourceLocation)
            async throws
        {
            _ = try await send(person, .post, "classes/join", #"{"token": "\#(token)"}"#, is: status, at: place)
        }

        func code(of id: String) async throws -> String {
            try #require(try await send(tess, .post, "classes/\(id)/code", is: 200)["code"]?.text)
        }
    }

    @Test(arguments: Dialect.allCases)
    func `who joins gets what is shared, the teacher sees what is handed in, and an end holds at once`(_ dialect: Dialect)
        async throws
    {
        try await Stage.with(dialect) { stage in
            let school = try await School(stage)
            let (tess, ben) = (school.tess, school.ben)
            let id = try await school.make("Biology 10b")
            let document = try #require(try await tess.bring("cell.md", Course.markdown)["id"]?.text)
            let course = try #require(try await school.send(tess, .post, "courses", #"{"name": "Biology"}"#, is: 201)["id"]?.text)
            let quiz = try await tess.quiz()
            _ = try await school.share("document", document, with: id)
            let ofQuiz = try await school.share("quiz", quiz.quiz, with: id)

            // Before: nothing is there, and what joining means is told.
            _ = try await school.send(ben, .get, "documents/\(document)", is: 404)
            _ = try await school.send(ben, .get, "classes/\(id)", is: 404)
            let token = try await school.link(id)
            let look = try await school.send(ben, .post, "classes/look", #"{"token": "\#(token)"}"#, is: 200)
            #expect(look["teacher"]?.text == "tess" && look["is_member"] == .bool(false))
            try await school.join(ben, by: token)
            let seen = try await school.send(ben, .get, "classes/\(id)", is: 200)
            #expect(seen["shares"]?.list.count == 2 && seen["code"] == nil && seen["member_count"] == nil)

            let opened = try await school.send(ben, .get, "documents/\(document)", is: 200)
            #expect(opened["shared_by"]?["via"]?.text == "class")
            let search = try await school.send(ben, .post, "documents/search", #"{"query": "rubisco"}"#, is: 200)
            #expect(search["data"]?.list.first?["document_id"]?.text == document)
            // It is the class that one leaves.
            _ = try await school.send(ben, .delete, "documents/\(document)/shares/me", is: 409)
            // What comes later comes too, and tells.
            _ = try await school.share("course", course, with: id)
            _ = try await school.send(ben, .get, "courses/\(course)", is: 200)
            #expect(try await stage.count("events", where: "event_type = 'share.began' AND user_id = '\(ben.id)'") == 1)

            // What the teacher handed in is not the class's; what the student does is.
            let none = try await school.send(tess, .get, "classes/\(id)/results", is: 200)
            #expect(none["students"]?.list.count == 1 && none["students"]?.list.first?["results"]?.list.isEmpty == true)
            let answers = #"{"answers": {"\#(quiz.question)": "The nucleus"}}"#
            let handed = try await school.send(ben, .post, "quizzes/\(quiz.quiz)/submissions", answers, is: 201)
            _ = try await school.send(
                ben, .post, "quizzes/\(quiz.quiz)/submissions", #"{"answers": {"\#(quiz.question)": "The mitochondrion"}}"#, is: 201
            )
            let results = try await school.send(tess, .get, "classes/\(id)/results", is: 200)
            let result = try #require(results["students"]?.list.first?["results"]?.list.first)
            #expect(result["times"]?.integer == 2 && result["quiz_id"]?.text == quiz.quiz)
            #expect(results["quizzes"]?.list.first?["handed_in"]?.integer == 1)
            let detail = try await tess.client.get("/api/v1/classes/\(id)/results/\(quiz.quiz)")
            #expect(detail.status == 200 && !detail.text.contains("nucleus"), "\(detail.text)")
            let whole = try detail.json(JSONValue.self)
            #expect(whole["handed_in"]?.list.map { $0["right"]?.list.count } == [1, 0])
            #expect(whole["questions"]?.list.first?["answers"]?.integer == 1)
            // Only by the class: the submission itself is the student's alone.
            let submission = try #require(handed["id"]?.text)
            _ = try await school.send(tess, .get, "quizzes/\(quiz.quiz)/submissions/\(submission)", is: 404)

            // Another teacher, and a student of the class, see nothing of it.
            _ = try await school.send(ben, .get, "classes/\(id)/results", is: 403)
            _ = try await school.send(ben, .get, "classes/\(id)/members", is: 403)
            _ = try await school.send(ben, .delete, "classes/\(id)", is: 403)

            // The quiz is taken back: no results any more; given again, only what comes then.
            _ = try await school.send(tess, .delete, "classes/\(id)/shares/\(ofQuiz)", is: 204)
            _ = try await school.send(ben, .get, "quizzes/\(quiz.quiz)", is: 404)
            _ = try await school.send(tess, .get, "classes/\(id)/results/\(quiz.quiz)", is: 404)
            #expect(try await stage.count("events", where: "event_type = 'share.ended' AND user_id = '\(ben.id)'") == 1)
            _ = try await school.share("quiz", quiz.quiz, with: id)
            let anew = try await school.send(tess, .get, "classes/\(id)/results/\(quiz.quiz)", is: 200)
            #expect(anew["handed_in"]?.list.isEmpty == true)
            _ = try await school.send(ben, .post, "quizzes/\(quiz.quiz)/submissions", answers, is: 201)

            // Who leaves loses it at once, and takes the results along.
            _ = try await school.send(ben, .delete, "classes/\(id)/members/me", is: 204)
            for path in ["documents/\(document)", "courses/\(course)", "quizzes/\(quiz.quiz)", "classes/\(id)"] {
                _ = try await school.send(ben, .get, path, is: 404)
            }
            let after = try await school.send(ben, .post, "documents/search", #"{"query": "rubisco"}"#, is: 200)
            #expect(after["data"]?.list.isEmpty == true)
            #expect(try await school.send(tess, .get, "classes/\(id)/results", is: 200)["students"]?.list.isEmpty == true)
            #expect(try await stage.count("document_shares") == 0)
            // Who comes back begins anew.
            try await school.join(ben, by: token)
            let again = try await school.send(tess, .get, "classes/\(id)/results/\(quiz.quiz)", is: 200)
            #expect(again["handed_in"]?.list.isEmpty == true)
            #expect(try await stage.count("events", where: "event_type = 'class.joined' AND user_id = '\(ben.id)'") == 2)
        }
    }

    @Test(arguments: Dialect.allCases)
    func `what somebody has by themselves, or through another class, stays when a class ends it`(_ dialect: Dialect) async throws {
        try await Stage.with(dialect, running: false) { stage in
            let school = try await School(stage)
            let (tess, ben) = (school.tess, school.ben)
            let course = try #require(try await school.send(tess, .post, "courses", #"{"name": "Biology"}"#, is: 201)["id"]?.text)
            let (one, other) = (try await school.make("One"), try await school.make("Other"))
            for id in [one, other] {
                _ = try await school.share("course", course, with: id)
                try await school.join(ben, by: try await school.link(id))
            }
            _ = try await school.send(ben, .delete, "classes/\(one)/members/me", is: 204)
            _ = try await school.send(ben, .get, "courses/\(course)", is: 200)
            // By themselves too: the class goes, the share stays; and the other way round.
            let direct = #"{"email": "ben@example.org"}"#
            _ = try await school.send(tess, .post, "courses/\(course)/shares", direct, is: 201)
            #expect(try await school.send(tess, .get, "courses/\(course)/shares", is: 200)["data"]?.list.count == 1)
            _ = try await school.send(tess, .delete, "classes/\(other)", is: 204)
            _ = try await school.send(ben, .get, "courses/\(course)", is: 200)
            _ = try await school.send(ben, .get, "classes/\(other)", is: 404)
            try await school.join(ben, by: try await school.link(one))
            _ = try await school.send(ben, .delete, "courses/\(course)/shares/me", is: 204)
            _ = try await school.send(ben, .get, "courses/\(course)", is: 200)
            // In the dialog stand those whom the owner named.
            #expect(try await school.send(tess, .get, "courses/\(course)/shares", is: 200)["data"]?.list.isEmpty == true)
            _ = try await school.send(tess, .delete, "classes/\(one)/members/\(ben.id)", is: 204)
            _ = try await school.send(ben, .get, "courses/\(course)", is: 404)
            #expect(try await stage.count("course_shares") == 0)
            #expect(try await stage.count("course_shares_of_classes") == 0)
        }
    }

    @Test(arguments: Dialect.allCases)
    func `links and codes that are not good say why, and nothing is shared that is another's`(_ dialect: Dialect) async throws {
        try await Stage.with(dialect, running: false) { stage in
            let school = try await School(stage)
            let (tess, ben) = (school.tess, school.ben)
            let id = try await school.make("Biology")
            func refused(_ key: String, as person: Person, is status: Int) async throws -> JSONValue? {
                try await school.send(person, .post, "classes/join", key, is: status)["details"]
            }
            let code = try await school.code(of: id)
            #expect(code.count == 9 && code.contains("-"))
            #expect(try await refused(#"{"code": "AAAA-2222"}"#, as: ben, is: 403)?["code"]?.text == "unknown")
            #expect(try await refused(#"{"token": "made up"}"#, as: ben, is: 403)?["invitation"]?.text == "unknown")
            #expect(try await refused("{}", as: ben, is: 400)?["code"] != nil)
            #expect(try await refused(#"{"code": "\#(code)"}"#, as: tess, is: 409)?["reason"]?.text == "own_class")
            let once = try await school.link(id, #"{"uses": 1}"#)
            try await school.join(ben, by: once)
            // Again is no mistake, and uses nothing.
            try await school.join(ben, by: try await school.link(id, #"{"uses": 1}"#))
            let cleo = try await stage.person("cleo")
            #expect(try await refused(#"{"token": "\#(once)"}"#, as: cleo, is: 403)?["invitation"]?.text == "spent")
            let list = try await school.send(tess, .get, "classes/\(id)/invitations", is: 200)
            #expect(list["data"]?.list.map { $0["uses"]?.integer } == [0, 1] && list["mails_invitations"] == .bool(false))
            let open = try #require(list["data"]?.list.first?["id"]?.text)
            _ = try await school.send(tess, .delete, "classes/\(id)/invitations/\(open)", is: 204)
            // However it is typed; the one before is good for nothing.
            let next = try await school.code(of: id)
            #expect(try await refused(#"{"code": "\#(code)"}"#, as: cleo, is: 403)?["code"]?.text == "unknown")
            let typed = next.lowercased().split(separator: "-").joined(separator: " ")
            _ = try await school.send(cleo, .post, "classes/join", #"{"code": "\#(typed)"}"#, is: 201)
            // Archived: nobody joins, nothing is shared, and it comes back.
            _ = try await school.send(tess, .patch, "classes/\(id)", #"{"is_archived": true}"#, is: 200)
            let dora = try await stage.person("dora")
            #expect(try await refused(#"{"code": "\#(next)"}"#, as: dora, is: 409)?["reason"]?.text == "archived")
            _ = try await school.send(tess, .post, "classes/\(id)/invitations", "{}", is: 409)
            _ = try await school.send(tess, .patch, "classes/\(id)", #"{"is_archived": false}"#, is: 200)
            _ = try await school.send(dora, .post, "classes/join", #"{"code": "\#(next)"}"#, is: 201)

            // Another's things, and another's class.
            let bens = try #require(try await school.send(ben, .post, "courses", #"{"name": "Mine"}"#, is: 201)["id"]?.text)
            for thing in [bens, id, "x"] {
                _ = try await school.send(tess, .post, "classes/\(id)/shares", #"{"kind": "course", "id": "\#(thing)"}"#, is: 404)
            }
            _ = try await school.send(ben, .post, "classes", #"{"name": "Mine"}"#, is: 403)
            _ = try await school.send(tess, .post, "classes/\(id)/invitations", #"{"email": "x@example.org"}"#, is: 403)
            _ = try await school.send(tess, .delete, "classes/\(id)/members/me", is: 404)
        }
    }

    @Test(arguments: Dialect.allCases)
    func `the link of a class lets newcomers in where registration is by invitation, as students`(_ dialect: Dialect) async throws {
        try await Stage.with(dialect, settings: ["LM_REGISTRATION": "invitation"], running: false) { stage in
            let ann = try await stage.person("ann")
            let id = try #require(
                try await ann.client.post("/api/v1/classes", json: #"{"name": "Biology"}"#).json(JSONValue.self)["id"]?.text)
            let made = try await ann.client.post("/api/v1/classes/\(id)/invitations", json: #"{"uses": 1}"#).json(JSONValue.self)
            let token = try #require(made["token"]?.text)
            func register(_ name: String) async throws -> TestAnswer {
                try await stage.client.post(
                    "/api/v1/auth/register",
                    json: """
                        {"email": "\(name)@example.org", "password": "\(Stage.password)", "display_name": "\(name)",
                         "invitation": "\(token)"}
                        """)
            }
            let shown = try await stage.client.post("/api/v1/auth/invitation", json: #"{"token": "\#(token)"}"#)
            #expect(try shown.json(JSONValue.self)["purpose"]?.text == "class")
            let ben = try await register("ben")
            #expect(try ben.json(JSONValue.self)["user"]?["role"]?.text == "student", "\(ben.text)")
            #expect(try await register("cleo").error().details["invitation"] == "spent")
            // The account does not use up the place in the class.
            let grant = try #require(try ben.json(JSONValue.self)["access_token"]?.text)
            let joined = try await stage.client.bearing(grant).post("/api/v1/classes/join", json: #"{"token": "\#(token)"}"#)
            #expect(joined.status == 201, "\(joined.text)")
        }
    }

    @Test(arguments: Dialect.allCases)
    func `both sides take theirs along, and an account's end ends the class for the other`(_ dialect: Dialect) async throws {
        try await Stage.with(dialect, running: false) { stage in
            let school = try await School(stage)
            let (tess, ben) = (school.tess, school.ben)
            let course = try #require(try await school.send(tess, .post, "courses", #"{"name": "Biology"}"#, is: 201)["id"]?.text)
            let id = try await school.make("Biology 10b")
            _ = try await school.share("course", course, with: id)
            try await school.join(ben, by: try await school.link(id))
            func exported(_ person: Person) async throws -> [String: String] {
                let user = try #require(UserID(person.id))
                return try await stage.app.exportedEntries(of: user).reduce(into: [:]) { found, entry in
                    guard case .json(let value) = entry.content else { return }
                    found[entry.path] = String(decoding: try JSONCoding.bytes(value), as: UTF8.self)
                }
            }
            let (teachers, students) = (try await exported(tess), try await exported(ben))
            let (taught, joined) = (teachers["classes.json"] ?? "", students["classes.json"] ?? "")
            #expect(taught.contains("Biology 10b") && taught.contains(course) && !taught.contains(ben.id))
            #expect(joined.contains("Biology 10b") && joined.contains("joined_at") && !joined.contains(tess.id))
            #expect(teachers["course-shares.json"]?.contains(course) == false)
            #expect(students["course-shares.json"]?.contains(course) == true)

            func end(_ person: Person) async throws {
                let answer = try await person.client.send(.delete, "/api/v1/users/me", json: ["password": Stage.password])
                #expect(answer.status == 204, "\(answer.text)")
            }
            let cleo = try await stage.person("cleo")
            try await school.join(cleo, by: try await school.link(id))
            try await end(cleo)
            #expect(try await school.send(tess, .get, "classes/\(id)/members", is: 200)["data"]?.list.count == 1)
            try await end(tess)
            _ = try await school.send(ben, .get, "classes/\(id)", is: 404)
            #expect(try await school.send(ben, .get, "classes", is: 200)["data"]?.list.isEmpty == true)
            _ = try await school.send(ben, .get, "courses/\(course)", is: 404)
            #expect(try await stage.count("events", where: "event_type = 'class.left' AND user_id = '\(ben.id)'") == 1)
            for table in ["classes", "class_members", "class_shares", "course_shares", "course_shares_of_classes", "invitations"] {
                #expect(try await stage.count(table) == 0, "\(table)")
            }
        }
    }
}
