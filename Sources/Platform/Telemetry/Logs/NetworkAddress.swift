/// Addresses of machines as logs have them: of the network alone, so that a line tells where something came from and not from whom.
package enum NetworkAddress {
    /// `198.51.100.0` for `198.51.100.23`, `2001:db8:7::` for a longer one. This machine's own, and what is no address, stay as they are.
    package static func shortened(_ address: String) -> String {
        if address.hasPrefix("127.") || address == "::1" { return address }
        let parts = address.split(separator: ".", omittingEmptySubsequences: false)
        if parts.count == 4, parts.allSatisfy({ UInt8($0) != nil }) { return "\(parts[0]).\(parts[1]).\(parts[2]).0" }
        guard isSixteenBytes(address) else { return address }
        if let dotted = address.split(separator: ":").last, dotted.contains(".") {
            return "::ffff:" + shortened(String(dotted))
        }
        let head = address.prefix { $0 != "%" }.split(separator: ":", omittingEmptySubsequences: false).prefix(3)
        var groups: [Substring] = []
        for group in head {
            if group.isEmpty { break }
            groups.append(group)
        }
        return groups.joined(separator: ":") + "::"
    }

    /// The same for a word that may have a port behind the address.
    static func shortened(within word: String) -> String {
        let short = shortened(word)
        if short != word { return short }
        guard let colon = word.utf8.lastIndex(of: UInt8(ascii: ":")), word.utf8.filter({ $0 == UInt8(ascii: ":") }).count == 1
        else { return word }
        return shortened(String(word[..<colon])) + word[colon...]
    }

    private static func isSixteenBytes(_ address: String) -> Bool {
        var colons = 0
        for byte in address.utf8 {
            switch byte {
            case UInt8(ascii: ":"): colons += 1
            case 48...57, 65...70, 97...102, UInt8(ascii: "."): break
            case UInt8(ascii: "%"): return colons == 7 || address.contains("::")
            default: return false
            }
        }
        // Eight groups, or some left out; a time of day has three.
        return colons == 7 || address.contains("::")
    }
}
