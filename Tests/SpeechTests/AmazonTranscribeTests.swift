import Ambient
import HTTPClient
import ScriptedServing
@testable import Speech
import Synchronization
import Testing

/// Amazon Transcribe, as a scripted server plays it and its bucket.
@Suite(.timeLimit(.minutes(2)))
struct AmazonTranscribeTests {
    /// As it lies in a bucket; shortened.
    private static let written = """
        {"jobName": "lm-1", "accountId": "123456789012", "status": "COMPLETED", "results": {
         "transcripts": [{"transcript": "Rubisco binds it. Does it?"}],
         "items": [
          {"id": 0, "type": "pronunciation", "start_time": "0.04", "end_time": "0.61", "alternatives": [{"confidence": "0.9", "content": "Rubisco"}]},
          {"id": 1, "type": "pronunciation", "start_time": "0.61", "end_time": "1.0", "alternatives": [{"confidence": "1.0", "content": "binds"}]},
          {"id": 2, "type": "pronunciation", "start_time": "1.0", "end_time": "1.2", "alternatives": [{"confidence": "0.8", "content": "it"}]},
          {"id": 3, "type": "punctuation", "alternatives": [{"confidence": "0.0", "content": "."}]},
          {"id": 4, "type": "pronunciation", "start_time": "1.5", "end_time": "1.9", "alternatives": [{"confidence": "0.99", "content": "Does"}]},
          {"id": 5, "type": "pronunciation", "start_time": "1.9", "end_time": "9.9", "alternatives": [{"confidence": "0.97", "content": "it"}]},
          {"id": 6, "type": "punctuation", "alternatives": [{"confidence": "0.0", "content": "?"}]}],
         "audio_segments": [{"id": 0, "transcript": "Rubisco binds it.", "start_time": "0.0", "end_time": "1.2", "items": [0, 1, 2, 3]}]}}
        """

    private func transcribed(
        _ wishes: RecognitionWishes = .init(), states: [String] = ["QUEUED", "IN_PROGRESS", "COMPLETED"],
        answer: @escaping @Sendable (String, ScriptedConnection) -> Bool = { _, _ in false }
    ) async throws -> (result: Result<Transcription, any Error>, asked: [ScriptedRequest]) {
        let left = Mutex(states)
        let server = try ScriptedServer { connection, request in
            let action = request.headers["x-amz-target"].map { String($0.split(separator: ".").last ?? "") } ?? "\(request.method)"
            if answer(action, connection) { return }
            switch action {
            case "GetTranscriptionJob":
                let state = left.withLock { $0.count > 1 ? $0.removeFirst() : $0[0] }
                connection.respond(
                    200, [:],
                    #"{"TranscriptionJob": {"TranscriptionJobStatus": "\#(state)", "LanguageCode": "en-US", "FailureReason": "no sound"}}"#
                )
            case "GET": connection.respond(200, [:], Self.written)
            case "DELETE": connection.respond(204)
            default: connection.respond(200, [:], "{}")
            }
        }
        var configuration = HTTPClientConfiguration(retry: .never)
        configuration.usesProxyOfEnvironment = false
        let access = AmazonAccess(
            url: server.url, storageURL: server.url, bucket: "lectures", accessKey: "AKID", secretKey: "secret",
            region: "eu-central-1")
        let service = AmazonTranscribe(
            access, client: try HTTPClient(configuration), ambient: .live,
            patience: .init(first: .milliseconds(1), longest: .milliseconds(2), total: .milliseconds(20)))
        let result: Result<Transcription, any Error>
        do {
            result = .success(try await service.transcribe(Array("OggS".utf8), milliseconds: 2_000, wishes))
        } catch { result = .failure(error) }
        return (result, server.requests)
    }

    @Test func `sound goes into the bucket, words come out of it, and nothing stays`() async throws {
        let (result, asked) = try await transcribed(RecognitionWishes(language: "en"))
        let made = try result.get()
        #expect(made.language == "en" && made.segments.map(\.text) == ["Rubisco binds it.", "Does it?"])
        #expect(made.segments[0].words.map(\.start) == [40, 610, 1000] && made.segments[0].confidence.map { Int($0 * 100) } == 90)
        #expect(made.segments[1].end == 2_000)
        let told = asked.map {
            "\($0.method) \($0.target.contains(".json") ? "json" : $0.target.contains(".ogg") ? "ogg" : $0.headers["x-amz-target"] ?? "")"
        }
        #expect(
            told == [
                "PUT ogg", "POST Transcribe.StartTranscriptionJob", "POST Transcribe.GetTranscriptionJob",
                "POST Transcribe.GetTranscriptionJob",
                "POST Transcribe.GetTranscriptionJob", "GET json", "POST Transcribe.DeleteTranscriptionJob", "DELETE ogg",
                "DELETE json",
            ])
        #expect(asked[0].target.hasPrefix("/lectures/little-monster/lm-") && asked[0].text.hasSuffix("OggS"))
        #expect(asked.allSatisfy { $0.headers["authorization"]?.contains("/eu-central-1/") == true })
        #expect(asked[1].text.contains(#""LanguageCode":"en-US""#) && asked[1].text.contains(#""OutputBucketName":"lectures""#))
    }

    @Test func `a language that is not told is found out`() async throws {
        let asked = try await transcribed().asked
        #expect(asked[1].text.contains(#""IdentifyLanguage":true"#) && !asked[1].text.contains("LanguageCode"))
    }

    @Test(arguments: ["FAILED", "IN_PROGRESS"]) func `a job that fails or takes too long is told, and removed`(_ state: String)
        async throws
    {
        let (result, asked) = try await transcribed(states: [state])
        #expect(throws: SpeechFailure.self) { try result.get() }
        #expect(asked.suffix(2).allSatisfy { $0.method == "DELETE" })
    }

    @Test func `an order that arrived although its answer did not goes on`() async throws {
        let (result, _) = try await transcribed { action, connection in
            guard action == "StartTranscriptionJob" else { return false }
            connection.respond(400, [:], #"{"__type": "ConflictException", "Message": "The requested job name already exists."}"#)
            return true
        }
        #expect(try result.get().segments.count == 2)
    }

    @Test(arguments: ["PUT", "StartTranscriptionJob", "GET"]) func `a refusal anywhere is told`(_ at: String) async throws {
        let (result, _) = try await transcribed { action, connection in
            if action == at { connection.respond(403, [:], "<Error><Code>AccessDenied</Code></Error>") }
            return action == at
        }
        let failure = #expect(throws: SpeechFailure.self) { try result.get() }
        #expect(failure?.message.contains("does not accept the key") == true)
    }

    @Test func `the region is read from the address`() {
        let access = AmazonAccess(
            url: "https://transcribe.eu-west-2.amazonaws.com/", storageURL: nil, bucket: "b", accessKey: "a", secretKey: "s",
            region: nil)
        #expect(access.region == "eu-west-2" && access.storageURL == "https://s3.eu-west-2.amazonaws.com")
    }
}
