/// Why an engine did not speak or listen.
package enum SpeechEngineFailure: Error, Sendable, Equatable {
    /// The library or the model is missing, or not the one that this program was written for.
    case unusable(String)
    /// What it was given it cannot take.
    case refused(String)
    /// It was told to stop.
    case cancelled
}
