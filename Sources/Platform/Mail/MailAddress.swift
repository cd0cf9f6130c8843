/// Where mail goes, `ada@example.org`: checked, so that nothing in it can begin a header or another recipient.
package struct MailAddress: Sendable, Hashable, CustomStringConvertible {
    package let text: String

    /// nil unless it is one plain address of at most 254 bytes: no name, no quotes, no comment, no white space.
    package init?(_ text: String) {
        let parts = text.utf8.split(separator: UInt8(ascii: "@"), omittingEmptySubsequences: false)
        guard text.utf8.count <= 254, parts.count == 2, (1...64).contains(parts[0].count), !parts[1].isEmpty,
            parts[0].allSatisfy(Self.isPlain), parts[1].allSatisfy(Self.isOfDomain), parts[1].first != UInt8(ascii: "-")
        else { return nil }
        self.text = text
    }

    package var description: String { text }

    package var domain: Substring { text[text.index(after: text.lastIndex(of: "@") ?? text.startIndex)...] }

    /// Letters of any script, digits, and the signs that RFC 5322 lets stand without quotes.
    private static func isPlain(_ byte: UInt8) -> Bool {
        isLetterOrDigit(byte) || "!#$%&'*+-/=?^_`{|}~.".utf8.contains(byte)
    }

    private static func isOfDomain(_ byte: UInt8) -> Bool {
        isLetterOrDigit(byte) || byte == UInt8(ascii: "-") || byte == UInt8(ascii: ".")
    }

    private static func isLetterOrDigit(_ byte: UInt8) -> Bool {
        byte >= 0x80 || (48...57).contains(byte) || (65...90).contains(byte) || (97...122).contains(byte)
    }
}

/// An address and whose it is: `Little Monster <study@example.org>`.
package struct Mailbox: Sendable, Hashable {
    package let name: String?
    package let address: MailAddress

    package init(name: String? = nil, address: MailAddress) {
        self.name = name
        self.address = address
    }

    /// `ada@example.org`, or a name and the address in angle brackets; nil for anything else.
    package init?(_ text: String) {
        let text = Self.trimmed(text[...])
        if let open = text.lastIndex(of: "<"), text.hasSuffix(">") {
            guard let address = MailAddress(String(text[text.index(after: open)...].dropLast())) else { return nil }
            var name = Self.trimmed(text[..<open])
            if name.count >= 2, name.first == "\"", name.last == "\"" { name = name.dropFirst().dropLast() }
            self.init(name: name.isEmpty ? nil : String(name), address: address)
        } else {
            guard let address = MailAddress(String(text)) else { return nil }
            self.init(address: address)
        }
    }

    private static func trimmed(_ text: Substring) -> Substring {
        var text = text.drop(while: \.isWhitespace)
        while text.last?.isWhitespace == true { text.removeLast() }
        return text
    }
}
