/// Spreads cards that were learned together over neighbouring days, so that they do not come back together for ever.
package struct IntervalFuzz: Sendable {
    /// A number of the card and of its review: the same review has the same fuzz, so that what a button promised is what it does, and a
    /// review that is sent twice ends alike.
    private let seed: UInt64

    package init(seed: UInt64) { self.seed = seed }

    /// Days of which the interval will be one. Below two and a half days nothing is spread.
    ///
    /// The ranges are those of FSRS: 15 % of what is between 2.5 and 7 days, 10 % to 20 days, 5 % beyond, and one day more.
    package static func range(_ days: Int, longest: Int) -> ClosedRange<Int> {
        guard Double(days) >= 2.5 else { return days...days }
        var spread = 1.0
        for (start, end, share) in [(2.5, 7, 0.15), (7, 20, 0.1), (20, Double.infinity, 0.05)] {
            spread += share * max(min(Double(days), end) - start, 0)
        }
        let last = min(Int((Double(days) + spread).rounded(.toNearestOrEven)), longest)
        let first = max(2, Int((Double(days) - spread).rounded(.toNearestOrEven)))
        return min(first, last)...last
    }

    package func apply(to days: Int, longest: Int) -> Int {
        let range = Self.range(days, longest: longest)
        // The same place in each range: a better grade never comes back sooner for the fuzz.
        let place = Double((seed &+ 0x9E37_79B9_7F4A_7C15).mixed >> 11) * 0x1p-53
        return range.lowerBound + Int(place * Double(range.count))
    }
}
