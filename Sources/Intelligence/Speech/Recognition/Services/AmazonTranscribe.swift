import Ambient
import Cryptography
import FoundationEssentials
import HTTPClient
import HTTPMessages

/// Amazon Transcribe: the sound goes into a bucket, a job writes it down, and what it wrote is fetched from the bucket. Then sound, words
/// and job are removed there, however it ended.
struct AmazonTranscribe: TranscriptionService {
    /// How long is waited between two looks at a job.
    struct Patience: Sendable {
        var first = Duration.seconds(3)
        var longest = Duration.seconds(15)
        /// After which the job is given up.
        var total = Duration.seconds(1_800)
    }

    let engine = "amazon"
    private let access: AmazonAccess
    private let patience: Patience
    private let service: AmazonLine
    private let storage: AmazonLine

    init(_ access: AmazonAccess, client: HTTPClient, ambient: Ambient, patience: Patience = .init()) {
        self.access = access
        self.patience = patience
        service = AmazonLine(
            name: "Amazon Transcribe", url: access.url, service: "transcribe", access, client: client, ambient: ambient)
        storage = AmazonLine(name: "Amazon S3", url: access.storageURL, service: "s3", access, client: client, ambient: ambient)
    }

    func transcribe(_ sound: [UInt8], milliseconds: Int, _ wishes: RecognitionWishes) async throws -> Transcription {
        let name = "lm-\(UUID().uuidString.lowercased())"
        let result: Result<Transcription, any Error>
        do {
            _ = try await storage.send(.put, path(name, "ogg"), type: "audio/ogg", sound)
            try await start(name, wishes)
            let found = try await outcome(of: name)
            let bytes = try await storage.send(.get, path(name, "json"))
            let answer = try service.line.decoded(bytes, as: AmazonTranscript.self)
            result = .success(answer.transcription(language: found.language, milliseconds: milliseconds))
        } catch {
            result = .failure(error)
        }
        // Also where the work was cancelled: what is left would be paid for.
        await Task { await remove(name) }.value
        return try result.get()
    }

    private func path(_ name: String, _ ending: String) -> String { "/\(access.bucket)/\(key(name, ending))" }
    private func key(_ name: String, _ ending: String) -> String { "little-monster/\(name).\(ending)" }

    private func start(_ name: String, _ wishes: RecognitionWishes) async throws {
        let code = wishes.language.flatMap { Self.codes[$0] }
        let order = Order(
            name: name, media: .init(address: "s3://\(access.bucket)/\(key(name, "ogg"))"), bucket: access.bucket,
            key: key(name, "json"), language: code, isLanguageUnknown: code == nil ? true : nil)
        do {
            _ = try await ask("StartTranscriptionJob", order)
        } catch let failure as SpeechFailure
            where (failure.underlying as? TranscriptionLine.Refusal)?.words.contains("Conflict") == true
        {
            // An earlier attempt arrived whose answer did not.
        }
    }

    /// Waits for a job's end.
    private func outcome(of name: String) async throws -> Status.Job {
        var (pause, waited) = (patience.first, Duration.zero)
        while true {
            let bytes = try await ask("GetTranscriptionJob", Name(name: name))
            let job = try service.line.decoded(bytes, as: Status.self).job
            switch job.state {
            case "COMPLETED": return job
            case "FAILED":
                throw SpeechFailure(
                    .broken, "Amazon Transcribe did not write it down.",
                    underlying: TranscriptionLine.Refusal(status: 200, words: job.reason ?? "FAILED"))
            default: break
            }
            guard waited < patience.total else { throw SpeechFailure(.broken, "Amazon Transcribe took too long.") }
            try await Task.sleep(for: pause)
            waited += pause
            pause = min(patience.longest, pause * 1.3)
        }
    }

    /// What is not there is removed already.
    private func remove(_ name: String) async {
        _ = try? await ask("DeleteTranscriptionJob", Name(name: name))
        for ending in ["ogg", "json"] { _ = try? await storage.send(.delete, path(name, ending)) }
    }

    private func ask(_ action: String, _ body: some Encodable) async throws -> [UInt8] {
        try await service.send(
            .post, "/", type: "application/x-amz-json-1.1", target: "Transcribe.\(action)", Array(JSONEncoder().encode(body)))
    }

    private struct Name: Encodable {
        let name: String
        enum CodingKeys: String, CodingKey { case name = "TranscriptionJobName" }
    }

    private struct Order: Encodable {
        struct Media: Encodable {
            let address: String
            enum CodingKeys: String, CodingKey { case address = "MediaFileUri" }
        }

        let name: String
        let media: Media
        let format = "ogg"
        let bucket: String
        let key: String
        let language: String?
        let isLanguageUnknown: Bool?

        enum CodingKeys: String, CodingKey {
            case name = "TranscriptionJobName"
            case media = "Media"
            case format = "MediaFormat"
            case bucket = "OutputBucketName"
            case key = "OutputKey"
            case language = "LanguageCode"
            case isLanguageUnknown = "IdentifyLanguage"
        }
    }

    private struct Status: Decodable {
        struct Job: Decodable {
            let state: String
            let language: String?
            let reason: String?

            enum CodingKeys: String, CodingKey {
                case state = "TranscriptionJobStatus"
                case language = "LanguageCode"
                case reason = "FailureReason"
            }
        }

        let job: Job
        enum CodingKeys: String, CodingKey { case job = "TranscriptionJob" }
    }

    /// Amazon wants a country too; of others it finds the language out.
    private static let codes = [
        "ar": "ar-SA", "cs": "cs-CZ", "da": "da-DK", "de": "de-DE", "el": "el-GR", "en": "en-US", "es": "es-ES", "fa": "fa-IR",
        "fi": "fi-FI", "fr": "fr-FR", "he": "he-IL", "hi": "hi-IN", "hu": "hu-HU", "id": "id-ID", "it": "it-IT", "ja": "ja-JP",
        "ko": "ko-KR", "nl": "nl-NL", "no": "no-NO", "pl": "pl-PL", "pt": "pt-BR", "ro": "ro-RO", "ru": "ru-RU", "sv": "sv-SE",
        "th": "th-TH", "tr": "tr-TR", "uk": "uk-UA", "vi": "vi-VN", "zh": "zh-CN",
    ]
}
