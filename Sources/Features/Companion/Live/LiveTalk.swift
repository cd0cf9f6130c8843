import Ambient
import Concurrency
import Failures
import FoundationEssentials
import Speech
import Telemetry
import WebSockets

/// A talk as it happens, over one WebSocket: hears while the student speaks, answers when they are done, speaks sentence by sentence
/// while the answer is still being written, and is silent when they speak again.
///
/// `LiveTalk+Hearing` takes the sound, `LiveTalk+Answering` answers and speaks.
actor LiveTalk {
    enum State: String, Encodable, Sendable { case listening, thinking, speaking, muted }

    /// Something that was said, or written.
    struct Utterance: Sendable {
        let text: String
        let language: String?
    }

    /// A stretch of sound to be written down.
    struct Stretch: Sendable {
        let range: Range<Int>
        /// A pause ends it, not a moment in the middle of a word.
        let isPaused: Bool
    }

    /// What is loaded before it is needed.
    enum Warmth: Sendable { case turn, longTurn }

    static let subprotocol = "lm.talk.v1"

    nonisolated let socket: WebSocket
    nonisolated let service: CompanionService
    nonisolated let session: Session

    // MARK: Hearing

    /// The sound since `soundStart`, samples of 16,000 a second.
    var sound: [Int16] = []
    var soundStart = 0
    var lastLook = 0
    var taker = TurnTaker()
    var echo = EchoGuard()
    var isMuted = false
    /// Without it whatever comes while the companion speaks is taken for its own voice.
    var hasEchoCancellation = true
    /// The turn that is being spoken began while the companion spoke.
    var beganOverSpeech = false
    /// A turn that is over and not yet written down.
    var ended: Range<Int>?
    var written: TurnWords.Written?
    var words = TurnWords()
    /// Where the last turn that was handed on ends.
    var deliveredUpTo = 0
    var lastPartial = 0
    /// Samples that came while the last stretch was written down.
    var writingTakes = 0
    var isWriting = false
    nonisolated let soundCame = AsyncStream<Void>.makeStream(bufferingPolicy: .bufferingNewest(1))
    nonisolated let toWrite = AsyncStream<Stretch>.makeStream(bufferingPolicy: .bufferingNewest(1))
    nonisolated let toWarm = AsyncStream<Warmth>.makeStream(bufferingPolicy: .bufferingNewest(4))

    // MARK: Speaking

    var state = State.listening
    var sentence = 0
    var hasToldOfSilence = false
    /// Counts up with each interruption.
    nonisolated let interruptions = AsyncMonitor(0)
    /// The last sentence that the client has played.
    nonisolated let played = AsyncMonitor(0)
    nonisolated let utterances = AsyncStream<Utterance>.makeStream(bufferingPolicy: .bufferingOldest(8))

    init(_ socket: WebSocket, service: CompanionService, session: Session) {
        self.socket = socket
        self.service = service
        self.session = session
    }

    func run() async throws {
        let hears = await BlockingPool.shared.run { [ear = service.ear] in ear.isReady }
        if !hears {
            try await tell(
                LiveNote(
                    .notice, text: "Listening is not set up here yet; write instead, and hear the answer.",
                    code: "recognition_unavailable"))
        }
        try await tell(LiveNote(.state, state: state))
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await self.receive() }
            if hears {
                group.addTask { try await self.listen() }
                group.addTask { try await self.write() }
            }
            group.addTask { await self.warm(hears: hears) }
            group.addTask { try await self.converse() }
            defer {
                soundCame.continuation.finish()
                toWrite.continuation.finish()
                toWarm.continuation.finish()
                utterances.continuation.finish()
                group.cancelAll()
            }
            try await group.next()
        }
    }

    /// Until the client closes.
    private func receive() async throws {
        while let message = try await socket.receive() {
            switch message {
            case .binary(let bytes): take(bytes)
            case .text(let text):
                guard let request = try? JSONDecoder().decode(LiveRequest.self, from: Data(text.utf8)) else {
                    try await tell(LiveNote(.error, text: "This message is not understood.", code: FailureCode.badRequest.rawValue))
                    continue
                }
                if request.type == .end { return }
                try await take(request)
            }
        }
    }

    private func take(_ request: LiveRequest) async throws {
        switch request.type {
        case .hello: hasEchoCancellation = request.echoCancellation ?? true
        case .mute:
            isMuted = true
            taker.forget(before: soundStart + sound.count)
            if state == .listening { try await enter(.muted) }
        case .unmute:
            isMuted = false
            taker.forget(before: soundStart + sound.count)
            if state == .muted { try await enter(.listening) }
        case .interrupt: try await interrupt()
        case .played: played.signal { last, _ in last = max(last, request.number ?? 0) }
        case .text:
            let text = (request.text ?? "").trimmingCharacters
            guard !text.isEmpty, text.count <= 4_000 else { return }
            try await interrupt()
            utterances.continuation.yield(Utterance(text: text, language: nil))
        case .end: break
        }
    }

    /// Stops speaking, and thinking, where it stands.
    func interrupt() async throws {
        guard state == .speaking || state == .thinking else { return }
        interruptions.signal { count, _ in count += 1 }
        try await tell(LiveNote(.interrupted))
        try await enter(isMuted ? .muted : .listening)
    }

    func enter(_ next: State) async throws {
        guard next != state else { return }
        state = next
        try await tell(LiveNote(.state, state: next))
    }

    func tell(_ note: LiveNote) async throws { try await socket.send(json: note) }
}

extension String {
    fileprivate var trimmingCharacters: String {
        String(drop(while: \.isWhitespace).reversed().drop(while: \.isWhitespace).reversed())
    }
}
