import CSpeech
import Synchronization

/// Recognises speech with a Whisper model, one piece of sound at a time.
///
/// Two runs at once on one model corrupt each other's text (a limit of libtranscribe 0.x): use one recogniser for each thread.
final class WhisperEngine {
    /// A run of words that were heard.
    struct Segment: Equatable, Sendable {
        /// Seconds from the beginning of what was given.
        let start, end: Double
        let text: String
        /// How sure the model was, 0 to 1: the geometric mean over its tokens.
        let confidence: Double?
    }

    struct Recognition: Equatable, Sendable {
        /// As ISO 639-1, told or found.
        let language: String
        let segments: [Segment]
    }

    private let library: TranscribeLibrary
    private let model: OpaquePointer
    private let session: OpaquePointer

    /// - Parameters:
    ///   - model: path of a Whisper model in whisper.cpp's format.
    ///   - threads: those that compute; they spin while they wait for each other, so no more than there are idle processors.
    init(_ library: TranscribeLibrary, model path: String, threads: Int) throws(SpeechEngineFailure) {
        var loading = lm_model_load_params()
        library.fillLoad(&loading)
        loading.backend = 1  // The processor.
        var model: OpaquePointer?
        try library.check(library.load(path, &loading, &model))
        guard let model else { throw .unusable("no model in \(path)") }
        var parameters = lm_session_params()
        library.fillSession(&parameters)
        parameters.n_threads = CInt(threads)
        var session: OpaquePointer?
        do {
            try library.check(library.openSession(model, &parameters, &session))
        } catch {
            library.free(model)
            throw error
        }
        guard let session else {
            library.free(model)
            throw .unusable("no session with \(path)")
        }
        (self.library, self.model, self.session) = (library, model, session)
    }

    deinit {
        library.closeSession(session)
        library.free(model)
    }

    /// - Parameters:
    ///   - samples: 16,000 a second, of one channel, between -1 and 1.
    ///   - language: as ISO 639-1; nil to find it out.
    ///   - vocabulary: rare words that are likely to be said.
    ///   - isCancelled: asked again and again from the computing threads.
    func recognise(
        _ samples: [Float], language: String? = nil, vocabulary: [String] = [], isCancelled: borrowing Atomic<Bool>
    ) throws(SpeechEngineFailure) -> Recognition {
        let words = vocabulary.map { $0.utf8CString }
        var code: CInt = 0
        withUnsafePointer(to: isCancelled) { flag in
            library.setAbort(
                session,
                { flag in
                    flag.map { UnsafePointer<Atomic<Bool>>(OpaquePointer($0)).pointee.load(ordering: .relaxed) } ?? false
                },
                UnsafeMutableRawPointer(mutating: flag))
            defer { library.setAbort(session, nil, nil) }
            withPointers(to: words) { pointers in
                withOptionalCString(language) { language in
                    var run = lm_run_params()
                    library.fillRun(&run)
                    run.timestamps = 2  // Of segments; of words it has none for Whisper.
                    run.language = language
                    run.vocabulary = words.isEmpty ? nil : pointers
                    run.n_vocabulary = Int32(words.count)
                    code = library.run(session, samples, CInt(samples.count), &run)
                }
            }
        }
        try library.check(code)
        return Recognition(
            language: library.language(session).map { String(cString: $0) } ?? language ?? "", segments: try segments())
    }

    private func segments() throws(SpeechEngineFailure) -> [Segment] {
        var all: [Segment] = []
        for number in 0..<library.segmentCount(session) {
            var segment = lm_segment()
            library.fillSegment(&segment)
            try library.check(library.segment(session, number, &segment))
            var (sum, count) = (0.0, 0)
            for place in segment.first_token..<segment.first_token + max(0, segment.n_tokens) {
                var token = lm_token()
                library.fillToken(&token)
                guard library.token(session, place, &token) == 0, token.p > 0 else { continue }
                sum += logarithm(Double(token.p))
                count += 1
            }
            all.append(
                Segment(
                    start: Double(segment.t0_ms) / 1000, end: Double(segment.t1_ms) / 1000,
                    text: segment.text.map { String(cString: $0) } ?? "",
                    confidence: count == 0 ? nil : exponential(sum / Double(count))))
        }
        return all
    }
}
