import Concurrency
import Failures
import HTTPMessages
package import HTTPServing
package import Speech

/// How things stand with the models of speech, over HTTP.
package struct SpeechModelsRoutes: RouteCollection {
    private let keeper: SpeechModelsKeeper
    private let equipment: SpeechEquipment

    package init(keeper: SpeechModelsKeeper, equipment: SpeechEquipment) { (self.keeper, self.equipment) = (keeper, equipment) }

    package var routes: [Route] { [show, add] }

    private static let tag = "Speech"

    private var show: Route {
        Route.get("/speech/models", "Show which models of speech are here", tag: Self.tag, returns: SpeechModelsView.self) { _ in
            await view()
        }
        .described(
            "They come by themselves after the first start; until then speech is not written down, and plain voices read aloud.")
    }

    private func view() async -> SpeechModelsView {
        await BlockingPool.shared.run { SpeechModelsView(keeper.standing(), folder: equipment.folder, isOn: keeper.isOn) }
    }

    private var add: Route {
        Route.post(
            "/speech/voices", "Fetch a voice", tag: Self.tag, access: .role(.administrator), body: VoiceWish.self,
            returns: SpeechModelsView.self,
            status: 202, failures: [.validationFailed, .notFound]
        ) { _, wish in
            guard let voice = KnownVoice.all.first(where: { $0.id == wish.voice }) else {
                throw HTTPFailure(.notFound, "There is no voice of that name to fetch.")
            }
            keeper.want(voice)
            return await view()
        }
        .described("`accepts` says that you have read the voice's `notice`.")
    }
}

struct VoiceWish: APIType {
    var voice: String
    var accepts: Bool

    static var constraints: [Constraint<VoiceWish>] {
        [.length(\.voice, "voice", 1...60), .check("accepts") { $0.accepts ? nil : "must be true: read the voice's notice first" }]
    }
}

struct SpeechModelsView: APIType {
    enum State: String, Codable, CaseIterable, Sendable { case ready, coming, failed, missing }

    struct Offer: APIType {
        var voice: String
        var language: String
        var licence: String
        var notice: String
        var isInstalled: Bool

        enum CodingKeys: String, CodingKey {
            case voice, language, licence, notice
            case isInstalled = "is_installed"
        }

        static var schemaName: String { "VoiceOffer" }
    }

    var recognition: State
    var stage: String?
    var percent: Int?
    var problem: String?
    var isFetching: Bool
    var voices: [Offer]

    enum CodingKeys: String, CodingKey {
        case recognition, stage, percent, problem, voices
        case isFetching = "is_on"
    }

    init(_ standing: SpeechModelsKeeper.Standing, folder: SpeechFolder, isOn: Bool) {
        isFetching = isOn
        let installed = Set(folder.voices.map(\.name))
        voices = KnownVoice.all.map {
            Offer(
                voice: $0.id, language: $0.language, licence: $0.licence, notice: $0.notice,
                isInstalled: installed.contains($0.name))
        }
        switch standing {
        case .ready: recognition = .ready
        case .missing: recognition = .missing
        case .coming(let stage, let done, let total):
            // A voice may come while all else is there.
            recognition = folder.canRecognise ? .ready : .coming
            self.stage = stage
            percent = total > 0 ? min(100, done * 100 / total) : nil
        case .failed(let reason):
            // What tells speakers apart, or speaks, may be missing while this is there.
            recognition = folder.canRecognise ? .ready : .failed
            problem = reason
        }
    }

    static var schemaName: String { "SpeechModels" }

    static var constraints: [Constraint<SpeechModelsView>] {
        [
            .describe("recognition", "Whether speech can be written down."),
            .describe("stage", "What is being fetched or converted."),
            .describe("is_on", "Whether models are fetched by themselves (LM_SPEECH)."),
            .describe("voices", "Voices that can be fetched, and what to know before."),
        ]
    }
}
