import Ambient
import FoundationEssentials
import JSON

/// Makes JSON Schemas of `Codable` types by letting each type decode itself from a recorder, which hands out sample values and notes
/// what is asked for. So a schema shows exactly the keys that the type reads.
final class SchemaRegistry {
    /// Named schemas, in the order in which they were met.
    private(set) var components: [(name: String, schema: JSONValue)] = []
    /// Types of which no sample value could be made: their schemas are as far as they were read.
    private(set) var problems: [String] = []
    private var names: [ObjectIdentifier: String] = [:]
    private var samples: [ObjectIdentifier: Any] = [:]

    /// The schema of a type: a reference if it is an object.
    func schema(of type: any Decodable.Type) -> JSONValue { describe(type).schema }

    /// The fields of a flat type, as parameters of a query.
    func properties(of type: any APIType.Type) -> [SchemaProperty] {
        let recording = SchemaRecording()
        let sample = self.sample(type, into: recording)
        return finished(recording.properties, of: type, sample: sample)
    }

    /// Follows a reference.
    func resolve(_ schema: JSONValue) -> JSONValue {
        guard case .string(let path)? = schema["$ref"], let name = path.split(separator: "/").last else { return schema }
        return components.first { $0.name == name }?.schema ?? schema
    }

    func describe(_ type: any Decodable.Type) -> (schema: JSONValue, sample: Any?) {
        func open<Value: Decodable>(_ type: Value.Type) -> (schema: JSONValue, sample: Any?) { describe(concrete: type) }
        return open(type)
    }

    private func describe<Value: Decodable>(concrete type: Value.Type) -> (schema: JSONValue, sample: Any?) {
        if let known = SchemaScalar.describe(type) { return known }
        if let optional = type as? any OptionalShape.Type {
            return (optional.wrappedType.map { describe($0).schema } ?? [:], optional.absent)
        }
        if let list = type as? any ListShape.Type {
            return (["type": "array", "items": list.elementType.map { describe($0).schema } ?? [:]], list.empty)
        }
        if let map = type as? any MapShape.Type {
            return (["type": "object", "additionalProperties": map.valueType.map { describe($0).schema } ?? [:]], map.empty)
        }
        if let cases = SchemaScalar.cases(type) { return cases }
        let key = ObjectIdentifier(type)
        if let name = names[key] { return (reference(name), samples[key]) }
        let name = reserveName(for: type)
        let recording = SchemaRecording()
        let sample = self.sample(type, into: recording)
        if sample == nil { problems.append("\(type)") }
        samples[key] = sample
        switch recording.shape {
        case .object:
            components.append((name, object(finished(recording.properties, of: type, sample: sample))))
            return (reference(name), sample)
        case .list(let items):
            names[key] = nil
            return (["type": "array", "items": items ?? [:]], sample)
        case .single(let schema):
            names[key] = nil
            return (schema, sample)
        case .unknown:
            names[key] = nil
            return ([:], sample)
        }
    }

    /// Tries a few texts, since a type may refuse those that are not its form.
    private func sample<Value: Decodable>(_ type: Value.Type, into recording: SchemaRecording) -> Value? {
        for text in SchemaScalar.sampleTexts {
            recording.reset()
            let decoder = SchemaDecoder(registry: self, recording: recording, text: text)
            guard let value = try? Value(from: decoder) else { continue }
            if case .single(.object(let fields)) = recording.shape, text == SchemaScalar.sampleUUID,
                Value.self is any LosslessStringConvertible.Type
            {
                recording.shape = .single(.object(fields + [.init(name: "format", value: "uuid")]))
            }
            return value
        }
        return nil
    }

    /// Adds rules, descriptions and default values.
    private func finished(_ properties: [SchemaProperty], of type: any Decodable.Type, sample: Any?) -> [SchemaProperty] {
        let notes = (type as? any APIType.Type)?.notes ?? []
        let defaults = (sample as? any Encodable).flatMap {
            try? JSONCoding.decoder.decode(JSONValue.self, from: JSONCoding.encoder.encode($0))
        }
        return properties.map { property in
            var property = property
            for note in notes where note.field == property.name { property.schema = note.note.added(to: property.schema) }
            if !property.isRequired, let value = Self.value(of: property.name, in: defaults) {
                property.schema = property.schema.adding("default", value)
            }
            // The sample lacks what may be absent. A type that writes it all the same writes null.
            if !property.isRequired, defaults?[property.name] == .null { property.schema = property.schema.orNull }
            return property
        }
    }

    /// A field's plain value; of a type that reads another's fields beside its own, also from within.
    private static func value(of name: String, in object: JSONValue?) -> JSONValue? {
        guard case .object(let fields)? = object else { return nil }
        if let value = object?[name], value.isScalar { return value }
        return fields.lazy.compactMap { $0.value[name] }.first { $0.isScalar }
    }

    private func object(_ properties: [SchemaProperty]) -> JSONValue {
        let required = properties.filter(\.isRequired).map { JSONValue.string($0.name) }
        return .fields([
            ("type", "object"), ("properties", .object(properties.map { .init(name: $0.name, value: $0.schema) })),
            ("required", required.isEmpty ? nil : .array(required)),
        ])
    }

    private func reference(_ name: String) -> JSONValue { ["$ref": .string("#/components/schemas/\(name)")] }

    private func reserveName(for type: any Decodable.Type) -> String {
        let plain = (type as? any APIType.Type)?.schemaName ?? "\(type)".split { !$0.isLetter && !$0.isNumber }.reversed().joined()
        var name = plain
        var number = 1
        while names.values.contains(name) {
            number += 1
            name = "\(plain)\(number)"
        }
        names[ObjectIdentifier(type)] = name
        return name
    }
}
