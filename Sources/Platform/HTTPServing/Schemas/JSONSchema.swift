import FoundationEssentials
package import JSON

/// A type's JSON Schema for those outside the API's document, such as a model that is to call something: whole, without references.
package enum JSONSchema {
    package static func of(_ type: any APIType.Type) -> JSONValue {
        let registry = SchemaRegistry()
        return whole(registry.schema(of: type), registry, depth: 0)
    }

    /// A value of the type, checked as a request's body is: throws `HTTPFailure` with each field that is wrong.
    package static func decode<Value: APIType>(_ type: Value.Type, from value: JSONValue) throws -> Value {
        try JSONCoding.decode(type, from: Array(value.text.utf8), rules: Value.constraints)
    }

    /// Any value as it would go over the wire.
    package static func value(of value: some Encodable) throws -> JSONValue {
        try JSONCoding.decoder.decode(JSONValue.self, from: Data(JSONCoding.bytes(value)))
    }

    /// A schema that refers to itself ends after some levels as one that takes anything.
    private static func whole(_ schema: JSONValue, _ registry: SchemaRegistry, depth: Int) -> JSONValue {
        guard depth < 12 else { return [:] }
        let schema = registry.resolve(schema)
        switch schema {
        case .object(let fields):
            return .object(fields.map { .init(name: $0.name, value: whole($0.value, registry, depth: depth + 1)) })
        case .array(let items): return .array(items.map { whole($0, registry, depth: depth + 1) })
        default: return schema
        }
    }
}
