import Database

/// A colour by name: how it looks on light and on dark is the viewer's matter.
package enum CourseColour: String, Sendable, Codable, CaseIterable, SQLCodable {
    case blue, green, purple, orange, teal, pink, red, yellow, brown, grey

    /// The one that the fewest of the student's courses have; of several, the first.
    static func leastUsed(beside others: [CourseColour]) -> CourseColour {
        let uses = others.reduce(into: [:]) { $0[$1, default: 0] += 1 }
        return allCases.min { uses[$0, default: 0] < uses[$1, default: 0] } ?? .blue
    }
}
