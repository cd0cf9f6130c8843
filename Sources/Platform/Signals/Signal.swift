/// A short word from one process to the others that share its tables: something changed there, look at it.
///
/// Anyone who may connect to the channel (where the database is one, to the database) can hear it, so it names things by their ids and holds nothing that a person wrote.
package struct Signal: Sendable, Hashable {
    /// The longest text, in bytes. A PostgreSQL notification holds less than 8,000.
    package static let maximumSize = 7000

    package let topic: SignalTopic
    package let text: String

    package init(_ topic: SignalTopic, _ text: String = "") {
        self.topic = topic
        self.text = text
    }
}

/// What a signal is about. Each room names its own topics.
package struct SignalTopic: Sendable, Hashable {
    /// `jobs.waiting`: lower case, without spaces.
    package let name: String

    package init(_ name: String) { self.name = name }
}

/// What listening gives.
package enum SignalNews: Sendable, Hashable {
    case signal(Signal)
    /// Signals may have been missed until here. Also the first news of all, once nothing is missed any more.
    case gap
}
