package import Database

extension SignalTopic {
    /// An answer was stopped by a process that does not write it; the text is its id.
    static let stoppedAnswer = SignalTopic("chat.stopped")
}

extension GenerationService {
    /// Ends an answer as soon as another process says that it was stopped there. To be called before `signals` runs.
    package func follow(_ signals: SignalListener) {
        signals.on(.stoppedAnswer) { [self] id in look(at: id) }
    }
}
