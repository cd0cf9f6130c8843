import Ambient
import FoundationEssentials

/// Decodes a flat type from a query string: scalars, optionals, enums, dates, and lists from repeated names.
struct QueryDecoder: Decoder {
    let items: QueryItems
    let codingPath: [any CodingKey] = []
    var userInfo: [CodingUserInfoKey: Any] { [:] }

    init(_ items: QueryItems) { self.items = items }

    func container<Key: CodingKey>(keyedBy type: Key.Type) throws -> KeyedDecodingContainer<Key> {
        KeyedDecodingContainer(Keyed<Key>(items: items))
    }

    func unkeyedContainer() throws -> any UnkeyedDecodingContainer { throw notFlat(codingPath) }
    func singleValueContainer() throws -> any SingleValueDecodingContainer { throw notFlat(codingPath) }

    private struct Keyed<Key: CodingKey>: KeyedDecodingContainerProtocol {
        let items: QueryItems
        let codingPath: [any CodingKey] = []
        var allKeys: [Key] { items.fields.compactMap { Key(stringValue: $0.name) } }

        func contains(_ key: Key) -> Bool { items.contains(key.stringValue) }
        func decodeNil(forKey key: Key) throws -> Bool { !contains(key) }

        func decode<Value: Decodable>(_ type: Value.Type, forKey key: Key) throws -> Value {
            let values = items[key.stringValue]
            guard !values.isEmpty else {
                throw DecodingError.keyNotFound(key, .init(codingPath: [], debugDescription: "is missing"))
            }
            return try QueryValue(values: values, codingPath: [key]).decode(type)
        }

        func nestedContainer<Nested: CodingKey>(keyedBy: Nested.Type, forKey key: Key) throws -> KeyedDecodingContainer<Nested> {
            throw notFlat([key])
        }
        func nestedUnkeyedContainer(forKey key: Key) throws -> any UnkeyedDecodingContainer {
            QueryList(values: items[key.stringValue], codingPath: [key])
        }
        func superDecoder() throws -> any Decoder { throw notFlat([]) }
        func superDecoder(forKey key: Key) throws -> any Decoder { throw notFlat([key]) }
    }
}

private func notFlat(_ path: [any CodingKey]) -> DecodingError {
    .dataCorrupted(.init(codingPath: path, debugDescription: "a query string holds plain values and lists of them"))
}

/// The value or values of one name.
private struct QueryValue: Decoder, SingleValueDecodingContainer {
    let values: [String]
    let codingPath: [any CodingKey]
    var userInfo: [CodingUserInfoKey: Any] { [:] }

    func container<Key: CodingKey>(keyedBy type: Key.Type) throws -> KeyedDecodingContainer<Key> { throw notFlat(codingPath) }
    func unkeyedContainer() throws -> any UnkeyedDecodingContainer { QueryList(values: values, codingPath: codingPath) }
    func singleValueContainer() throws -> any SingleValueDecodingContainer { self }
    func decodeNil() -> Bool { values.isEmpty }

    func decode<Value: Decodable>(_ type: Value.Type) throws -> Value {
        let text = values.last ?? ""
        if type == Bool.self {
            let flag: Bool? =
                switch text.lowercased() {
                case "true", "1", "yes", "on", "": true
                case "false", "0", "no", "off": false
                default: nil
                }
            if let flag = flag as? Value { return flag }
            throw mismatch(type)
        }
        if type == Date.self {
            guard let date = Timestamp.parse(text) as? Value else {
                throw DecodingError.dataCorrupted(.init(codingPath: codingPath, debugDescription: "not an RFC 3339 time"))
            }
            return date
        }
        if let scalar = type as? any QueryScalar.Type {
            guard let value = scalar.init(text) as? Value else { throw mismatch(type) }
            return value
        }
        return try Value(from: self)
    }

    private func mismatch(_ type: Any.Type) -> DecodingError {
        .typeMismatch(type, .init(codingPath: codingPath, debugDescription: "has the wrong type"))
    }
}

/// Repeated names as a list.
private struct QueryList: UnkeyedDecodingContainer {
    let values: [String]
    let codingPath: [any CodingKey]
    var currentIndex = 0
    var count: Int? { values.count }
    var isAtEnd: Bool { currentIndex >= values.count }

    init(values: [String], codingPath: [any CodingKey]) {
        self.values = values
        self.codingPath = codingPath
    }

    mutating func decodeNil() throws -> Bool { false }

    mutating func decode<Value: Decodable>(_ type: Value.Type) throws -> Value {
        defer { currentIndex += 1 }
        guard !isAtEnd else {
            throw DecodingError.valueNotFound(type, .init(codingPath: codingPath, debugDescription: "the list is shorter"))
        }
        return try QueryValue(values: [values[currentIndex]], codingPath: codingPath + [IndexKey(currentIndex)]).decode(type)
    }

    mutating func nestedContainer<Key: CodingKey>(keyedBy type: Key.Type) throws -> KeyedDecodingContainer<Key> {
        throw notFlat(codingPath)
    }
    mutating func nestedUnkeyedContainer() throws -> any UnkeyedDecodingContainer { throw notFlat(codingPath) }
    mutating func superDecoder() throws -> any Decoder { throw notFlat(codingPath) }
}

/// An index in a coding path.
struct IndexKey: CodingKey {
    let intValue: Int?
    var stringValue: String { intValue.map(String.init) ?? "" }
    init(_ index: Int) { intValue = index }
    init?(intValue: Int) { self.intValue = intValue }
    init?(stringValue: String) { nil }
}

/// What a query value is read as directly.
private protocol QueryScalar { init?(_ text: String) }
extension String: QueryScalar {}
extension Int: QueryScalar {}
extension Int32: QueryScalar {}
extension Int64: QueryScalar {}
extension UInt: QueryScalar {}
extension UInt32: QueryScalar {}
extension UInt64: QueryScalar {}
extension Double: QueryScalar {}
extension Float: QueryScalar {}
extension UUID: QueryScalar { init?(_ text: String) { self.init(uuidString: text) } }
