/// What a token may be used for that is less than its owner's sign-in: reading or changing, of everything or of one area of the API.
package struct TokenScope: Sendable, Hashable, Comparable {
    package enum Verb: String, Sendable, CaseIterable { case read, write }

    /// A route's tag in small letters, with `-` for spaces: `library`; nil of all that tokens reach.
    package let area: String?
    package let verb: Verb

    package init(_ verb: Verb, of area: String? = nil) { (self.verb, self.area) = (verb, area) }

    /// `read`, `write`, `library:read`.
    package init?(_ text: String) {
        let parts = text.split(separator: ":", omittingEmptySubsequences: false).map(String.init)
        guard (1...2).contains(parts.count), let verb = Verb(rawValue: parts[parts.count - 1]), !parts[0].isEmpty else {
            return nil
        }
        self.init(verb, of: parts.count == 2 ? parts[0] : nil)
    }

    package var text: String { area.map { "\($0):\(verb.rawValue)" } ?? verb.rawValue }

    /// Whether who has this may do what `other` names. Who may change a thing may read it.
    package func covers(_ other: TokenScope) -> Bool {
        (area == nil || area == other.area) && (verb == other.verb || verb == .write)
    }

    package static func < (a: TokenScope, b: TokenScope) -> Bool { a.text < b.text }
}
