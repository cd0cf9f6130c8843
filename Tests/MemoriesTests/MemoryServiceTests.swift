import Ambient
import Database
import DatabaseTesting
import FoundationEssentials
import Jobs
@testable import Memories
import Recollection
import Synchronization
import Testing

@Suite(.timeLimit(.minutes(3)))
struct MemoryServiceTests {
    @Test(arguments: Dialect.allCases) func `what a student tells is kept once, with the message that said it last`(
        _ dialect: Dialect
    )
        async throws
    {
        try await MemoryStage.with(dialect) { stage in
            try await stage.say("I'm struggling with glycolysis")
            let again = try await stage.say("I'm struggling with glycolysis.")
            try await stage.say("What is glycolysis?")
            let list = try await stage.service.list(kind: nil, text: nil, ids: nil, user: stage.ann, offset: 0, limit: 10).list
            #expect(list.map(\.memory.text) == ["I'm struggling with glycolysis"])
            #expect(list[0].memory.kind == .weakTopic && list[0].memory.source == again)
            #expect(list[0].place?.conversation == again.uuid)
            stage.said.texts.withLock { $0[again] = nil }
            #expect(try await stage.service.memory(list[0].memory.id, user: stage.ann).place == nil)
            #expect(try await stage.texts(of: stage.ben).isEmpty)
        }
    }

    @Test(arguments: Dialect.allCases) func `what contradicts an older memory takes its place, and shows it`(_ dialect: Dialect)
        async throws
    {
        try await MemoryStage.with(dialect) { stage in
            try await stage.say("I have my biology exam on 12 June.")
            try await stage.say("My biology exam is on 19 June.")
            try await stage.say("Please keep your answers short.")
            try await stage.say("Please give me longer answers in future.")
            let list = try await stage.service.list(kind: nil, text: nil, ids: nil, user: stage.ann, offset: 0, limit: 10).list
            #expect(list.map(\.memory.text) == ["Give me longer answers in future", "My biology exam is on 19 June"])
            #expect(list.map { $0.history.map(\.text) } == [["Keep your answers short"], ["I have my biology exam on 12 June"]])
            let style = try await stage.recall.recall(for: stage.ann, question: "What is osmosis?", limit: 3).style
            #expect(style.length == .long)
            // Forgetting leaves nothing of it.
            try await stage.service.forget(list[1].memory.id, user: stage.ann)
            let left = try await stage.database.read(as: .system) { try await $0.query("SELECT text FROM memories ORDER BY text") }
            #expect(
                try left.map { try $0.get("text", as: String.self) } == [
                    "Give me longer answers in future", "Keep your answers short",
                ])
        }
    }

    @Test(arguments: Dialect.allCases) func `a question recalls what has to do with it, and wishes always`(_ dialect: Dialect)
        async throws
    {
        try await MemoryStage.with(dialect) { stage in
            for text in [
                "I'm struggling with meiosis in biology", "I always forget the steps of meiosis", "I find meiosis difficult",
                "I have trouble with meiosis and crossing over",
                "I work part-time at a bakery", "Please keep your answers short.", "My name is Ann",
            ] { try await stage.say(text) }
            let found = try await stage.recall.recall(
                for: stage.ann, question: "Why do I find the steps of meiosis difficult?", limit: 3)
            #expect(found.memories.count == 4)
            #expect(found.memories.first?.text == "Keep your answers short" && found.style.length == .short)
            #expect(found.memories.dropFirst().allSatisfy { $0.text.contains("meiosis") })
            #expect(found.name?.text == "My name is Ann" && found.told.isEmpty)
            #expect(try await stage.recall.recall(for: stage.ben, question: "meiosis", limit: 3) == Recollection())
            let told = try await stage.recall.recall(for: stage.ann, question: "I want to pass the exam.", limit: 3).told
            #expect(told.map(\.kind) == [.goal])
        }
    }

    @Test(arguments: Dialect.allCases) func `turned off, nothing is kept and nothing is recalled`(_ dialect: Dialect) async throws {
        try await MemoryStage.with(dialect) { stage in
            try await stage.say("My name is Ann")
            try await stage.service.set(isOn: false, for: stage.ann)
            try await stage.say("I'm struggling with meiosis")
            #expect(try await stage.texts() == ["My name is Ann"])
            #expect(try await stage.recall.recall(for: stage.ann, question: "I am a student", limit: 3) == Recollection())
            try await stage.service.set(isOn: true, for: stage.ann)
            #expect(try await stage.recall.recall(for: stage.ann, question: "Hello", limit: 3).name != nil)
        }
    }

    @Test func `a message that is deleted before it is read is not remembered`() async throws {
        try await MemoryStage.with(.sqlite) { stage in
            let id = UtteranceID(UUID())
            try await stage.database.transaction(as: .user(stage.ann)) {
                try await stage.recall.note(id, "My name is Ann", of: stage.ann, in: $0)
            }
            try await stage.worker.drain()
            #expect(try await stage.texts().isEmpty)
        }
    }
}
