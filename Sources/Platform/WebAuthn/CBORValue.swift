/// What authenticators write (CBOR, RFC 8949, as CTAP2 has it): whole numbers, bytes, texts, lists, maps and truth values.
package indirect enum CBORValue: Sendable, Hashable {
    case integer(Int)
    case bytes([UInt8])
    case text(String)
    case list([CBORValue])
    case map([CBORValue: CBORValue])
    case bool(Bool)
    case null

    package subscript(_ key: CBORValue) -> CBORValue? { if case .map(let fields) = self { fields[key] } else { nil } }

    package var asInteger: Int? { if case .integer(let value) = self { value } else { nil } }
    package var asBytes: [UInt8]? { if case .bytes(let value) = self { value } else { nil } }
    package var asText: String? { if case .text(let value) = self { value } else { nil } }
}

extension CBORValue: ExpressibleByStringLiteral {
    package init(stringLiteral value: String) { self = .text(value) }
}
