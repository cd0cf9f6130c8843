/// A column of a platform's grades (Assignment and Grade Services 2.0, 3.2).
struct LineItem: Codable, Sendable, Hashable {
    static let mediaType = "application/vnd.ims.lis.v2.lineitem+json"
    static let listType = "application/vnd.ims.lis.v2.lineitemcontainer+json"
    /// Points are told in per cent of it: a quiz may get more questions.
    static let maximum = 100.0

    /// Its address; nil of one that is yet to be made.
    var id: String?
    var scoreMaximum: Double = Self.maximum
    var label: String
    /// Our own name for it: the placement.
    var resourceID: String?
    var resourceLinkID: String?

    enum CodingKeys: String, CodingKey {
        case id, scoreMaximum, label
        case resourceID = "resourceId"
        case resourceLinkID = "resourceLinkId"
    }
}
