import Ambient
import Cryptography
import FoundationEssentials
import HTTPClient
import OpenID
import Telemetry

/// Asks platforms: over HTTPS and on the open internet alone, or at the origins that the operator named in the settings.
///
/// What an administrator writes into a form, and what a platform's message names, is nobody's leave to ask this server's own network.
struct PlatformClient: Sendable {
    private let client: IssuerClient
    private let origins: Set<String>

    init(origins: Set<String>, logger: Logger) throws {
        client = try IssuerClient(logger: logger)
        self.origins = origins
    }

    /// Whether an address may be asked, or a browser be sent there.
    func permits(_ address: String) -> Bool {
        guard address.utf8.count <= 2000, let url = RequestURL(address) else { return false }
        return url.scheme == "https" || url.scheme == "http" && origins.contains(url.webOrigin)
    }

    /// The origin of an address, as browsers write it.
    static func origin(of address: String) -> String? { RequestURL(address)?.webOrigin }

    func keys(ambient: Ambient) -> PublishedKeys { PublishedKeys(client: client, ambient: ambient) }

    /// What stands for the operator's word that an address may be anywhere.
    func home(of address: String) -> String? {
        guard let origin = Self.origin(of: address), origins.contains(origin) else { return nil }
        return address
    }

    func get(_ address: String, token: String, accepting: String) async throws(OpenIDFailure) -> IssuerClient.Answer {
        try await client.get(address, home: home(of: address), .bearer(token), accepting: accepting)
    }

    func post(_ address: String, fields: [FormFields.Field]) async throws(OpenIDFailure) -> IssuerClient.Answer {
        try await client.post(address, home: home(of: address), fields: fields)
    }

    func post(
        _ address: String, json: [UInt8], type: String, token: String, accepting: String = "application/json"
    ) async throws(OpenIDFailure) -> IssuerClient.Answer {
        try await client.post(address, home: home(of: address), json: json, type: type, .bearer(token), accepting: accepting)
    }
}
