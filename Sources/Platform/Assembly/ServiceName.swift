/// A part of the program that can run apart, by the name that `lm serve` takes. Without a name all run in one process.
package struct ServiceName: Sendable, Hashable {
    package let rawValue: String
    /// The port that it listens on when it runs alone and none is set.
    package let defaultPort: Int
    package let purpose: String

    package static let auth = ServiceName(rawValue: "auth", defaultPort: 8001, purpose: "accounts and sessions")
    package static let stt = ServiceName(rawValue: "stt", defaultPort: 8002, purpose: "speech to text")
    package static let tts = ServiceName(rawValue: "tts", defaultPort: 8003, purpose: "text to speech")
    package static let audio = ServiceName(rawValue: "audio", defaultPort: 8004, purpose: "recordings")
    package static let llm = ServiceName(rawValue: "llm", defaultPort: 8005, purpose: "documents, search and chat")
    package static let jobs = ServiceName(rawValue: "jobs", defaultPort: 8006, purpose: "the job queue and its worker")
    package static let study = ServiceName(rawValue: "study", defaultPort: 8007, purpose: "courses and what is studied in them")
    package static let video = ServiceName(rawValue: "video", defaultPort: 8008, purpose: "study videos")

    /// The whole catalogue. `FeatureCatalogue.services` has those that some feature belongs to.
    package static let catalogue: [ServiceName] = [auth, stt, tts, audio, llm, jobs, study, video]
}
