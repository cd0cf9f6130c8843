import Ambient
import Database
import Events
import FoundationEssentials
import HTTPServing
import HTTPServingTesting
import Jobs
import Testing

@Suite("The routes of jobs", .timeLimit(.minutes(3)))
struct JobRoutesTests {
    private func withClients(_ body: (Workshop, _ mine: TestClient, _ other: TestClient) async throws -> Void) async throws {
        try await withWorkshop(.sqlite) { shop in
            let other = UserID(UUIDv7.make(at: Date()))
            let client = TestClient(
                Router(
                    mounts: [RouteMount(["/api/v1"], [JobRoutes(queue: shop.queue)])],
                    authenticator: TestAuthenticator([
                        "me": Principal(userID: shop.user, isAdministrator: false),
                        "other": Principal(userID: other, isAdministrator: false),
                    ])))
            try await body(shop, client.bearing("me"), client.bearing("other"))
        }
    }

    @Test("A job shows its state, progress, result and log")
    func look() async throws {
        try await withClients { shop, mine, other in
            shop.handlers.add(
                JobHandler(errand) { _, context in
                    context.progress(stage: "walking", done: 1, total: 2)
                    context.log("on the way")
                    return ["place": "market"]
                })
            let id = try await shop.queue.enqueue(errand, Errand(name: "a"), user: shop.user)
            try await shop.worker().drain()
            let answer = try await mine.get("/api/v1/jobs/\(id)")
            #expect(answer.status == 200)
            let view: JobView = try answer.json()
            #expect(view.state == .succeeded)
            #expect(view.attempts == 1)
            #expect(view.maxAttempts == 3)
            #expect(view.progress?.stage == "walking")
            #expect(view.result == ["place": "market"])
            #expect(view.log?.map(\.text) == ["on the way"])
            #expect(try await other.get("/api/v1/jobs/\(id)").status == 404)
            #expect(try await mine.get("/api/v1/jobs/\(UUIDv7.make(at: Date()))").status == 404)
            #expect(try await mine.get("/api/v1/jobs/nonsense").status == 404)
        }
    }

    @Test("The list has pages and can be narrowed to a state")
    func list() async throws {
        try await withClients { shop, mine, other in
            for number in 0..<5 { try await shop.queue.enqueue(errand, Errand(name: "\(number)"), user: shop.user) }
            let all: Page<JobView> = try await mine.get("/api/v1/jobs?limit=2&page=2").json()
            #expect(all.pagination == Pagination(page: 2, limit: 2, total: 5))
            #expect(all.data.count == 2)
            try await shop.queue.cancel(try #require(JobID(all.data[0].id)), of: shop.user)
            let cancelled: Page<JobView> = try await mine.get("/api/v1/jobs?state=cancelled").json()
            #expect(cancelled.data.map(\.id) == [all.data[0].id])
            #expect(try await mine.get("/api/v1/jobs?state=sleeping").status == 400)
            #expect(try await mine.get("/api/v1/jobs?limit=0").status == 400)
            let none: Page<JobView> = try await other.get("/api/v1/jobs").json()
            #expect(none.pagination.total == 0)
        }
    }

    @Test("Cancel and retry answer with the job; out of turn they are conflicts, on another's job 404")
    func cancelAndRetry() async throws {
        try await withClients { shop, mine, other in
            let id = try await shop.queue.enqueue(errand, Errand(name: "a"), user: shop.user)
            #expect(try await other.post("/api/v1/jobs/\(id)/cancel").status == 404)
            #expect(try await mine.post("/api/v1/jobs/\(id)/retry").status == 409)
            let cancelled = try await mine.post("/api/v1/jobs/\(id)/cancel")
            #expect(cancelled.status == 200)
            #expect(try cancelled.json(JobView.self).state == .cancelled)
            #expect(try await mine.post("/api/v1/jobs/\(id)/cancel").status == 409)
            #expect(try await other.post("/api/v1/jobs/\(id)/retry").status == 404)
            #expect(try await mine.post("/api/v1/jobs/\(id)/retry").json(JobView.self).state == .pending)
        }
    }
}

@Suite("Jobs on the bus", .timeLimit(.minutes(3)))
struct JobEventsTests {
    @Test("A job's owner hears how far it is")
    func progress() async throws {
        try await withWorkshop(.sqlite) { shop in
            shop.handlers.add(
                JobHandler(errand) { _, context in
                    context.progress(stage: "walking", done: 1, total: 2)
                    return nil
                })
            let id = try await shop.queue.enqueue(errand, Errand(name: "a"), user: shop.user)
            let bus = EventBus()
            let payloads = try await bus.withSubscription(user: shop.user) { subscription in
                try await shop.worker(onUpdate: JobUpdate.publishing(to: bus)).drain()
                bus.close()
                var payloads: [String] = []
                for try await case .event(let event) in subscription {
                    #expect(event.type == "job.progress")
                    payloads.append(event.payload)
                }
                return payloads
            }
            #expect(
                payloads == [
                    #"{"job_id":"\#(id)","kind":"test.errand","state":"running"}"#,
                    #"{"job_id":"\#(id)","kind":"test.errand","progress":{"done":1,"stage":"walking","total":2},"state":"running"}"#,
                    #"{"job_id":"\#(id)","kind":"test.errand","state":"succeeded"}"#,
                ])
        }
    }
}
