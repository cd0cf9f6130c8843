package import FoundationEssentials

/// When the clocks of a place are changed, and by how much: what a file of the time zone database says (RFC 9636, TZif).
///
/// Read by hand, since Foundation's time zones would bring all of ICU into the program.
package struct ZoneRules: Sendable, Hashable {
    /// `Europe/Berlin`
    package let name: String
    /// Seconds since 1970 at which the offset becomes another, in order.
    private let moments: [Int]
    /// Seconds east of Greenwich from the moment of the same number on.
    private let offsets: [Int]
    private let first: Int
    /// What holds after the last moment.
    private let rest: ZoneFooter?

    package static let utc = ZoneRules(name: "UTC", moments: [], offsets: [], first: 0, rest: nil)

    init(name: String, moments: [Int], offsets: [Int], first: Int, rest: ZoneFooter?) {
        self.name = name
        self.moments = moments
        self.offsets = offsets
        self.first = first
        self.rest = rest
    }

    /// The rules that a calendar gives itself: after the last moment its offset holds for ever.
    package init(name: String, moments: [Int], offsets: [Int], first: Int) {
        self.init(name: name, moments: moments, offsets: offsets, first: first, rest: nil)
    }

    /// nil where the bytes are no TZif of version 2 or later.
    package init?(name: String, tzif bytes: [UInt8]) {
        func long(_ at: Int, _ width: Int) -> Int {
            var value: UInt64 = 0
            for byte in bytes[at..<at + width] { value = value << 8 | UInt64(byte) }
            return width == 4 ? Int(Int32(truncatingIfNeeded: value)) : Int(Int64(bitPattern: value))
        }
        struct Head {
            var (isUT, isStandard, leaps, times, types, letters) = (0, 0, 0, 0, 0, 0)
            func length(_ width: Int) -> Int { times * (width + 1) + types * 6 + letters + leaps * (width + 4) + isStandard + isUT }
        }
        func head(_ at: Int) -> Head? {
            guard at + 44 <= bytes.count, bytes[at..<at + 4].elementsEqual("TZif".utf8), bytes[at + 4] >= UInt8(ascii: "2") else {
                return nil
            }
            let counts = (0..<6).map { long(at + 20 + $0 * 4, 4) }
            guard counts.allSatisfy({ (0...100_000).contains($0) }) else { return nil }
            return Head(
                isUT: counts[0], isStandard: counts[1], leaps: counts[2], times: counts[3], types: counts[4], letters: counts[5])
        }
        // The first part has 32 bits a time and is passed over.
        guard let old = head(0) else { return nil }
        let start = 44 + old.length(4)
        guard let new = head(start), new.types > 0, start + 44 + new.length(8) <= bytes.count else { return nil }
        let times = start + 44
        let kinds = times + new.times * 8
        let types = kinds + new.times
        func offset(_ type: Int) -> Int? { type < new.types ? long(types + type * 6, 4) : nil }
        var offsets: [Int] = []
        for index in 0..<new.times {
            guard let offset = offset(Int(bytes[kinds + index])) else { return nil }
            offsets.append(offset)
        }
        let tail = bytes[(times + new.length(8))...].drop { $0 == 10 }.prefix { $0 != 10 }
        self.init(
            name: name, moments: (0..<new.times).map { long(times + $0 * 8, 8) }, offsets: offsets, first: offset(0) ?? 0,
            rest: ZoneFooter(String(decoding: tail, as: UTF8.self)))
    }

    /// Seconds east of Greenwich at a moment.
    package func offset(at date: Date) -> Int { offset(at: Int(date.timeIntervalSince1970.rounded(.down))) }

    private func offset(at second: Int) -> Int {
        guard let last = moments.last else { return rest?.offset(at: second) ?? first }
        if second >= last, let rest { return rest.offset(at: second) }
        var (low, high) = (0, moments.count)
        while low < high {
            let middle = (low + high) / 2
            if moments[middle] <= second { low = middle + 1 } else { high = middle }
        }
        return low == 0 ? first : offsets[low - 1]
    }

    /// What the wall shows at a moment.
    package func wall(_ date: Date) -> WallTime {
        let second = Int(date.timeIntervalSince1970.rounded(.down))
        return WallTime(seconds: second + offset(at: second))
    }

    /// The moment at which the wall shows a time.
    ///
    /// As RFC 5545 wants it: of two moments the first; a time that is skipped counts by the offset before the clocks were put forward.
    package func moment(_ wall: WallTime) -> Date {
        // Offsets lie within a day of Greenwich, and do not change twice in two.
        let before = offset(at: wall.seconds - 86_400)
        let after = offset(at: wall.seconds + 86_400)
        for candidate in before == after ? [before] : [max(before, after), min(before, after)]
        where offset(at: wall.seconds - candidate) == candidate {
            return Date(timeIntervalSince1970: Double(wall.seconds - candidate))
        }
        return Date(timeIntervalSince1970: Double(wall.seconds - before))
    }

    /// All moments at which the wall shows a time: none of one that is skipped, two of one that comes twice.
    package func moments(_ wall: WallTime) -> [Date] {
        let (before, after) = (offset(at: wall.seconds - 86_400), offset(at: wall.seconds + 86_400))
        return (before == after ? [before] : [max(before, after), min(before, after)])
            .filter { offset(at: wall.seconds - $0) == $0 }
            .map { Date(timeIntervalSince1970: Double(wall.seconds - $0)) }
    }

    /// The moments within a range at which the offset becomes another, with both.
    package func changes(in range: Range<Date>) -> [(moment: Date, before: Int, after: Int)] {
        var found: [(moment: Date, before: Int, after: Int)] = []
        var at = Int(range.lowerBound.timeIntervalSince1970)
        let end = Int(range.upperBound.timeIntervalSince1970)
        while at < end {
            let next = min(at + 86_400, end)
            let (before, after) = (offset(at: at), offset(at: next))
            if before != after {
                var (low, high) = (at, next)
                while high - low > 1 {
                    let middle = (low + high) / 2
                    if offset(at: middle) == before { low = middle } else { high = middle }
                }
                found.append((Date(timeIntervalSince1970: Double(high)), before, after))
            }
            at = next
        }
        return found
    }
}
