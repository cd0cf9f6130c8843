/// Thrown by a handler that cannot go on yet, through no fault: what it waits for is not there. The job is due again later, and the attempt does
/// not count.
package struct JobSnooze: Error, Sendable {
    package let pause: Duration

    package init(for pause: Duration) { self.pause = pause }
}
