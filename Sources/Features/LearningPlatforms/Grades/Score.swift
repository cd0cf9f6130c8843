/// What a learner reached, as a platform is told (Assignment and Grade Services 2.0, 3.4).
struct Score: Encodable, Sendable {
    static let mediaType = "application/vnd.ims.lis.v1.score+json"

    let userId: String
    let scoreGiven: Double
    let scoreMaximum: Double
    let activityProgress: String
    let gradingProgress: String
    /// When it changed. A platform keeps the newest.
    let timestamp: String

    /// Where it is sent: below the column's address, before what that asks.
    static func address(of lineItem: String) -> String {
        let parts = lineItem.split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false)
        let path = parts[0].hasSuffix("/") ? "\(parts[0])scores" : "\(parts[0])/scores"
        return parts.count == 2 ? "\(path)?\(parts[1])" : path
    }
}
