/// Work that is done again and again, once in all processes that share the database: a sweep of old rows, a nightly report.
package struct PeriodicJob: Sendable {
    /// What a periodic job carries: nothing. Its handler looks for itself what there is to do.
    package struct Payload: Codable, Sendable {
        package init() {}
    }

    package typealias Kind = JobKind<Payload>

    /// Its name is the name under which runs are counted.
    package let kind: Kind
    package let schedule: JobSchedule

    package init(_ kind: Kind, _ schedule: JobSchedule) {
        self.kind = kind
        self.schedule = schedule
    }

    /// - Parameter interval: a whole number of seconds.
    package init(_ kind: Kind, every interval: Duration) {
        precondition(interval.components.seconds > 0 && interval.components.attoseconds == 0, "\(kind.name): whole seconds")
        self.init(kind, .every(interval))
    }
}
