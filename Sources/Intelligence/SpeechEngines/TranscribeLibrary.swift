import CSpeech

/// The functions of libtranscribe 0.4 that recognise speech and find where there is any.
///
/// The library is young: what it exports and how its structures are laid out may change, so both are checked when it is opened.
struct TranscribeLibrary {
    typealias Handle = OpaquePointer
    /// Fills a structure with its defaults.
    typealias Fill = @convention(c) (UnsafeMutableRawPointer) -> Void
    typealias Abort = @convention(c) (UnsafeMutableRawPointer?) -> Bool

    let status: @convention(c) (CInt) -> UnsafePointer<CChar>?
    let fillLoad: Fill
    let load: @convention(c) (UnsafePointer<CChar>, UnsafePointer<lm_model_load_params>, UnsafeMutablePointer<Handle?>) -> CInt
    let free: @convention(c) (Handle) -> Void
    let fillSession: Fill
    let openSession: @convention(c) (Handle, UnsafePointer<lm_session_params>, UnsafeMutablePointer<Handle?>) -> CInt
    let closeSession: @convention(c) (Handle) -> Void
    let fillRun: Fill
    let run: @convention(c) (Handle, UnsafePointer<Float>, CInt, UnsafePointer<lm_run_params>) -> CInt
    let setAbort: @convention(c) (Handle, Abort?, UnsafeMutableRawPointer?) -> Void
    let language: @convention(c) (Handle) -> UnsafePointer<CChar>?
    let segmentCount: @convention(c) (Handle) -> CInt
    let fillSegment: Fill
    let segment: @convention(c) (Handle, CInt, UnsafeMutablePointer<lm_segment>) -> CInt
    let fillToken: Fill
    let token: @convention(c) (Handle, CInt, UnsafeMutablePointer<lm_token>) -> CInt
    let fillActivitySession: Fill
    let openActivity: @convention(c) (Handle, UnsafePointer<lm_vad_session_params>, UnsafeMutablePointer<Handle?>) -> CInt
    let closeActivity: @convention(c) (Handle) -> Void
    let fillActivity: Fill
    let findActivity: @convention(c) (Handle, UnsafePointer<Float>, CInt, UnsafePointer<lm_vad_params>) -> CInt
    let fillActivityResult: Fill
    let activityResult: @convention(c) (Handle, UnsafeMutablePointer<lm_vad_result>) -> CInt
    let fillActivitySegment: Fill
    let activitySegment: @convention(c) (Handle, CInt, UnsafeMutablePointer<lm_vad_segment>) -> CInt
    let feedActivity: @convention(c) (Handle, UnsafePointer<Float>, CInt) -> CInt
    let resetActivity: @convention(c) (Handle) -> Void
    let activityProbabilities: @convention(c) (Handle) -> UnsafePointer<Float>?

    /// - Parameter folder: absolute; where `libtranscribe.so` lies, with the libraries for each kind of processor beside it.
    init(folder: String) throws(SpeechEngineFailure) {
        let library = try DynamicLibrary("\(folder)/libtranscribe.so")
        typealias Log = @convention(c) (CInt, UnsafePointer<CChar>?, UnsafeMutableRawPointer?) -> Void
        // First of all: else what it does at start is written to standard error.
        let silence: @convention(c) (Log?, UnsafeMutableRawPointer?) -> Void = try library.function("transcribe_log_set")
        silence({ _, _, _ in }, nil)
        try Self.checkLayouts(try library.function("transcribe_abi_struct_size"))
        let initialise: @convention(c) (UnsafePointer<CChar>) -> CInt = try library.function("transcribe_init_backends")
        guard initialise(folder) == 0 else { throw .unusable("no library in \(folder) fits this processor") }

        status = try library.function("transcribe_status_string")
        fillLoad = try library.function("transcribe_model_load_params_init")
        load = try library.function("transcribe_model_load_file")
        free = try library.function("transcribe_model_free")
        fillSession = try library.function("transcribe_session_params_init")
        openSession = try library.function("transcribe_session_init")
        closeSession = try library.function("transcribe_session_free")
        fillRun = try library.function("transcribe_run_params_init")
        run = try library.function("transcribe_run")
        setAbort = try library.function("transcribe_set_abort_callback")
        language = try library.function("transcribe_detected_language")
        segmentCount = try library.function("transcribe_n_segments")
        fillSegment = try library.function("transcribe_segment_init")
        segment = try library.function("transcribe_get_segment")
        fillToken = try library.function("transcribe_token_init")
        token = try library.function("transcribe_get_token")
        fillActivitySession = try library.function("transcribe_vad_session_params_init")
        openActivity = try library.function("transcribe_vad_session_init")
        closeActivity = try library.function("transcribe_vad_session_free")
        fillActivity = try library.function("transcribe_vad_params_init")
        findActivity = try library.function("transcribe_vad_run")
        fillActivityResult = try library.function("transcribe_vad_result_init")
        activityResult = try library.function("transcribe_vad_get_result")
        fillActivitySegment = try library.function("transcribe_vad_segment_init")
        activitySegment = try library.function("transcribe_vad_get_segment")
        feedActivity = try library.function("transcribe_vad_stream_feed")
        resetActivity = try library.function("transcribe_vad_stream_reset")
        activityProbabilities = try library.function("transcribe_vad_probs")
    }

    /// Compares the size of each structure with what the library says of it.
    private static func checkLayouts(_ size: @convention(c) (CInt) -> Int) throws(SpeechEngineFailure) {
        let expected: [(kind: CInt, size: Int)] = [
            (0, MemoryLayout<lm_model_load_params>.size), (1, MemoryLayout<lm_session_params>.size),
            (2, MemoryLayout<lm_run_params>.size), (6, MemoryLayout<lm_segment>.size), (8, MemoryLayout<lm_token>.size),
            (25, MemoryLayout<lm_vad_session_params>.size), (26, MemoryLayout<lm_vad_params>.size),
            (27, MemoryLayout<lm_vad_result>.size), (28, MemoryLayout<lm_vad_segment>.size),
        ]
        for (kind, expected) in expected where size(kind) != expected {
            throw .unusable("another version of libtranscribe: structure \(kind) has \(size(kind)) bytes, not \(expected)")
        }
    }

    /// - Throws: `SpeechEngineFailure.refused` unless a call's answer is 0.
    func check(_ code: CInt) throws(SpeechEngineFailure) {
        switch code {
        case 0: return
        case 13: throw .cancelled
        default: throw .refused(status(code).map { String(cString: $0) } ?? "status \(code)")
        }
    }
}
