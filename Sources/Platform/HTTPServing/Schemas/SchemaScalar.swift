import FoundationEssentials
import JSON

/// The types whose schema is known without asking them.
enum SchemaScalar {
    static let sampleUUID = "0197b2c4-0000-7000-8000-000000000000"
    static let sampleTexts = ["", sampleUUID, "2026-01-01T00:00:00Z", "a", "0"]

    static func describe(_ type: any Decodable.Type) -> (schema: JSONValue, sample: Any?)? {
        switch type {
        case is Bool.Type: (["type": "boolean"], false)
        case is String.Type: (["type": "string"], "")
        case is Double.Type: (["type": "number"], 0.0)
        case is Float.Type: (["type": "number"], Float(0))
        case is Date.Type: (["type": "string", "format": "date-time"], Date(timeIntervalSince1970: 0))
        case is UUID.Type: (["type": "string", "format": "uuid"], UUID(uuidString: sampleUUID))
        case is URL.Type: (["type": "string", "format": "uri"], URL(string: "https://example.org"))
        case is Data.Type: (["type": "string", "contentEncoding": "base64"], Data())
        case is JSONValue.Type: ([:], JSONValue.null)
        case let integer as any FixedWidthInteger.Type: (["type": "integer"], integer.zeroValue)
        default: nil
        }
    }

    /// An enum's values as they are on the wire.
    static func cases(_ type: any Decodable.Type) -> (schema: JSONValue, sample: Any?)? {
        guard let cases = (type as? any CaseIterable.Type)?.everyCase, let first = cases.first else { return nil }
        let values = cases.compactMap { value -> JSONValue? in
            guard let value = value as? any Encodable, let data = try? JSONCoding.encoder.encode([AnyEncodable(value)]) else {
                return nil
            }
            return try? JSONCoding.decoder.decode([JSONValue].self, from: data).first
        }
        guard values.count == cases.count, values.allSatisfy(\.isScalar) else { return nil }
        let isText = values.allSatisfy { if case .string = $0 { true } else { false } }
        return (["type": isText ? "string" : "integer", "enum": .array(values)], first)
    }
}

private struct AnyEncodable: Encodable {
    let value: any Encodable
    init(_ value: any Encodable) { self.value = value }
    func encode(to encoder: any Encoder) throws { try value.encode(to: encoder) }
}

extension FixedWidthInteger {
    fileprivate static var zeroValue: Any { Self.zero }
}

extension CaseIterable {
    fileprivate static var everyCase: [Any] { Array(allCases) }
}

/// Optionals of any type.
protocol OptionalShape {
    static var wrappedType: (any Decodable.Type)? { get }
    static var absent: Any { get }
}

extension Optional: OptionalShape {
    static var wrappedType: (any Decodable.Type)? { Wrapped.self as? any Decodable.Type }
    static var absent: Any { let value: Self = nil; return value as Any }
}

/// Lists of any element.
protocol ListShape {
    static var elementType: (any Decodable.Type)? { get }
    static var empty: Any { get }
}

extension Array: ListShape {
    static var elementType: (any Decodable.Type)? { Element.self as? any Decodable.Type }
    static var empty: Any { [Element]() }
}

extension Set: ListShape {
    static var elementType: (any Decodable.Type)? { Element.self as? any Decodable.Type }
    static var empty: Any { Set<Element>() }
}

/// Dictionaries with text keys.
protocol MapShape {
    static var valueType: (any Decodable.Type)? { get }
    static var empty: Any { get }
}

extension Dictionary: MapShape where Key == String {
    static var valueType: (any Decodable.Type)? { Value.self as? any Decodable.Type }
    static var empty: Any { [String: Value]() }
}
