import Database
import DatabaseTesting
import HTTPMessages
import HTTPServing
import HTTPServingTesting
@testable import Memories
import Testing

@Suite(.timeLimit(.minutes(3)))
struct MemoryRoutesTests {
    @Test(arguments: Dialect.allCases) func `a student writes down, finds, edits, pins, exports and forgets`(_ dialect: Dialect)
        async throws
    {
        try await MemoryStage.with(dialect) { stage in
            let client = stage.client()
            let made = try await client.post("/memories", json: #"{"kind": "goal", "text": " Pass  anatomy "}"#)
            #expect(made.status == 201)
            let goal: MemoryView = try made.json()
            #expect(goal.text == "Pass anatomy" && goal.confidence == 1 && goal.source == nil)
            #expect(try await client.post("/memories", json: #"{"kind": "goal", "text": "pass anatomy"}"#).status == 409)
            #expect(try await client.post("/memories", json: #"{"kind": "goal", "text": " "}"#).status == 400)
            let fact: MemoryView = try await client.post("/memories", json: #"{"kind": "fact", "text": "I study law"}"#).json()

            let pinned: MemoryView = try await client.patch("/memories/\(goal.id)", json: #"{"is_pinned": true}"#).json()
            #expect(pinned.isPinned)
            #expect(try await client.get("/memories").json(Page<MemoryView>.self).data.map(\.id) == [goal.id, fact.id])
            #expect(try await client.get("/memories?q=law").json(Page<MemoryView>.self).data.map(\.id) == [fact.id])
            #expect(try await client.get("/memories?kind=goal").json(Page<MemoryView>.self).data.map(\.id) == [goal.id])
            #expect(try await client.get("/memories?ids=\(fact.id)").json(Page<MemoryView>.self).data.map(\.id) == [fact.id])
            let edited: MemoryView = try await client.patch("/memories/\(fact.id)", json: #"{"text": "I study medicine"}"#).json()
            #expect(edited.text == "I study medicine")
            #expect(try await client.get("/memories?q=medicine").json(Page<MemoryView>.self).data.map(\.id) == [fact.id])

            let export: MemoryExport = try await client.get("/memories/export").json()
            #expect(export.isOn && export.memories.count == 2)
            // Another student has none of it.
            let other = stage.client("ben")
            #expect(try await other.get("/memories").json(Page<MemoryView>.self).data.isEmpty)
            #expect(try await other.get("/memories/\(fact.id)").status == 404)
            #expect(try await other.patch("/memories/\(fact.id)", json: #"{"text": "Mine"}"#).status == 404)
            #expect(try await other.delete("/memories/\(fact.id)").status == 404)
            #expect(try await other.delete("/memories").status == 204)

            #expect(try await client.delete("/memories/\(fact.id)").status == 204)
            #expect(try await client.get("/memories/\(fact.id)").status == 404)
            #expect(try await client.delete("/memories").status == 204)
            #expect(try await stage.texts().isEmpty)
            let events = try await stage.database.read(as: .system) {
                try await $0.query("SELECT event_type FROM events ORDER BY position")
            }
            #expect(
                try events.map { try $0.get("event_type", as: String.self) } == [
                    "memory.created", "memory.created", "memory.changed", "memory.changed", "memory.forgotten", "memory.forgotten",
                ])
        }
    }

    @Test func `a switch turns memory off and on`() async throws {
        try await MemoryStage.with(.sqlite) { stage in
            let client = stage.client()
            #expect(try await client.get("/memories/settings").json(MemorySettings.self).isOn)
            let body = try await client.send(
                .put, "/memories/settings", headers: ["Content-Type": "application/json"], body: Array(#"{"is_on": false}"#.utf8))
            #expect(body.status == 200)
            #expect(try await client.get("/memories/settings").json(MemorySettings.self).isOn == false)
            #expect(try await stage.client("ben").get("/memories/settings").json(MemorySettings.self).isOn)
        }
    }
}
