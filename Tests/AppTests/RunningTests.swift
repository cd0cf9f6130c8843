@testable import App
import Database
import HTTPEngine
import HTTPServing
import HTTPServingTesting
import Lifecycle
import Settings
import Testing

@Suite(.timeLimit(.minutes(2)))
struct RunningTests {
    @Test func `jobs of the embedded database are taken over when the process that ran them ends`() async throws {
        try await Stage.with(.sqlite, running: false) { stage in
            var other = try ProcessLock(path: stage.app.data.path + "/jobs.lock")
            let shutdown = ShutdownSignal()
            async let services: Void = stage.app.run(Set(ServiceName.allCases), until: shutdown)
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

    @Test(arguments: [("256", 1 << 30), ("16384", 16_386 << 20)])
    func `the server lets the largest upload that the setting allows through`(megabytes: String, bytes: Int) async throws {
        try await Stage.with(.sqlite, settings: ["LM_UPLOAD_LIMIT_MB": megabytes], running: false) { stage in
            #expect(stage.app.httpConfiguration.maximumBodyBytes == bytes)
        }
    }
}
