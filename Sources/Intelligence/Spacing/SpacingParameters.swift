/// The 21 numbers of FSRS-6 that a student's review log is fitted to.
///
/// Source: the algorithm of the open-spaced-repetition project; the defaults were fitted there to some hundred million reviews.
package struct SpacingParameters: Sendable, Equatable {
    package static let count = 21

    /// w0 to w20.
    package let weights: [Double]

    /// - Returns: nil where there are not 21 of them, or one is no number or out of its bounds.
    package init?(_ weights: [Double]) {
        guard weights.count == Self.count, zip(weights, Self.bounds).allSatisfy({ $1.contains($0) }) else { return nil }
        self.weights = weights
    }

    private init(unchecked weights: [Double]) { self.weights = weights }

    package static let standard = SpacingParameters(unchecked: [
        0.212, 1.2931, 2.3065, 8.2956, 6.4133, 0.8334, 3.0194, 0.001, 1.8722, 0.1666, 0.796, 1.4835, 0.0614, 0.2629, 1.6483, 0.6014,
        1.8729, 0.5425, 0.0912, 0.0658, 0.1542,
    ])

    /// What each may be: outside of these, intervals stop making sense.
    package static let bounds: [ClosedRange<Double>] = [
        0.001...100, 0.001...100, 0.001...100, 0.001...100, 1...10, 0.001...4, 0.001...4, 0.001...0.75, 0...4.5, 0...0.8,
        0.001...3.5,
        0.001...5, 0.001...0.25, 0.001...0.9, 0...4, 0...1, 1...6, 0...2, 0...2, 0...0.8, 0.1...0.8,
    ]
}

extension SpacingParameters: Codable {
    package init(from decoder: any Decoder) throws {
        let weights = try decoder.singleValueContainer().decode([Double].self)
        guard let parameters = SpacingParameters(weights) else {
            throw DecodingError.dataCorrupted(
                .init(codingPath: decoder.codingPath, debugDescription: "Not the 21 parameters of FSRS-6, each within its bounds."))
        }
        self = parameters
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(weights)
    }
}
