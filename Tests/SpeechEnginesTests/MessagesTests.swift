import SpeechMessages
import Testing

struct MessagesTests {
    private static let requests: [SpeechRequest] = [
        .speak(voice: "slt", words: ["a", "b\u{F6}c"], ending: "?", speed: 1.5), .pronounce(phonemes: [1, 0, 300, 2], speed: 0.5),
        .findSpeech(samples: [0, -1, 32_767, -32_768], silence: 300, least: 100),
        .recognise(samples: [5], language: "de", vocabulary: ["ComfyUI", ""], threads: 2),
        .describeVoice(samples: [7, -7]),
    ]
    private static let replies: [SpeechReply] = [
        .sound(samples: [1, -2], rate: 22_050, ends: [1, 2]), .speech([0..<5, 7..<9]), .speech([]),
        .words(
            language: "en",
            segments: [
                .init(start: 10, end: 2_000, text: " Hello.", confidence: 0.75),
                .init(start: 2_000, end: 3_000, text: "Who knows?", confidence: nil),
            ]),
        .failed(.unusable, "no model"), .voices([.init(range: 3..<9, vector: [0.5, -1])]), .voices([]),
    ]

    @Test(arguments: requests) func `a request comes through as it was`(_ request: SpeechRequest) throws {
        #expect(try SpeechRequest(request.encoded()[...]) == request)
    }

    @Test(arguments: replies) func `a reply comes through as it was`(_ reply: SpeechReply) throws {
        #expect(try SpeechReply(reply.encoded()[...]) == reply)
    }

    @Test func `what is cut anywhere, or longer than it says, is no message`() {
        for request in Self.requests {
            let bytes = request.encoded()
            for end in 0..<bytes.count { #expect(throws: WireFailure.self) { try SpeechRequest(bytes[..<end]) } }
            #expect(throws: WireFailure.self) { try SpeechRequest((bytes + [0])[...]) }
        }
        for reply in Self.replies {
            let bytes = reply.encoded()
            for end in 0..<bytes.count { #expect(throws: WireFailure.self) { try SpeechReply(bytes[..<end]) } }
        }
    }

    @Test(arguments: [1, 3, 7, 1000]) func `frames come out whole however they are cut`(_ size: Int) throws {
        let messages = Self.requests.map { $0.encoded() } + [[]]
        let stream = messages.flatMap { SpeechFrames.framed($0) }
        var (frames, found) = (SpeechFrames(), [[UInt8]]())
        for start in stride(from: 0, to: stream.count, by: size) {
            frames.append(stream[start..<min(start + size, stream.count)])
            while let message = try frames.next() { found.append(message) }
        }
        #expect(found == messages)
    }

    @Test func `a frame that says it is longer than any is refused`() throws {
        var frames = SpeechFrames()
        frames.append([255, 255, 255, 255])
        #expect(throws: WireFailure.self) { try frames.next() }
    }
}
