/// A type that goes over the wire: a request body, a query, or an answer.
///
/// Its shape is read from its own `Codable` conformance, so the document at `/openapi.json` cannot differ from what is served.
/// What the shape cannot say (lengths, ranges, formats) is said once in `constraints`: it is checked on every request and documented.
package protocol APIType: Codable, Sendable {
    /// What values must hold, and what the document says of the fields. Checked after decoding; all broken ones are reported.
    static var constraints: [Constraint<Self>] { get }
    /// The name of the schema in the document.
    static var schemaName: String { get }
}

extension APIType {
    package static var constraints: [Constraint<Self>] { [] }

    /// The type's own name; a generic type's arguments come first: `Page<Document>` is `DocumentPage`.
    package static var schemaName: String {
        let parts = "\(Self.self)".split { !$0.isLetter && !$0.isNumber && $0 != "_" }
        return parts.reversed().joined()
    }
}

extension Array: APIType where Element: APIType {}
extension String: APIType {}
