import Failures

/// One field of a cron expression: the values that it names.
struct CronField: Sendable, Hashable {
    /// What a field may hold.
    struct Range: Sendable {
        let name: String
        let values: ClosedRange<Int>
        /// Words for values, the first for the lowest.
        var words: [String] = []
    }

    private let bits: UInt64
    /// Whether it begins with `*`: it asks for no value of its own.
    let isOpen: Bool

    /// Reads `*`, `5`, `1-5`, `*/15`, `10-40/10`, `MON-FRI` and lists of those. Throws a sentence about what is wrong.
    init(_ text: Substring, _ range: Range) throws(JobFailure) {
        isOpen = text.hasPrefix("*")
        var bits: UInt64 = 0
        for part in text.split(separator: ",", omittingEmptySubsequences: false) {
            let pieces = part.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false)
            var step = 1
            if pieces.count == 2 {
                guard let number = Self.number(pieces[1]), (1...range.values.upperBound).contains(number) else {
                    throw Self.failure(part, range)
                }
                step = number
            }
            let ends = pieces[0].split(separator: "-", maxSplits: 1, omittingEmptySubsequences: false)
            let values: ClosedRange<Int>
            if pieces[0] == "*" {
                values = range.values
            } else if let first = Self.value(ends[0], range), let last = ends.count == 2 ? Self.value(ends[1], range) : first {
                // `5/10` is from five on; `SAT-SUN` ends with the seventh day.
                let end = ends.count == 1 && pieces.count == 2 ? range.values.upperBound : last
                guard let ordered = Self.ordered(first, end, range) else { throw Self.failure(part, range) }
                values = ordered
            } else {
                throw Self.failure(part, range)
            }
            for value in stride(from: values.lowerBound, through: values.upperBound, by: step) { bits |= 1 << UInt64(value) }
        }
        self.bits = bits
    }

    func contains(_ value: Int) -> Bool { bits & 1 << UInt64(value) != 0 }

    /// In order.
    func values(in range: Swift.Range<Int>) -> [Int] { range.filter(contains) }

    private static func ordered(_ first: Int, _ last: Int, _ range: Range) -> ClosedRange<Int>? {
        if first <= last { return first...last }
        return last == 0 && range.values.upperBound == 7 ? first...7 : nil
    }

    private static func value(_ text: Substring, _ range: Range) -> Int? {
        if let word = range.words.firstIndex(of: text.uppercased()) { return range.values.lowerBound + word }
        return number(text).flatMap { range.values.contains($0) ? $0 : nil }
    }

    private static func number(_ text: Substring) -> Int? {
        (1...2).contains(text.utf8.count) && text.utf8.allSatisfy { (48...57).contains($0) } ? Int(text) : nil
    }

    private static func failure(_ part: Substring, _ range: Range) -> JobFailure {
        JobFailure(
            .validationFailed,
            "“\(part)” is no \(range.name): it goes from \(range.values.lowerBound) to \(range.values.upperBound).")
    }
}
