import Ambient
@testable import Companion
import BlobStorage
import Database
import DatabaseTesting
import Failures
import FoundationEssentials
import Graphs
import LanguageModels
import Passages
import Synchronization
import Testing

@Suite("Turns", .timeLimit(.minutes(3)))
struct TurnTests {
    private static let biology = Passage(
        chunkID: Ambient.live.newID(), documentID: Ambient.live.newID(), title: "Biology", section: nil, page: nil,
        text: "Photosynthesis converts sunlight into chemical energy. Chlorophyll absorbs sunlight in the leaf.", score: 1)
    private static let png: [UInt8] = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A] + Array("rest".utf8)

    private static func parts() -> AsyncThrowingStream<[UInt8], any Error> { AsyncThrowingStream { $0.finish() } }

    @Test(
        "a persona speaks in its own voice and pace, else in the voice of the settings, else in the best",
        arguments: Dialect.allCases)
    func voices(_ dialect: Dialect) async throws {
        try await CompanionStage.with(dialect, voices: ["best", "house", "hers"], preferredVoice: "house") { stage in
            func spoken(_ persona: String) async throws -> (voice: String, speed: Double)? {
                let answer = try await stage.service.process(Self.parts(), of: try await stage.session(persona))
                #expect(answer.audio != nil && answer.notice == nil)
                return stage.voices.spoke.withLock { $0.last }
            }
            #expect(try await spoken("rose")?.voice == "house")
            var rose = Persona.builtIn[0]
            (rose.voice, rose.speed) = ("hers", 0.8)
            try await stage.service.put(rose, user: stage.ada)
            let heard = try await spoken("rose")
            #expect(heard?.voice == "hers" && heard?.speed == 0.8)
            #expect(try await spoken("coach")?.voice == "house")
            var own = Persona.plain
            (own.key, own.name, own.style, own.voice) = ("own", "Mine", "Dry.", "nobody's")
            await #expect { try await stage.service.put(own, user: stage.ada) } throws: {
                ($0 as? CompanionFailure)?.code == .validationFailed
            }
        }
        try await CompanionStage.with(voices: ["best", "other"], preferredVoice: "gone") { stage in
            _ = try await stage.service.process(Self.parts(), of: try await stage.session())
            #expect(stage.voices.spoke.withLock { $0.map(\.voice) } == ["best"])
        }
    }

    @Test("a model talks in the persona's manner, and knows what is remembered and what was said before")
    func smallTalk() async throws {
        let model = ScriptedText("Glad to hear it.")
        try await CompanionStage.with(
            model: model, memories: ["I like short answers"], summary: "They spoke of leaves.", hears: "I passed my exam!"
        ) { stage in
            let session = try await stage.session("coach")
            let answer = try await stage.service.process(Self.parts(), of: session)
            #expect(answer.turn.text == "Glad to hear it." && stage.notes.all.withLock { $0.last?.by } == "scripted")
            let told = try #require(model.asked.withLock { $0.last?.instruction })
            for part in [Persona.builtIn[2].style, "I like short answers", "They spoke of leaves."] { #expect(told.contains(part)) }
            // Who forgets a memory finds it nowhere.
            let left = try await stage.database.read(as: .user(stage.ada)) {
                try await GraphCheckpointStore().all(of: GraphThreadID(session.id.uuid), user: stage.ada, in: $0)
            }
            #expect(left.map(\.node) == [nil, "memory", "router", "context", "own", "summary"])
            #expect(left.allSatisfy { !$0.state.contains("short answers") })
            let manner = try await stage.database.read(as: .user(stage.ada)) {
                try await CompanionService.manner(in: session.id, of: stage.ada, in: $0)
            }
            #expect(manner == Persona.builtIn[2].style)
        }
    }

    @Test("who spoke in a conversation goes on there; what is left out of memory is not recalled")
    func goingOn() async throws {
        let model = ScriptedText("Fine.")
        try await CompanionStage.with(model: model, memories: ["I like tea"], remembers: false, hears: "Thank you") { stage in
            let begun = try await stage.session("examiner")
            let again = try await stage.service.start(.init(remembers: true, conversation: begun.id), user: stage.ada)
            #expect(again.persona.key == "examiner" && !again.session.remembers)
            _ = try await stage.service.process(Self.parts(), of: again.session)
            #expect(model.asked.withLock { $0.last?.instruction?.contains("tea") } == false)
            let other = try await stage.service.start(
                .init(persona: "coach", remembers: true, conversation: begun.id), user: stage.ada)
            #expect(other.persona.key == "coach")
        }
    }

    @Test(
        "a model that fails or says nothing leaves the answer to the companion's own words",
        arguments: [ScriptedText(nil), ScriptedText(" \n")])
    func noModel(_ model: ScriptedText) async throws {
        try await CompanionStage.with(model: model, hears: "Thank you") { stage in
            let answer = try await stage.service.process(Self.parts(), of: try await stage.session())
            #expect(answer.turn.text == "You are welcome." && stage.notes.all.withLock { $0.last?.by } == "little-monster")
        }
    }

    @Test("distress is answered with where help is, and no model is asked")
    func distress() async throws {
        let model = ScriptedText("Cheer up!")
        try await CompanionStage.with(model: model, hears: "I want to kill myself") { stage in
            let answer = try await stage.service.process(Self.parts(), of: try await stage.session())
            #expect(answer.turn.text.contains("116 123") && model.asked.withLock { $0.isEmpty })
        }
    }

    @Test(
        "a provider draws; where it fails the model does, and where that fails the documents are laid out",
        arguments: Dialect.allCases)
    func pictures(_ dialect: Dialect) async throws {
        func drawn(_ pictures: ScriptedPictures?, _ model: ScriptedText?, _ check: (CompanionStage, Picture) async throws -> Void)
            async throws
        {
            try await CompanionStage.with(
                dialect, model: model, pictures: pictures, hears: "Draw me a diagram of photosynthesis", found: [Self.biology]
            ) { stage in
                let turn = try await stage.service.process(Self.parts(), of: try await stage.session()).turn
                let id = try #require(turn.picture)
                try await check(stage, try await stage.service.picture(PictureID(id), user: stage.ada))
                #expect(turn.text.contains("Photosynthesis converts sunlight"))
            }
        }
        let svg = ScriptedText("<svg viewBox=\"0 0 9 9\"><script>x</script><rect width=\"5\"/></svg>")
        let broken = ScriptedPictures(picture: nil)
        try await drawn(ScriptedPictures(picture: DrawnPicture(bytes: Self.png, form: .png)), svg) { stage, picture in
            guard case .file(let digest, .png) = picture.content, case .file(let path) = try await stage.service.content(of: digest)
            else {
                return #expect(Bool(false))
            }
            #expect(try Data(contentsOf: URL(filePath: path)) == Data(Self.png))
            #expect(stage.notes.all.withLock { $0.last?.by } == "painter" && picture.isFromModel)
            // Sound goes after an hour, a picture stays with its conversation.
            #expect(try await stage.service.sweep().files == 0)
            _ = try await stage.service.content(of: digest)
        }
        try await drawn(broken, svg) { stage, picture in
            #expect(
                picture.content == .svg("<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 9 9\"><rect width=\"5\"/></svg>"))
            #expect(stage.notes.all.withLock { $0.last?.by } == "scripted")
        }
        try await drawn(broken, ScriptedText("I would rather not.")) { stage, picture in
            guard case .svg(let text) = picture.content else { return #expect(Bool(false)) }
            #expect(text.contains(">photosynthesis</text>") && !picture.isFromModel)
            #expect(stage.notes.all.withLock { $0.last?.by } == "little-monster")
        }
    }
}
