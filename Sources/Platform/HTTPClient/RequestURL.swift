import CCurl

/// A URL taken apart by libcurl's own parser, so that what is checked is what is connected to.
package struct RequestURL: Sendable, Hashable {
    /// The whole, normalised.
    let text: String
    /// Lower case.
    package let scheme: String
    /// Lower case; an IPv6 address without brackets.
    package let host: String
    package let port: Int

    var origin: String { "\(scheme)://\(host):\(port)" }

    /// The origin as browsers write it: without the scheme's own port.
    package var webOrigin: String {
        let place = host.contains(":") ? "[\(host)]" : host
        return port == (scheme == "https" ? 443 : 80) ? "\(scheme)://\(place)" : "\(scheme)://\(place):\(port)"
    }

    package init?(_ text: String) { self.init(text, against: nil) }

    /// A `Location`, absolute or relative to this URL.
    func resolving(_ location: String) -> RequestURL? { RequestURL(location, against: self.text) }

    private init?(_ text: String, against base: String?) {
        guard !text.isEmpty, text.utf8.count <= 8192, text.utf8.allSatisfy({ $0 > 0x20 && $0 != 0x7F }), let handle = curl_url()
        else { return nil }
        defer { curl_url_cleanup(handle) }
        // Without a scheme libcurl would guess one; here it must be said.
        if let base {
            guard curl_url_set(handle, CURLUPART_URL, base, 0) == CURLUE_OK else { return nil }
        }
        guard curl_url_set(handle, CURLUPART_URL, text, UInt32(CURLU_NON_SUPPORT_SCHEME)) == CURLUE_OK else { return nil }
        func part(_ which: CURLUPart, _ flags: Int32 = 0) -> String? {
            var value: UnsafeMutablePointer<CChar>?
            guard curl_url_get(handle, which, &value, UInt32(flags)) == CURLUE_OK, let value else { return nil }
            defer { curl_free(value) }
            return String(cString: value)
        }
        guard curl_url_set(handle, CURLUPART_FRAGMENT, nil, 0) == CURLUE_OK, let whole = part(CURLUPART_URL),
            let scheme = part(CURLUPART_SCHEME)?.lowercased(), var host = part(CURLUPART_HOST)?.lowercased(), !host.isEmpty
        else { return nil }
        if host.hasPrefix("["), host.hasSuffix("]") { host = String(host.dropFirst().dropLast()) }
        if host.hasSuffix(".") { host.removeLast() }
        self.text = whole
        self.scheme = scheme
        self.host = host
        port = part(CURLUPART_PORT, CURLU_DEFAULT_PORT).flatMap(Int.init) ?? 0
    }
}
