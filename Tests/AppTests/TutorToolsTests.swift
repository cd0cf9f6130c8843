import Database
import DatabaseTesting
import HTTPServingTesting
import JSON
import Testing

@testable import App

/// What the tutor makes for who says so, by the whole program.
@Suite("The tutor's tools", .timeLimit(.minutes(5)))
struct TutorToolsTests {
    @Test(arguments: Dialect.allCases) func `what is wished for is asked about, made once, and taken back`(_ dialect: Dialect)
        async throws
    {
        try await Stage.with(dialect) { stage in
            let ann = try await stage.person("ann")
            _ = try await ann.bring("cell.md", Course.markdown)
            let talk = try await ann.conversation()
            let answered = try await ann.ask(Course.question, in: talk)
            #expect(answered["proposal"]?.text == nil)
            for (wish, tool, kind, place) in [
                ("Make me a quiz with 3 questions", "quiz_make", "quiz", "quizzes"),
                ("Make flashcards from my documents", "cards_make", "deck", "decks"),
                ("Make an outline", "note_make", "note", "notes"),
                ("Draw a diagram of osmosis", "note_make", "note", "notes"),
                ("Please add a bio exam on friday 9am", "event_add", "event", "planner/events"),
            ] {
                let answer = try await ann.ask(wish, in: talk)
                #expect(answer["proposal"]?["tool"]?.text == tool && answer["proposal"]?["state"]?.text == "proposed", "\(answer)")
                let address = "/api/v1/chat/messages/\(try #require(answer["id"]?.text))/proposal"
                var id = ""
                for _ in 0..<2 {
                    let done = try await ann.client.post(address)
                    let deed = try done.json(JSONValue.self)["proposal"]?["deed"]
                    #expect(done.status == 200 && deed?["kind"]?.text == kind, "\(done.text)")
                    id = try #require(deed?["id"]?.text)
                }
                let made = "/api/v1/\(place)/\(id)"
                #expect(try await ann.client.get(made).status == 200)
                #expect(try await ann.client.delete(address).status == 200)
                #expect(try await ann.client.get(made).status == 404)
                #expect(try await ann.client.delete(address).status == 200)
            }
            // A plan keeps the plan before it.
            _ = try await ann.planned(
                course: try #require(
                    try await ann.client.post("/api/v1/courses", json: #"{"name": "Cells"}"#).json(JSONValue.self)["id"]?.text))
            let plan = try await ann.ask("Plan my week", in: talk)
            #expect(plan["proposal"]?["tool"]?.text == "week_plan", "\(plan)")
            let week = "/api/v1/chat/messages/\(try #require(plan["id"]?.text))/proposal"
            for _ in 0..<2 {
                let done = try await ann.client.post(week)
                #expect(try done.json(JSONValue.self)["proposal"]?["deed"]?["kind"]?.text == "plan", "\(done.text)")
            }
            for _ in 0..<2 { #expect(try await ann.client.delete(week).status == 200) }
            let next = try await ann.ask("What should I study today?", in: talk)
            #expect(next["content"]?.text?.contains("lan") == true && next["proposal"]?.text == nil, "\(next)")
            // What was answered becomes a note with its sources.
            _ = try await ann.ask(Course.question, in: talk)
            let kept = try await ann.ask("Save this as a note", in: talk)
            let address = "/api/v1/chat/messages/\(try #require(kept["id"]?.text))/proposal"
            let deed = try await ann.client.post(address).json(JSONValue.self)["proposal"]?["deed"]
            let note = try await ann.client.get("/api/v1/notes/\(try #require(deed?["id"]?.text))").json(JSONValue.self)
            #expect(note["title"]?.text == Course.question && note["citations"]?.list.isEmpty == false, "\(note)")
            let told = try await ann.ask("How am I doing?", in: talk)
            #expect(told["content"]?.text?.contains("taken no quiz") == true && told["proposal"]?.text == nil, "\(told)")
        }
    }
}
