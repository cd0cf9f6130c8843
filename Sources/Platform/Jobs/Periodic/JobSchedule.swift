package import FoundationEssentials
package import TimeZones

/// When work is due that is done again and again.
package enum JobSchedule: Sendable, Hashable {
    /// Time is cut into slots of this length, from 1970 on; each slot has one run. A whole number of seconds.
    case every(Duration)
    /// In the expression's own zone, or in this one.
    case cron(CronExpression, in: ZoneRules)

    /// When it was due last, and when it is due next.
    func due(at now: Date) -> (last: Date?, next: Date?) {
        switch self {
        case .every(let interval):
            let length = Double(interval.components.seconds)
            let last = (now.timeIntervalSince1970 / length).rounded(.down) * length
            return (Date(timeIntervalSince1970: last), Date(timeIntervalSince1970: last + length))
        case .cron(let expression, let zone):
            let zone = expression.zone ?? zone
            return (expression.latest(upTo: now, in: zone), expression.next(after: now, in: zone))
        }
    }

    /// The last moments at which it was due, the latest first.
    package func lastDue(upTo now: Date, count: Int) -> [Date] {
        var (found, date) = ([Date](), now)
        while found.count < count, let last = due(at: date).last {
            found.append(last)
            date = last.addingTimeInterval(-1)
        }
        return found
    }
}
