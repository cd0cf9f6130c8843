import CSpeech

/// Finds where somebody speaks, by the silero model (MIT) through libtranscribe.
final class VoiceActivity {
    private let library: TranscribeLibrary
    private let model: OpaquePointer
    private let session: OpaquePointer

    init(_ library: TranscribeLibrary, model path: String) throws(SpeechEngineFailure) {
        var loading = lm_model_load_params()
        library.fillLoad(&loading)
        loading.backend = 1
        var model: OpaquePointer?
        try library.check(library.load(path, &loading, &model))
        guard let model else { throw .unusable("no model in \(path)") }
        var parameters = lm_vad_session_params()
        library.fillActivitySession(&parameters)
        parameters.n_threads = 1
        var session: OpaquePointer?
        do {
            try library.check(library.openActivity(model, &parameters, &session))
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
        library.closeActivity(session)
        library.free(model)
    }

    /// Ranges of samples in which there is speech, in order.
    ///
    /// - Parameters:
    ///   - samples: 16,000 a second, of one channel.
    ///   - silence: milliseconds that end a stretch of speech.
    ///   - least: milliseconds of the shortest.
    func speech(in samples: [Float], silence: Int = 300, least: Int = 250, longest: Int = 0) throws(SpeechEngineFailure) -> [Range<
        Int
    >] {
        var parameters = lm_vad_params()
        library.fillActivity(&parameters)
        parameters.min_silence_ms = Int32(clamping: silence)
        parameters.min_speech_ms = Int32(clamping: least)
        if longest > 0 { parameters.max_speech_ms = Int32(longest) }
        try library.check(library.findActivity(session, samples, CInt(samples.count), &parameters))
        var result = lm_vad_result()
        library.fillActivityResult(&result)
        try library.check(library.activityResult(session, &result))
        var ranges: [Range<Int>] = []
        for number in 0..<result.n_segments {
            var segment = lm_vad_segment()
            library.fillActivitySegment(&segment)
            try library.check(library.activitySegment(session, number, &segment))
            let start = min(max(0, Int(segment.start_sample)), samples.count)
            ranges.append(start..<max(start, min(Int(segment.end_sample), samples.count)))
        }
        return ranges
    }
}
