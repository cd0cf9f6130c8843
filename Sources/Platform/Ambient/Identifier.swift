package import FoundationEssentials

/// A UUIDv7 that belongs to one kind of thing, so that a document's id cannot be passed where a user's is meant.
///
/// On the wire and in the database it is the lower-case text form, `0197b2c4-…`.
package struct Identifier<Kind>: Hashable, Sendable, Comparable, LosslessStringConvertible {
    package let uuid: UUID

    package init(_ uuid: UUID) { self.uuid = uuid }

    /// nil unless the text is a UUID's 36-character form.
    package init?(_ text: String) {
        guard text.utf8.count == 36, let uuid = UUID(uuidString: text) else { return nil }
        self.uuid = uuid
    }

    package var description: String { uuid.uuidString.lowercased() }

    package static func < (a: Self, b: Self) -> Bool { a.uuid < b.uuid }
}

extension Identifier: Codable {
    package init(from decoder: any Decoder) throws {
        let text = try decoder.singleValueContainer().decode(String.self)
        guard let value = Self(text) else {
            throw DecodingError.dataCorrupted(.init(codingPath: decoder.codingPath, debugDescription: "not a UUID"))
        }
        self = value
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(description)
    }
}

/// The people who use the installation.
package enum UserKind {}
package typealias UserID = Identifier<UserKind>
