import Ambient
import Database
package import Signals

extension SignalTopic {
    /// Events were stored; the relay finds them.
    static let storedEvents = SignalTopic("events.stored")
    /// A passing event, whole.
    static let passingEvent = SignalTopic("events.passing")
}

extension EventBus {
    /// Hears what other processes publish and store. To be called before `signals` runs.
    package func follow(_ signals: SignalListener) {
        signals.on(.storedEvents) { [self] _ in wakeRelay() }
        signals.on(.passingEvent) { [self] text in
            if let text, let event = try? JSONColumn.value(text, as: Event.self) { publishFromElsewhere(event) }
        }
    }

    /// Tells other processes what was published here since it was last asked, with the caller's transaction. If that is rolled back
    /// they are never told, which is what passing events may bear.
    func signalPassing(in transaction: any Transaction) {
        for event in takePassing() {
            guard let json = try? JSONColumn.text(event), json.utf8.count <= Signal.maximumSize else { continue }
            transaction.signal(Signal(.passingEvent, json))
        }
    }
}
