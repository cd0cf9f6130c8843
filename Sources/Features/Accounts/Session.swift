package import Ambient
import Database
package import FoundationEssentials
package import Places

package enum SessionMarker {}
package typealias SessionID = Identifier<SessionMarker>

/// A sign-in on one device: the family of all refresh tokens that came from it.
package struct Session: Sendable, Hashable {
    package let id: SessionID
    package let createdAt: Date
    package let lastUsedAt: Date
    package let expiresAt: Date
    /// The program that signed in, as it calls itself.
    package let userAgent: String
    /// Where it was used last from, shortened so far that it names no household; nil where that is not known.
    package let address: String?
    package let place: Place?

    init(_ row: Row) throws {
        id = try row.get("id")
        createdAt = try row.get("created_at")
        lastUsedAt = try row.get("last_used_at")
        expiresAt = try row.get("expires_at")
        userAgent = try row.get("user_agent")
        address = try row.optional("address")
        place = try row.optional("country", as: String.self).map { Place(country: $0, city: try row.optional("city")) }
    }
}

/// What a person holds after signing in.
package struct Grant: Sendable {
    package let user: User
    package let accessToken: String
    /// Seconds that the access token is good for.
    package let expiresIn: Int
    /// To be shown once; only its digest is stored.
    package let refreshToken: String
    package let session: SessionID
}
