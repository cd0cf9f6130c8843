import Glibc

/// A network of Internet addresses, such as 10.0.0.0/8 or 2001:db8::/32, or a single address.
///
/// IPv4 addresses that come written as IPv6 (::ffff:10.0.0.1) are the IPv4 addresses.
package struct AddressBlock: Sendable, Hashable {
    /// 16 bytes; IPv4 in its place within IPv6.
    private let prefix: [UInt8]
    /// How many bits of it count.
    private let length: Int

    /// nil unless the text is a numeric address, alone or with `/` and as many bits as such an address may have. Bits past those are
    /// left out of account.
    package init?(_ text: String) {
        let parts = text.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false)
        guard let address = parts.first, let bytes = Self.bytes(of: String(address)) else { return nil }
        let isIPv4 = !address.utf8.contains(UInt8(ascii: ":"))
        prefix = bytes
        guard parts.count == 2 else {
            length = 128
            return
        }
        // Digits alone: Int would take a sign too.
        guard parts[1].utf8.allSatisfy({ (48...57).contains($0) }), let bits = Int(parts[1]), bits <= (isIPv4 ? 32 : 128) else {
            return nil
        }
        length = isIPv4 ? 96 + bits : bits
    }

    /// Whether a numeric address lies in it; false for what is none.
    package func contains(_ address: String) -> Bool {
        guard let bytes = Self.bytes(of: address) else { return false }
        let (whole, rest) = (length / 8, length % 8)
        guard bytes[..<whole] == prefix[..<whole] else { return false }
        return rest == 0 || (bytes[whole] ^ prefix[whole]) >> UInt8(8 - rest) == 0
    }

    private static func bytes(of text: String) -> [UInt8]? {
        var four = in_addr()
        var six = in6_addr()
        if inet_pton(AF_INET, text, &four) == 1 {
            return [UInt8](repeating: 0, count: 10) + [0xFF, 0xFF] + withUnsafeBytes(of: four) { Array($0) }
        }
        return inet_pton(AF_INET6, text, &six) == 1 ? withUnsafeBytes(of: six) { Array($0) } : nil
    }
}
