package import FoundationEssentials

/// Which back-ups are kept: the last of each of some hours, days, weeks and months, by UTC.
package struct BackupRetention: Sendable, Hashable {
    package var hours: Int
    package var days: Int
    package var weeks: Int
    package var months: Int

    /// For a back-up a day.
    package static let daily = BackupRetention(hours: 0, days: 7, weeks: 4, months: 12)
    /// For a back-up an hour: each of seven days, and one a day of thirty.
    package static let hourly = BackupRetention(hours: 168, days: 30, weeks: 0, months: 0)

    /// How long any state in between can be put back, where changes are logged.
    package static let logged: TimeInterval = 7 * 86_400

    /// The ids of those that may go. The newest always stays, as do all of the last day, and those from which the log leads to states that
    /// can still be put back.
    package func superfluous(among snapshots: [BackupSnapshot], now: Date) -> Set<String> {
        let newest = snapshots.sorted { ($0.madeAt, $0.id) > ($1.madeAt, $1.id) }
        var kept: Set<String> = newest.first.map { [$0.id] } ?? []
        for snapshot in newest {
            let age = now.timeIntervalSince(snapshot.madeAt)
            if age < 86_400 - 3600 || snapshot.log != nil && age < Self.logged { kept.insert(snapshot.id) }
        }
        for (count, period) in [(hours, Self.hour), (days, Self.day), (weeks, Self.week), (months, Self.month)] {
            var seen: [Int] = []
            for snapshot in newest {
                let number = period(snapshot.madeAt)
                if seen.contains(number) { continue }
                if seen.count == count { break }
                seen.append(number)
                kept.insert(snapshot.id)
            }
        }
        return Set(snapshots.map(\.id)).subtracting(kept)
    }

    private static func hour(_ date: Date) -> Int { Int((date.timeIntervalSince1970 / 3600).rounded(.down)) }
    private static func day(_ date: Date) -> Int { Int((date.timeIntervalSince1970 / 86_400).rounded(.down)) }
    /// From Monday to Sunday; 1970 began on a Thursday.
    private static func week(_ date: Date) -> Int { (day(date) + 3) / 7 }
    private static func month(_ date: Date) -> Int {
        // Enough of the calendar: the number of the month by Howard Hinnant's algorithm.
        let z = day(date) + 719_468
        let era = z / 146_097
        let doe = z - era * 146_097
        let yoe = (doe - doe / 1460 + doe / 36_524 - doe / 146_096) / 365
        let doy = doe - (365 * yoe + yoe / 4 - yoe / 100)
        let mp = (5 * doy + 2) / 153
        return (yoe + era * 400) * 12 + mp
    }
}
