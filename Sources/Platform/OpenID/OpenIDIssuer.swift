package import Ambient
package import Cryptography
import FoundationEssentials
import HTTPClient

/// What is known of an issuer: its addresses and the keys that it signs with, read when they are needed and kept for an hour.
package actor OpenIDIssuer {
    private static let lifetime: TimeInterval = 3600

    private let address: String
    private let client: IssuerClient
    private let ambient: Ambient
    private var metadata: (value: IssuerMetadata, at: Date)?
    private let published: PublishedKeys

    /// - Parameter address: of the issuer, as the operator names it.
    package init(address: String, client: IssuerClient, ambient: Ambient) {
        (self.address, self.client, self.ambient) = (address, client, ambient)
        published = PublishedKeys(client: client, ambient: ambient)
    }

    package func description() async throws(OpenIDFailure) -> IssuerMetadata {
        if let metadata, ambient.now().timeIntervalSince(metadata.at) < Self.lifetime { return metadata.value }
        let place = address.hasSuffix("/") ? String(address.dropLast()) : address
        let body = try await read(place + "/.well-known/openid-configuration")
        guard let found = try? JSONDecoder().decode(IssuerMetadata.self, from: Data(body)) else {
            throw OpenIDFailure.untrusted("its description cannot be read")
        }
        guard found.isOf(address) else { throw OpenIDFailure.untrusted("its description is of another issuer") }
        // Browsers are sent there: never to a script, nor to where anybody may listen.
        guard let place = RequestURL(found.authorizationEndpoint),
            place.scheme == "https" || place.webOrigin == RequestURL(address)?.webOrigin
        else { throw OpenIDFailure.untrusted("its address for browsers is not https") }
        metadata = (found, ambient.now())
        return found
    }

    /// The keys that may have signed a token.
    package func keys(for token: ForeignToken) async throws(OpenIDFailure) -> [SignatureKey] {
        let place = try await description().keysAddress
        return try await published.keys(for: token, at: place, home: address)
    }

    private func read(_ place: String) async throws(OpenIDFailure) -> [UInt8] {
        let answer = try await client.get(place, home: address)
        guard answer.status == 200 else { throw .unreachable("answered \(answer.status)") }
        return answer.body
    }
}
