import Database
import JSON

/// The colour behind a person's initial, by name: how it looks on light and on dark is the viewer's matter.
package enum AvatarColour: String, Sendable, Codable, CaseIterable, SQLCodable {
    case blue, green, purple, orange, teal, pink, red, yellow, brown, grey
}

/// What a person says of themselves.
struct Profile: Sendable {
    /// The most subjects that one may name, and characters of one.
    static let mostSubjects = 20
    static let longestSubject = 60
    /// Bytes of all preferences as JSON, and how deep they may go.
    static let mostPreferences = 16 << 10
    static let deepestPreferences = 8

    var user: User
    var subjects: [String]
    /// Whatever programs keep of a person's choices; only they know what it means.
    var preferences: [String: JSONValue]
}

/// What is to be different about a profile; what is nil stays.
struct ProfileChange: Sendable {
    var displayName: String?
    var avatarColour: AvatarColour?
    var subjects: [String]?
    /// Merged into the preferences as RFC 7396 says.
    var preferences: [String: JSONValue]?
}
