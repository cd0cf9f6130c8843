import HTTPMessages

/// The proxies in front of the server, whose word about the client is believed.
package struct TrustedProxies: Sendable {
    /// Stands for this machine among the addresses.
    package static let loopback = "loopback"

    private let blocks: [AddressBlock]

    /// - Parameter addresses: of the proxies or their networks, without ports; `loopback` stands for this machine. What is neither is
    ///   nobody's address.
    package init(_ addresses: [String] = []) {
        blocks = addresses.flatMap { $0 == Self.loopback ? ["127.0.0.0/8", "::1"] : [$0] }.compactMap { AddressBlock($0) }
    }

    func origin(of request: HTTPRequest) -> ClientOrigin {
        guard !blocks.isEmpty, isProxy(request.remoteAddress) else {
            return ClientOrigin(address: request.remoteAddress, isSecure: false)
        }
        let secure = request.headers["X-Forwarded-Proto"].map { HTTPHeaders.same($0, "https") } ?? false
        // Each proxy appends the address it saw: the last one that is no proxy of ours is the client, all before it is hearsay.
        let hops = request.headers.all("X-Forwarded-For").flatMap { $0.split(separator: ",") }
            .map { String($0.trimmingOptionalWhitespace) }
        let client = hops.last { !isProxy($0) }
        return ClientOrigin(address: client ?? request.remoteAddress, isSecure: secure)
    }

    private func isProxy(_ address: String) -> Bool { blocks.contains { $0.contains(address) } }
}

/// Where a request comes from.
struct ClientOrigin: Sendable {
    let address: String
    /// The client speaks TLS with the proxy.
    let isSecure: Bool
}
