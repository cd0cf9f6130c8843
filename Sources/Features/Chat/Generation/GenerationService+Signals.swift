import Ambient
import Concurrency
import Database
import Lifecycle
package import Signals
import Telemetry

extension SignalTopic {
    /// An answer was stopped by a process that does not write it; the text is its id.
    static let stoppedAnswer = SignalTopic("chat.stopped")
}

extension GenerationService {
    /// Ends an answer as soon as another process says that it was stopped there, and wakes those who follow here what grows there. To
    /// be called before `signals` runs.
    package func follow(_ signals: SignalListener) {
        signals.on(.stoppedAnswer) { [self] id in look(at: id) }
        signals.on(.grownAnswer) { [news] id in news.tell(id.flatMap { MessageID($0) }) }
    }

    /// Tells other processes which answers grew here, at the most every `growthInterval`, together. The end of an answer is told with
    /// the transaction that ends it.
    func tellOthers(until shutdown: ShutdownSignal) async {
        var isFailing = false
        while !shutdown.isTriggered, !Task.isCancelled {
            await news.growth.wait()
            let grown = news.takeGrown()
            guard !grown.isEmpty, database.signals.mayBeHeard else { continue }
            do {
                try await database.transaction(as: .system) { transaction in
                    for id in grown { transaction.signal(Signal(.grownAnswer, id.description)) }
                }
                isFailing = false
            } catch {
                // Who follows elsewhere looks by itself; one line says so until it works again.
                if !isFailing, !(error is CancellationError) { logger.failure("other processes cannot be told of answers", error) }
                isFailing = true
            }
            await shutdown.wait(atMost: configuration.growthInterval)
        }
    }
}
