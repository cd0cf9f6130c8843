import Ambient
import Database
import FoundationEssentials
import HTTPServingTesting
import Jobs
import Speech
import Synchronization
import Testing
@testable import Transcripts

/// Tells turns that a test gives; fails as often as it is told to.
final class ScriptedSpeakers: SpeakerFinder {
    let isReady: Bool
    let answer: Mutex<[SpeakerTurn]>
    let asked = Mutex<[Int?]>([])
    let failures: Mutex<Int>

    init(_ turns: [SpeakerTurn], isReady: Bool = true, failures: Int = 0) {
        answer = Mutex(turns)
        self.isReady = isReady
        self.failures = Mutex(failures)
    }

    func turns(in sound: SampleFile, count: Int?, progress: @Sendable (Int) -> Void) async throws -> [SpeakerTurn] {
        asked.withLock { $0.append(count) }
        let fails = failures.withLock { left in
            defer { left = max(0, left - 1) }
            return left > 0
        }
        if fails { throw SpeechFailure(.refused, "The voices cannot be told apart.") }
        progress(sound.count)
        return answer.withLock { $0 }
    }
}

@Suite(.timeLimit(.minutes(5)))
struct SpeakerLabelTests {
    private func segment(_ text: String, from start: Int, perWord: Int = 500, speaker: String? = nil) -> TranscriptSegment {
        let words = text.split(separator: " ").enumerated().map { number, word in
            TranscriptSegment.Word(text: String(word), start: start + number * perWord, end: start + (number + 1) * perWord)
        }
        return TranscriptSegment(
            id: TranscriptSegmentID(UUID()), start: start, end: words.last?.end ?? start, text: text, confidence: 0.5,
            speaker: speaker,
            words: words)
    }

    private func told(_ segments: [TranscriptSegment], _ turns: [(Int, Int, Int)]) -> [String] {
        SegmentSpeakers.told(segments, by: turns.map { SpeakerTurn(start: $0.0, end: $0.1, speaker: $0.2) }) {
            TranscriptSegmentID(UUID())
        }
        .map { "\($0.speaker ?? "-"): \($0.text)" }
    }

    @Test func `a segment in which somebody else goes on is parted, at the end of a sentence`() {
        let whole = segment("Is that a cell? Yes it is one.", from: 0)
        // The voice changes a word late, as times are not exact.
        #expect(told([whole], [(0, 2_400, 0), (2_400, 9_000, 1)]) == ["Speaker 1: Is that a cell?", "Speaker 2: Yes it is one."])
        // A word that its time gives to the next, or to who spoke before.
        let two = [segment("It has a plan.", from: 0), segment("And where is it?", from: 2_000)]
        #expect(told(two, [(0, 1_200, 0), (1_200, 9_000, 1)]) == ["Speaker 1: It has a plan.", "Speaker 2: And where is it?"])
        #expect(told(two, [(0, 2_800, 0), (2_800, 9_000, 1)]) == ["Speaker 1: It has a plan.", "Speaker 2: And where is it?"])
        let short = SegmentSpeakers.told(
            [segment("So so it goes on", from: 0)],
            by: [
                .init(start: 0, end: 1_000, speaker: 0), .init(start: 1_000, end: 1_400, speaker: 1),
                .init(start: 1_400, end: 9_000, speaker: 0),
            ]
        ) { TranscriptSegmentID(UUID()) }
        #expect(short.map(\.speaker) == ["Speaker 1"])
    }

    @Test func `a voice keeps the label that it had, and what nobody speaks has none`() {
        let before = [
            segment("One two", from: 0, speaker: "Speaker 2"), segment("Three four", from: 2_000, speaker: "Speaker 1"),
            segment("Five", from: 60_000),
        ]
        #expect(told(before, [(0, 1_500, 0), (1_900, 4_000, 1)]) == ["Speaker 2: One two", "Speaker 1: Three four", "-: Five"])
    }

    @Test(arguments: Dialect.allCases) func `who speaks is a stage of its own, kept and asked for again`(_ dialect: Dialect)
        async throws
    {
        let speakers = ScriptedSpeakers([.init(start: 0, end: 3_000, speaker: 0), .init(start: 3_000, end: 9_000, speaker: 1)])
        try await TranscriptStage.with(dialect, speakers: speakers) { stage in
            let client = stage.client()
            let form = TestForm().text("speakers", "2").file("file", filename: "l.wav", TranscriptStage.silence(seconds: 6))
            let added: TranscriptView = try await client.post("/stt/transcribe", form: form).json()
            #expect(added.speakersState == .pending && added.speakersCount == 2)
            try await stage.worker.drain()
            var view: TranscriptView = try await client.get("/stt/transcripts/\(added.id)").json()
            #expect(view.speakersState == .completed && speakers.asked.withLock { $0 } == [2])
            #expect(
                view.segments?.map(\.speaker) == ["Speaker 1", "Speaker 1", "Speaker 1", "Speaker 2", "Speaker 2", "Speaker 2"])
            // Its document has them from the first version on.
            #expect(stage.shelf.kept.withLock { $0.map { $0.subtitles.contains("<v Speaker 2>") } } == [true])
            #expect(
                try await stage.eventTypes() == [
                    "transcript.added", "transcript.completed", "transcript.parted", "transcript.shelved",
                ])

            _ = try await client.patch("/stt/transcripts/\(added.id)", json: #"{"speakers": {"Speaker 2": "Dr. Lee"}}"#)
            speakers.answer.withLock {
                $0 = [.init(start: 0, end: 1_000, speaker: 0), .init(start: 1_000, end: 9_000, speaker: 1)]
            }
            view = try await client.post("/stt/transcripts/\(added.id)/speakers", json: "{}").json()
            #expect(view.speakersState == .pending && view.speakersCount == nil)
            try await stage.worker.drain()
            view = try await client.get("/stt/transcripts/\(added.id)").json()
            #expect(view.segments?[0].speaker == "Speaker 1" && view.segments?[1].speaker == "Speaker 2" && view.isDocumentOld)
            #expect(view.speakers == ["Speaker 2": "Dr. Lee"])

            // One person: nobody is told apart.
            view = try await client.post("/stt/transcripts/\(added.id)/speakers", json: #"{"count": 1}"#).json()
            #expect(view.segments?.allSatisfy { $0.speaker == nil } == true && view.speakersState == .none && view.speakers.isEmpty)
            #expect(try await client.post("/stt/transcripts/\(added.id)/speakers", json: #"{"count": 0}"#).status == 400)
            #expect(try await stage.client("ben").post("/stt/transcripts/\(added.id)/speakers", json: "{}").status == 404)
        }
    }

    @Test func `where it fails the words are kept, and it says why`() async throws {
        let speakers = ScriptedSpeakers([], failures: 100)
        try await TranscriptStage.with(.sqlite, speakers: speakers) { stage in
            let client = stage.client()
            let form = TestForm().text("speakers", "auto").file("file", filename: "l.wav", TranscriptStage.silence(seconds: 3))
            let added: TranscriptView = try await client.post("/stt/transcribe", form: form).json()
            try await stage.worker.drain()
            var view: TranscriptView = try await client.get("/stt/transcripts/\(added.id)").json()
            #expect(view.state == .completed && view.segments?.count == 3 && view.speakersState == .failed)
            #expect(view.speakersProblem?.contains("told apart") == true && view.shelf == .completed)
            speakers.failures.withLock { $0 = 0 }
            #expect(try await client.post("/stt/transcripts/\(added.id)/speakers", json: #"{"count": 3}"#).status == 202)
            try await stage.worker.drain()
            view = try await client.get("/stt/transcripts/\(added.id)").json()
            #expect(view.speakersState == .completed && view.speakersProblem == nil)
        }
    }

    @Test func `without the model it is refused in plain words`() async throws {
        try await TranscriptStage.with(.sqlite, speakers: ScriptedSpeakers([], isReady: false)) { stage in
            let added = try await stage.bring(TranscriptStage.silence(seconds: 1))
            try await stage.worker.drain()
            #expect(try await stage.client().post("/stt/transcripts/\(added.id)/speakers", json: "{}").status == 503)
        }
    }
}
