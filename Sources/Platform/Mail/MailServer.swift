/// A server that takes mail, as a setting names it: `smtp://user:password@mail.example.org:587`.
package struct MailServer: Sendable, Hashable {
    package let host: String
    package let port: Int
    /// TLS from the first byte (`smtps://`) rather than after STARTTLS.
    package let isImplicitlySecure: Bool
    package let user: String?
    package let password: String?

    /// nil unless it is `smtp://` or `smtps://`, a host, and perhaps a port and a user with a password, percent-encoded.
    package init?(_ text: String) {
        guard let scheme = ["smtp://", "smtps://"].first(where: { text.lowercased().hasPrefix($0) }) else { return nil }
        isImplicitlySecure = scheme == "smtps://"
        var rest = text.dropFirst(scheme.count)
        if rest.hasSuffix("/") { rest.removeLast() }
        if let at = rest.lastIndex(of: "@") {
            let parts = rest[..<at].split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
            guard parts.count == 2, let user = Self.decoded(parts[0]), let password = Self.decoded(parts[1]), !user.isEmpty else {
                return nil
            }
            (self.user, self.password) = (user, password)
            rest = rest[rest.index(after: at)...]
        } else {
            (user, password) = (nil, nil)
        }
        let isBracketed = rest.hasPrefix("[")
        var digits: Substring?
        if isBracketed {
            guard let end = rest.firstIndex(of: "]") else { return nil }
            let after = rest[rest.index(after: end)...]
            guard after.isEmpty || after.hasPrefix(":") else { return nil }
            digits = after.isEmpty ? nil : after.dropFirst()
            rest = rest[..<end].dropFirst()
        } else if let colon = rest.lastIndex(of: ":") {
            digits = rest[rest.index(after: colon)...]
            rest = rest[..<colon]
        }
        if let digits {
            guard let port = Int(digits), (1...65_535).contains(port) else { return nil }
            self.port = port
        } else {
            port = isImplicitlySecure ? 465 : 587
        }
        host = String(rest)
        let isAddress = isBracketed && host.utf8.allSatisfy { $0 == 0x3A || $0 == 0x2E || Self.hexadecimal($0) != nil }
        let isName = host.utf8.allSatisfy { byte in
            byte >= 0x80 || (48...57).contains(byte) || (97...122).contains(byte | 32) || byte == 0x2D || byte == 0x2E
        }
        guard !host.isEmpty, isAddress || isName else { return nil }
    }

    /// Whether the server is on this machine, so that nobody is between.
    package var isLoopback: Bool {
        host == "localhost" || host == "::1"
            || (host.hasPrefix("127.") && host.utf8.allSatisfy { (48...57).contains($0) || $0 == 0x2E })
    }

    private static func hexadecimal(_ byte: UInt8) -> UInt8? {
        switch byte {
        case 48...57: byte - 48
        case 65...70: byte - 55
        case 97...102: byte - 87
        default: nil
        }
    }

    private static func decoded(_ text: Substring) -> String? {
        var bytes: [UInt8] = []
        var rest = Array(text.utf8)[...]
        while let byte = rest.popFirst() {
            if byte == UInt8(ascii: "%") {
                guard let high = rest.popFirst().flatMap(hexadecimal), let low = rest.popFirst().flatMap(hexadecimal) else {
                    return nil
                }
                bytes.append(high << 4 | low)
            } else {
                bytes.append(byte)
            }
        }
        // A line break or a zero byte would end the word on the wire.
        guard bytes.allSatisfy({ $0 >= 32 && $0 != 127 }) else { return nil }
        return String(decoding: bytes, as: UTF8.self)
    }
}
