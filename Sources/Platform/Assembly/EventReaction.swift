package import Events
package import Jobs

/// A durable answer to an event: a job that is enqueued in the transaction that stores the event, once in all processes.
///
/// It exists exactly if the event does, is tried again when it fails, and runs for the person whose event it is. A browser's stream of
/// events is another thing: it tells, and forgets.
package struct EventReaction: Sendable {
    /// What the reaction's job carries: the event itself.
    package typealias Kind = JobKind<Event>

    /// `document.processed`
    package let event: String
    package let kind: Kind

    package init(to event: String, _ kind: Kind) {
        self.event = event
        self.kind = kind
    }
}
