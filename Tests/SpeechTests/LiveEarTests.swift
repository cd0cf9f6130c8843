import FoundationEssentials
@testable import Speech
import Telemetry
import Testing

@Suite("Hearing a talk", .enabled(if: SpeechBench.hasModels), .timeLimit(.minutes(3)))
struct LiveEarTests {
    /// The models that are here, in a folder of its own.
    private func withFolder(_ body: (SpeechFolder) async throws -> Void) async throws {
        let models = try #require(SpeechBench.folder).path
        let folder = FileManager.default.temporaryDirectory.path + "/ear-\(UUID().uuidString)"
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let real = URL(filePath: models).resolvingSymlinksInPath().path
        for name in try FileManager.default.contentsOfDirectory(atPath: real) where name.hasPrefix("lib") || name.hasSuffix(".bin")
        {
            try FileManager.default.createSymbolicLink(atPath: "\(folder)/\(name)", withDestinationPath: "\(real)/\(name)")
        }
        try await body(SpeechFolder(path: folder))
    }

    private func sound(of text: String) async throws -> [Int16] {
        let flite = FliteSynthesizer(sandbox: SpeechBench.sandbox)
        let voice = try #require(flite.voices().first)
        var samples: [Int16] = []
        try await flite.speak(SpeechBench.pieces(text), voice: voice, speed: 1) {
            samples += Resampler.resample($0.samples, from: $0.rate, to: LiveEar.rate)
        }
        return samples
    }

    @Test("a turn is heard by a model of a short window, which is made once")
    func windows() async throws {
        let said = try await sound(of: "What carries every cell of the body?")
        try await withFolder { folder in
            let ear = LiveEar(folder: folder, sandbox: SpeechBench.sandbox, logger: .silent)
            #expect(folder.shortRecognition == nil)
            try await ear.warm()
            #expect(folder.hasShortModel && ear.workers.map(\.isStanding) == [true, true, false])
            #expect(try await ear.words(in: said, language: "en").text.lowercased().contains("every cell of the body"))
            #expect(try await ear.words(in: said).language == "en")
            #expect(ear.workers.map(\.isStanding) == [true, true, false])
            // Another model in its place: it is made anew.
            let made = try #require(
                try FileManager.default.contentsOfDirectory(atPath: folder.path).first { $0.hasSuffix(".gguf") })
            try FileManager.default.setAttributes(
                [.modificationDate: Date(timeIntervalSince1970: 0)], ofItemAtPath: "\(folder.path)/\(made)")
            #expect(!folder.hasShortModel)
            try folder.makeShortModel()
            #expect(folder.hasShortModel)
            for worker in ear.workers { await worker.retire(afterIdle: .zero) }
        }
    }

    @Test("a voice is found before it is a word, and a click is none")
    func voices() async throws {
        let said = try await sound(of: "What carries every cell of the body?")
        let start = try #require(said.firstIndex { abs(Int($0)) > 400 })
        try await withFolder { folder in
            let ear = LiveEar(folder: folder, sandbox: SpeechBench.sandbox, logger: .silent)
            let quiet = [Int16](repeating: 0, count: LiveEar.rate)
            let soon = try await ear.speech(in: quiet + said[start..<start + LiveEar.rate * 22 / 100])
            #expect(soon.contains { $0.count > LiveEar.rate * 16 / 100 })
            var click = quiet
            for place in 0..<80 { click[8_000 + place] = place % 8 < 4 ? 20_000 : -20_000 }
            #expect(try await ear.speech(in: click) == [])
            await ear.workers[0].retire(afterIdle: .zero)
        }
    }
}
