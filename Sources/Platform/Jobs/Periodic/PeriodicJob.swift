/// Work that is done again and again, once in all processes that share the database: a sweep of old rows, a nightly report.
package struct PeriodicJob: Sendable {
    /// What a periodic job carries: nothing. Its handler looks for itself what there is to do.
    package struct Payload: Codable, Sendable {
        package init() {}
    }

    package typealias Kind = JobKind<Payload>

    /// Its name is the name under which runs are counted.
    package let kind: Kind
    /// From one run to the next. Time is cut into slots of this length, from 1970 on; each slot has one run.
    package let interval: Duration

    /// - Parameter interval: a whole number of seconds.
    package init(_ kind: Kind, every interval: Duration) {
        precondition(interval.components.seconds > 0 && interval.components.attoseconds == 0, "\(kind.name): whole seconds")
        self.kind = kind
        self.interval = interval
    }

    /// The number of the slot that a moment lies in.
    func slot(atSecond second: Int64) -> Int64 { second / interval.components.seconds }

    /// Seconds until the next slot begins.
    func rest(atSecond second: Int64) -> Int64 { interval.components.seconds - second % interval.components.seconds }
}
