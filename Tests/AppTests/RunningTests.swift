import Ambient
@testable import App
import Database
import HTTPEngine
import HTTPServing
import HTTPServingTesting
import JSON
import Lifecycle
import Settings
import Synchronization
import Testing

@Suite(.timeLimit(.minutes(3)))
struct RunningTests {
    @Test func `jobs of the embedded database are taken over when the process that ran them ends`() async throws {
        try await Stage.with(.sqlite, running: false) { stage in
            var other = try ProcessLock(path: stage.app.data.path + "/jobs.lock")
            let shutdown = ShutdownSignal()
            async let services: Void = stage.app.run(until: shutdown)
            let ann = try await stage.person("ann")
            let id = try #require(try await ann.upload("cells.md", Course.markdown)["id"]?.text)
            #expect(try ProcessLock(path: stage.app.data.path + "/jobs.lock") == nil)
            #expect(other != nil)
            other = nil
            #expect(try await ann.settled(id)["status"]?.text == "completed")
            shutdown.trigger()
            try await services
        }
    }

    @Test func `what a document says cannot drive the terminal that an answer is shown on`() async throws {
        try await Stage.with(.sqlite) { stage in
            let ann = try await stage.person("ann")
            let text = "The enzyme \u{1B}]0;owned\u{1B}\\rubisco \u{202E}joins\u{202C} carbon dioxide to ribulose bisphosphate.\n"
            let document = try await ann.bring("calvin.txt", Array(String(repeating: text, count: 3).utf8))
            #expect(document["status"]?.text == "completed")
            let shown = Mutex("")
            let answer = try await stage.app.ask(Course.question, user: try #require(UserID(ann.id))) { part in
                shown.withLock { $0 += part }
            }
            #expect(shown.withLock { $0 }.contains("rubisco"))
            for text in [shown.withLock { $0 }] + answer.sources.flatMap({ [$0.place, $0.quote] }) {
                #expect(!text.unicodeScalars.contains { $0 == "\u{1B}" || $0.properties.isBidiControl })
            }
            #expect("a\tb\nc é".safeForTerminal == "a\tb\nc é")
        }
    }

    @Test(arguments: [("256", 4_096 << 20), ("16384", 16_386 << 20)])
    func `the server lets the largest upload that the setting allows through`(megabytes: String, bytes: Int) async throws {
        try await Stage.with(.sqlite, settings: ["LM_UPLOAD_LIMIT_MB": megabytes], running: false) { stage in
            #expect(stage.app.httpConfiguration.maximumBodyBytes == bytes)
        }
    }
}
