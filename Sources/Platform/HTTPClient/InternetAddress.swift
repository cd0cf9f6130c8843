import CCurl
import Glibc

/// An IPv4 or IPv6 address in network byte order.
package struct InternetAddress: Sendable, Hashable, CustomStringConvertible {
    /// 4 or 16 bytes.
    package let bytes: [UInt8]

    /// nil unless the text is a numeric address in the canonical form (no octal, no missing parts).
    package init?(_ text: String) {
        var four = in_addr()
        var six = in6_addr()
        if inet_pton(AF_INET, text, &four) == 1 {
            bytes = withUnsafeBytes(of: four) { Array($0) }
        } else if inet_pton(AF_INET6, text, &six) == 1 {
            bytes = withUnsafeBytes(of: six) { Array($0) }
        } else {
            return nil
        }
    }

    /// The address in a socket address; nil for other families, such as Unix sockets.
    init?(_ address: UnsafePointer<sockaddr>) {
        let raw = UnsafeRawPointer(address)
        switch Int32(address.pointee.sa_family) {
        case AF_INET: bytes = withUnsafeBytes(of: raw.loadUnaligned(as: sockaddr_in.self).sin_addr) { Array($0) }
        case AF_INET6: bytes = withUnsafeBytes(of: raw.loadUnaligned(as: sockaddr_in6.self).sin6_addr) { Array($0) }
        default: return nil
        }
    }

    package var description: String {
        var text = [CChar](repeating: 0, count: Int(INET6_ADDRSTRLEN))
        let family = bytes.count == 4 ? AF_INET : AF_INET6
        guard bytes.withUnsafeBytes({ inet_ntop(family, $0.baseAddress, &text, socklen_t(text.count)) }) != nil else { return "?" }
        return String(decoding: text.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }

    /// Whether the address is one of the open internet: not this machine, its networks, a carrier's, documentation, multicast or a
    /// cloud's metadata service (IANA special-purpose registries, RFC 6890). IPv4 within IPv6 counts as the IPv4 address.
    package var isPublic: Bool {
        if bytes.count == 4 { return !Self.special4.contains { $0.matches(bytes) } }
        if let embedded { return InternetAddress(four: embedded).isPublic }
        // Of IPv6 only 2000::/3 is given out at all.
        return Block("2000::", 3).matches(bytes) && !Self.special6.contains { $0.matches(bytes) }
    }

    private init(four: [UInt8]) { bytes = four }

    /// The IPv4 address within a mapped (::ffff:0:0/96), compatible (::/96), NAT64 (64:ff9b::/96) or 6to4 (2002::/16) address.
    private var embedded: [UInt8]? {
        if Block("::ffff:0:0", 96).matches(bytes) || Block("::", 96).matches(bytes) || Block("64:ff9b::", 96).matches(bytes) {
            return Array(bytes[12...])
        }
        if Block("2002::", 16).matches(bytes) { return Array(bytes[2..<6]) }
        return nil
    }

    private struct Block: Sendable {
        let prefix: [UInt8]
        let length: Int

        init(_ text: String, _ length: Int) {
            prefix = InternetAddress(text)?.bytes ?? []
            self.length = length
        }

        func matches(_ bytes: [UInt8]) -> Bool {
            guard bytes.count == prefix.count else { return false }
            let whole = length / 8
            let rest = length % 8
            guard bytes[..<whole] == prefix[..<whole] else { return false }
            guard rest > 0 else { return true }
            let mask = UInt8(truncatingIfNeeded: 0xFF00 >> rest)
            return bytes[whole] & mask == prefix[whole] & mask
        }
    }

    private static let special4: [Block] = [
        Block("0.0.0.0", 8), Block("10.0.0.0", 8), Block("100.64.0.0", 10), Block("127.0.0.0", 8), Block("169.254.0.0", 16),
        Block("172.16.0.0", 12), Block("192.0.0.0", 24), Block("192.0.2.0", 24), Block("192.88.99.0", 24), Block("192.168.0.0", 16),
        Block("198.18.0.0", 15), Block("198.51.100.0", 24), Block("203.0.113.0", 24), Block("224.0.0.0", 4), Block("240.0.0.0", 4),
        // Metadata and platform addresses of clouds that lie in public ranges.
        Block("168.63.129.16", 32),
    ]
    private static let special6: [Block] = [
        Block("2001::", 23), Block("2001:db8::", 32), Block("3fff::", 20), Block("5f00::", 16),
    ]
}
