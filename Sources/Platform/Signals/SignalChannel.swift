/// The port that signals travel through between the processes of one installation.
///
/// Each database brings a channel of its own, so that there is nothing more to install; it can be made with another, and then tells
/// that one of its transactions' signals.
package protocol SignalChannel: Sendable {
    /// Hears what other processes signal until the task is cancelled; what one of them sent, in its order. What is sent through this very
    /// channel is not heard.
    ///
    /// `receive` must return at once. Throws when the connection is lost; `SignalListener` begins anew then.
    func listen(_ receive: @escaping @Sendable (SignalNews) -> Void) async throws

    /// Whether another process may be listening; false only where it is certain that none is. Cheap enough to ask before each signal
    /// that is not worth a transaction of its own.
    var mayBeHeard: Bool { get }

    /// Tells the other processes, in this order. None has a text of more than `Signal.maximumSize`.
    ///
    /// It is called right after a commit, on whose thread it waits: so it returns within moments, also where nobody can be reached. It
    /// does not fail: what happened stands in the tables, and is found without a word too.
    func send(_ signals: [Signal]) async
}

extension SignalChannel {
    package var mayBeHeard: Bool { true }
}
