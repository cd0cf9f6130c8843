/// Which servers may be asked.
package enum DestinationPolicy: Sendable, Hashable {
    /// The URL comes from the installation's settings: any http or https server, also on this machine.
    case operatorConfigured
    /// The URL comes from a user, or from a document: the open internet alone, on the usual ports. Names are checked when they are
    /// resolved and each address again when the socket is opened, so a name that changes its address in between gains nothing.
    case publicInternet

    static let publicPorts: Set<Int> = [80, 443]

    /// nil if the URL may be asked as far as can be told before its name is resolved; otherwise why not.
    package func objection(to url: RequestURL) -> String? {
        guard url.scheme == "http" || url.scheme == "https" else { return "only http and https are allowed" }
        guard self == .publicInternet else { return nil }
        guard Self.publicPorts.contains(url.port) else { return "port \(url.port) is not allowed" }
        let localNames = ["localhost", "local", "internal", "intranet", "lan", "home", "corp", "home.arpa"]
        if localNames.contains(where: { url.host == $0 || url.host.hasSuffix(".\($0)") }) { return "it is a local name" }
        if let address = InternetAddress(url.host), !address.isPublic { return "it is a local address" }
        return nil
    }

    /// nil if a connection to the address may be opened.
    func objection(to address: InternetAddress?) -> String? {
        guard self == .publicInternet else { return nil }
        guard let address, address.isPublic else { return "it leads to a local address" }
        return nil
    }
}
