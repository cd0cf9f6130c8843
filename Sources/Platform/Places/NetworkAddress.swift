import Glibc

/// An address of the internet in its plain form.
package struct NetworkAddress: Sendable, Hashable {
    /// `192.0.2.7`, `2001:db8::7`; one of IPv4 that is written as IPv6 is one of IPv4.
    package let text: String
    package let isSix: Bool

    /// nil for what is no address. A zone (`%eth0`) is left out.
    package init?(_ raw: String) {
        let text = String(raw.prefix { $0 != "%" })
        var four = in_addr()
        if inet_pton(AF_INET, text, &four) == 1 {
            (self.text, isSix) = (text, false)
            return
        }
        guard var bytes = Self.six(text) else { return nil }
        if bytes[..<10].allSatisfy({ $0 == 0 }), bytes[10] == 0xFF, bytes[11] == 0xFF {
            (self.text, isSix) = (bytes[12...].map { "\($0)" }.joined(separator: "."), false)
        } else {
            guard let written = Self.text(&bytes) else { return nil }
            (self.text, isSix) = (written, true)
        }
    }

    /// What is left when the part that tells one machine or household from another is zero: 24 bits of IPv4, 48 of IPv6.
    package var shortened: String {
        if !isSix { return text.split(separator: ".").prefix(3).joined(separator: ".") + ".0" }
        guard var bytes = Self.six(text) else { return "::" }
        for index in 6..<16 { bytes[index] = 0 }
        return Self.text(&bytes) ?? "::"
    }

    private static func six(_ text: String) -> [UInt8]? {
        var bytes = [UInt8](repeating: 0, count: 16)
        return inet_pton(AF_INET6, text, &bytes) == 1 ? bytes : nil
    }

    private static func text(_ bytes: inout [UInt8]) -> String? {
        var buffer = [CChar](repeating: 0, count: Int(INET6_ADDRSTRLEN))
        guard inet_ntop(AF_INET6, &bytes, &buffer, socklen_t(buffer.count)) != nil else { return nil }
        return String(decoding: buffer.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }
}
