package import Ambient
package import Cryptography
import FoundationEssentials

/// The keys that somebody signs with, from where they publish them (a JSON Web Key Set), read when they are needed and kept for an hour.
package actor PublishedKeys {
    private static let lifetime: TimeInterval = 3600
    /// For how long after a look at the keys a token of an unknown key does not cause another.
    private static let pause: TimeInterval = 5

    private let client: IssuerClient
    private let ambient: Ambient
    private var keys: (value: WebKeySet, at: Date, place: String)?
    private var lastLook: (at: Date, place: String)?

    package init(client: IssuerClient, ambient: Ambient) { (self.client, self.ambient) = (client, ambient) }

    /// The keys that may have signed a token. Where none is known they are read anew, since issuers change them; not more often than
    /// every five seconds, whatever tokens come.
    ///
    /// - Parameters:
    ///   - place: where they are published.
    ///   - home: the address that the operator named; nil where none was.
    package func keys(
        for token: ForeignToken, at place: String, home: String?
    ) async throws(OpenIDFailure) -> [SignatureKey] {
        let now = ambient.now()
        if let keys, keys.place == place, now.timeIntervalSince(keys.at) < Self.lifetime {
            let known = keys.value.candidates(for: token)
            if !known.isEmpty { return known }
            if let lastLook, lastLook.place == place, now.timeIntervalSince(lastLook.at) < Self.pause { return [] }
        }
        lastLook = (now, place)
        let answer = try await client.get(place, home: home)
        guard answer.status == 200 else { throw .unreachable("answered \(answer.status)") }
        guard let found = WebKeySet(json: answer.body) else { throw OpenIDFailure.untrusted("its keys cannot be read") }
        keys = (found, now, place)
        return found.candidates(for: token)
    }
}
