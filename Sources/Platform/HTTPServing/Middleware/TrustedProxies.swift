import HTTPMessages

/// The addresses of proxies in front of the server, whose word about the client is believed.
package struct TrustedProxies: Sendable {
    private let addresses: Set<String>

    /// - Parameter addresses: of the proxies, without ports. `loopback` stands for this machine.
    package init(_ addresses: [String] = []) {
        var all = Set(addresses)
        if all.remove("loopback") != nil { all.formUnion(["127.0.0.1", "::1", "::ffff:127.0.0.1"]) }
        self.addresses = all
    }

    func origin(of request: HTTPRequest) -> ClientOrigin {
        guard !addresses.isEmpty, addresses.contains(request.remoteAddress) else {
            return ClientOrigin(address: request.remoteAddress, isSecure: false)
        }
        let secure = request.headers["X-Forwarded-Proto"].map { HTTPHeaders.same($0, "https") } ?? false
        // Each proxy appends the address it saw: the last one that is no proxy of ours is the client, all before it is hearsay.
        let hops = request.headers.all("X-Forwarded-For").flatMap { $0.split(separator: ",") }
            .map { String($0.trimmingOptionalWhitespace) }
        let client = hops.last { !addresses.contains($0) }
        return ClientOrigin(address: client ?? request.remoteAddress, isSecure: secure)
    }
}

/// Where a request comes from.
struct ClientOrigin: Sendable {
    let address: String
    /// The client speaks TLS with the proxy.
    let isSecure: Bool
}
