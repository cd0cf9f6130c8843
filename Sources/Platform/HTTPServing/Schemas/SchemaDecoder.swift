import JSON

/// The decoder that records.
struct SchemaDecoder: Decoder {
    let registry: SchemaRegistry
    let recording: SchemaRecording
    /// What every text is.
    let text: String
    let codingPath: [any CodingKey] = []
    var userInfo: [CodingUserInfoKey: Any] { [:] }

    func container<Key: CodingKey>(keyedBy type: Key.Type) throws -> KeyedDecodingContainer<Key> {
        recording.shape = .object
        return KeyedDecodingContainer(SchemaFields<Key>(decoder: self))
    }

    func unkeyedContainer() throws -> any UnkeyedDecodingContainer {
        recording.shape = .list(nil)
        return SchemaItems(decoder: self)
    }

    func singleValueContainer() throws -> any SingleValueDecodingContainer { SchemaSingle(decoder: self) }

    func value<Value: Decodable>(_ type: Value.Type) throws -> (JSONValue, Value) {
        let (schema, sample) = describe(type)
        guard let value = sample else { throw SchemaRecordingStopped() }
        return (schema, value)
    }

    func describe<Value: Decodable>(_ type: Value.Type) -> (JSONValue, Value?) {
        let (schema, sample) = registry.describe(type)
        return (schema, type == String.self ? text as? Value : sample as? Value)
    }
}

private struct SchemaFields<Key: CodingKey>: KeyedDecodingContainerProtocol {
    let decoder: SchemaDecoder
    let codingPath: [any CodingKey] = []
    let allKeys: [Key] = []

    func contains(_ key: Key) -> Bool { true }
    func decodeNil(forKey key: Key) throws -> Bool { false }

    func decode<Value: Decodable>(_ type: Value.Type, forKey key: Key) throws -> Value {
        let (schema, sample) = decoder.describe(type)
        decoder.recording.add(SchemaProperty(name: key.stringValue, schema: schema, isRequired: true))
        guard let sample else { throw SchemaRecordingStopped() }
        return sample
    }

    /// Absent, so the type's own default shows.
    private func absent<Value: Decodable>(_ type: Value.Type, _ key: Key) -> Value? {
        decoder.recording.add(SchemaProperty(name: key.stringValue, schema: decoder.describe(type).0, isRequired: false))
        return nil
    }

    func decodeIfPresent<Value: Decodable>(_ type: Value.Type, forKey key: Key) throws -> Value? { absent(type, key) }
    func decodeIfPresent(_ type: Bool.Type, forKey key: Key) throws -> Bool? { absent(type, key) }
    func decodeIfPresent(_ type: String.Type, forKey key: Key) throws -> String? { absent(type, key) }
    func decodeIfPresent(_ type: Double.Type, forKey key: Key) throws -> Double? { absent(type, key) }
    func decodeIfPresent(_ type: Float.Type, forKey key: Key) throws -> Float? { absent(type, key) }
    func decodeIfPresent(_ type: Int.Type, forKey key: Key) throws -> Int? { absent(type, key) }
    func decodeIfPresent(_ type: Int8.Type, forKey key: Key) throws -> Int8? { absent(type, key) }
    func decodeIfPresent(_ type: Int16.Type, forKey key: Key) throws -> Int16? { absent(type, key) }
    func decodeIfPresent(_ type: Int32.Type, forKey key: Key) throws -> Int32? { absent(type, key) }
    func decodeIfPresent(_ type: Int64.Type, forKey key: Key) throws -> Int64? { absent(type, key) }
    func decodeIfPresent(_ type: UInt.Type, forKey key: Key) throws -> UInt? { absent(type, key) }
    func decodeIfPresent(_ type: UInt8.Type, forKey key: Key) throws -> UInt8? { absent(type, key) }
    func decodeIfPresent(_ type: UInt16.Type, forKey key: Key) throws -> UInt16? { absent(type, key) }
    func decodeIfPresent(_ type: UInt32.Type, forKey key: Key) throws -> UInt32? { absent(type, key) }
    func decodeIfPresent(_ type: UInt64.Type, forKey key: Key) throws -> UInt64? { absent(type, key) }

    func nestedContainer<Nested: CodingKey>(keyedBy type: Nested.Type, forKey key: Key) throws -> KeyedDecodingContainer<Nested> {
        throw SchemaRecordingStopped()
    }
    func nestedUnkeyedContainer(forKey key: Key) throws -> any UnkeyedDecodingContainer { throw SchemaRecordingStopped() }
    func superDecoder() throws -> any Decoder { decoder }
    func superDecoder(forKey key: Key) throws -> any Decoder { decoder }
}

/// A list that the type reads itself: one item is recorded.
private struct SchemaItems: UnkeyedDecodingContainer {
    let decoder: SchemaDecoder
    let codingPath: [any CodingKey] = []
    let count: Int? = 1
    private(set) var currentIndex = 0
    var isAtEnd: Bool { currentIndex > 0 }

    init(decoder: SchemaDecoder) { self.decoder = decoder }

    mutating func decodeNil() throws -> Bool { false }

    mutating func decode<Value: Decodable>(_ type: Value.Type) throws -> Value {
        currentIndex += 1
        let (schema, value) = try decoder.value(type)
        decoder.recording.shape = .list(schema)
        return value
    }

    mutating func nestedContainer<Key: CodingKey>(keyedBy type: Key.Type) throws -> KeyedDecodingContainer<Key> {
        throw SchemaRecordingStopped()
    }
    mutating func nestedUnkeyedContainer() throws -> any UnkeyedDecodingContainer { throw SchemaRecordingStopped() }
    mutating func superDecoder() throws -> any Decoder { throw SchemaRecordingStopped() }
}

private struct SchemaSingle: SingleValueDecodingContainer {
    let decoder: SchemaDecoder
    let codingPath: [any CodingKey] = []

    func decodeNil() -> Bool { false }

    func decode<Value: Decodable>(_ type: Value.Type) throws -> Value {
        let (schema, sample) = decoder.describe(type)
        decoder.recording.shape = .single(schema)
        guard let sample else { throw SchemaRecordingStopped() }
        return sample
    }
}
