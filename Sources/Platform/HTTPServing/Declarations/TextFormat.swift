import Ambient
import FoundationEssentials

/// A well-known form of text; the raw value is JSON Schema's `format`.
package enum TextFormat: String, Sendable, CaseIterable {
    case email
    case uuid
    /// Absolute, http or https.
    case url = "uri"
    /// `2026-11-21`
    case date
    /// RFC 3339, `2026-11-21T09:30:00Z`
    case dateTime = "date-time"

    /// How a message calls it.
    var words: String {
        switch self {
        case .email: "an email address"
        case .uuid: "a UUID"
        case .url: "an http or https address"
        case .date: "a date like 2026-11-21"
        case .dateTime: "a time like 2026-11-21T09:30:00Z"
        }
    }

    package func accepts(_ text: String) -> Bool {
        switch self {
        case .email: Self.isEmail(text)
        case .uuid: text.utf8.count == 36 && UUID(uuidString: text) != nil
        case .url: Self.isWebAddress(text)
        case .date: text.utf8.count == 10 && Timestamp.parse(text + "T00:00:00Z") != nil
        case .dateTime: Timestamp.parse(text) != nil
        }
    }

    /// The mailbox form of the HTML standard, with at least one dot in the domain, at most 254 characters.
    private static func isEmail(_ text: String) -> Bool {
        let parts = text.utf8.split(separator: UInt8(ascii: "@"), omittingEmptySubsequences: false)
        guard text.utf8.count <= 254, parts.count == 2, (1...64).contains(parts[0].count) else { return false }
        let special = Array(".!#$%&'*+/=?^_`{|}~-".utf8)
        guard parts[0].allSatisfy({ isAlphanumeric($0) || $0 >= 0x80 || special.contains($0) }) else { return false }
        let labels = parts[1].split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        return labels.count >= 2
            && labels.allSatisfy { label in
                (1...63).contains(label.count) && label.first != UInt8(ascii: "-") && label.last != UInt8(ascii: "-")
                    && label.allSatisfy { isAlphanumeric($0) || $0 >= 0x80 || $0 == UInt8(ascii: "-") }
            }
    }

    private static func isWebAddress(_ text: String) -> Bool {
        guard let url = URL(string: text), let scheme = url.scheme?.lowercased(), let host = url.host else { return false }
        return (scheme == "http" || scheme == "https") && !host.isEmpty
    }

    private static func isAlphanumeric(_ byte: UInt8) -> Bool {
        (48...57).contains(byte) || (65...90).contains(byte) || (97...122).contains(byte)
    }
}
