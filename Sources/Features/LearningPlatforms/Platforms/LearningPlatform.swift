package import Ambient
import FoundationEssentials

package enum LearningPlatformMarker {}
package typealias LearningPlatformID = Identifier<LearningPlatformMarker>

/// A learning platform, such as a university's Moodle, that may launch this installation as a tool (LTI 1.3).
struct LearningPlatform: Sendable, Hashable {
    let id: LearningPlatformID
    /// As people know it.
    var name: String
    /// Who signs its messages. With the client id it names one registration: some issuers have many.
    var issuer: String
    /// Who this installation is there.
    var clientID: String
    /// The places within the platform that may launch it.
    var deployments: [String]
    /// Where browsers are sent to sign in.
    var authorizationURL: String
    /// Where tokens for its services are asked for.
    var tokenURL: String
    /// Where its keys are published.
    var keysURL: String
    /// Whom an assertion for a token is for, where that is not `tokenURL`.
    var tokenAudience: String?
    /// Which sites, besides the issuer's and the authorization address's, show the platform's pages, and may frame ours of launching.
    var frameOrigins: [String]
    /// Whether the platform's instructors are teachers here.
    var makesTeachers: Bool
    let createdAt: Date
    var updatedAt: Date
}
