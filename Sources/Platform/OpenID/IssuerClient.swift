import Failures
import FoundationEssentials
import HTTPClient
import HTTPMessages
package import Telemetry

/// Asks issuers, and decides where.
///
/// The operator names an issuer, which may be anywhere, also on this machine. The addresses that its documents name are not the operator's:
/// one at another origin is asked over HTTPS and on the open internet alone, so that no document makes this server ask its own network. No
/// redirect is followed.
package struct IssuerClient: Sendable {
    /// What an issuer is shown.
    package enum Authorization: Sendable {
        case basic(name: String, secret: String)
        case bearer(String)

        var header: String {
            switch self {
            case .basic(let name, let secret):
                "Basic \(Data("\(FormFields.encode(name)):\(FormFields.encode(secret))".utf8).base64EncodedString())"
            case .bearer(let token): "Bearer \(token)"
            }
        }
    }

    package typealias Answer = (status: Int, body: [UInt8])

    private let named: HTTPClient
    private let found: HTTPClient
    private static let limit = 1 << 20

    package init(logger: Logger = .silent) throws {
        let timeouts = ClientTimeouts(connect: .seconds(5), total: .seconds(10), idle: .seconds(10))
        named = try HTTPClient(
            HTTPClientConfiguration(timeouts: timeouts, retry: .never, responseLimit: Self.limit), logger: logger)
        found = try HTTPClient(
            HTTPClientConfiguration(
                policy: .publicInternet, timeouts: timeouts, retry: .never, responseLimit: Self.limit, usesProxyOfEnvironment: false
            ),
            logger: logger)
    }

    /// - Parameters:
    ///   - home: the address that the operator named; nil where none was, so that the address must be on the open internet.
    ///   - accepting: the media type that is asked for.
    package func get(
        _ address: String, home: String?, _ authorization: Authorization? = nil, accepting: String = "application/json"
    ) async throws(OpenIDFailure) -> Answer {
        try await send(ClientRequest(.get, address, headers: Self.headers(authorization, accepting)), home: home)
    }

    /// Sends a form.
    package func post(
        _ address: String, home: String?, fields: [FormFields.Field], _ authorization: Authorization? = nil
    ) async throws(OpenIDFailure) -> Answer {
        var headers = Self.headers(authorization)
        headers["Content-Type"] = "application/x-www-form-urlencoded"
        return try await send(
            ClientRequest(.post, address, headers: headers, body: .bytes(Array(FormFields.encode(fields).utf8))), home: home)
    }

    /// Sends JSON under a media type of its own.
    package func post(
        _ address: String, home: String?, json: [UInt8], type: String, _ authorization: Authorization,
        accepting: String = "application/json"
    ) async throws(OpenIDFailure) -> Answer {
        var headers = Self.headers(authorization, accepting)
        headers["Content-Type"] = type
        return try await send(ClientRequest(.post, address, headers: headers, body: .bytes(json)), home: home)
    }

    private static func headers(_ authorization: Authorization?, _ accepting: String = "application/json") -> HTTPHeaders {
        var headers: HTTPHeaders = ["Accept": accepting]
        if let authorization { headers["Authorization"] = authorization.header }
        return headers
    }

    private func send(_ request: ClientRequest, home: String?) async throws(OpenIDFailure) -> Answer {
        guard let url = RequestURL(request.url) else { throw .untrusted("an address has not the form") }
        let isOwn = home.flatMap { RequestURL($0) }?.webOrigin == url.webOrigin
        guard isOwn || url.scheme == "https" else { throw .untrusted("an address at \(url.host) is not https") }
        do {
            let response = try await (isOwn ? named : found).send(request)
            return (response.status, try await response.body.collect(upTo: Self.limit))
        } catch let failure as HTTPClientFailure {
            if case .refused(let why) = failure.kind { throw .untrusted("\(url.host): \(why)") }
            throw .unreachable("\(failure)")
        } catch {
            throw .unreachable("cancelled")
        }
    }
}
