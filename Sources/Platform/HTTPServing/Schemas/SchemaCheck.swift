import JSON

/// Holds a JSON value that did not decode against its type's schema, to tell everything that is wrong with it, not only the first.
struct SchemaCheck {
    private let registry = SchemaRegistry()

    func violations(of value: JSONValue, as type: any APIType.Type) -> Violations {
        var found = Violations()
        check(value, registry.schema(of: type), "", depth: 0, &found)
        return found
    }

    private func check(_ value: JSONValue, _ schema: JSONValue, _ path: String, depth: Int, _ found: inout Violations) {
        let schema = registry.resolve(schema)
        guard depth < 32, let type = schema.schemaType, !(value == .null && schema.allowsNull) else { return }
        let name = path.isEmpty ? "body" : path
        if value == .null { return found.add(name, "must be \(Self.words(type)), not null") }
        switch (type, value) {
        case ("object", .object(let fields)):
            if case .array(let required)? = schema["required"] {
                for case .string(let key) in required where !fields.contains(where: { $0.name == key }) {
                    found.add(path.isEmpty ? key : "\(path).\(key)", "is missing")
                }
            }
            for field in fields {
                let inner = schema["properties"]?[field.name] ?? schema["additionalProperties"]
                guard let inner, !(field.value == .null && !isRequired(field.name, schema)) else { continue }
                check(field.value, inner, path.isEmpty ? field.name : "\(path).\(field.name)", depth: depth + 1, &found)
            }
        case ("array", .array(let items)):
            guard let inner = schema["items"] else { return }
            for (index, item) in items.enumerated() { check(item, inner, "\(path)[\(index)]", depth: depth + 1, &found) }
        case ("string", .string(let text)):
            if case .array(let allowed)? = schema["enum"], !allowed.contains(value) {
                let names = allowed.compactMap { if case .string(let name) = $0 { name } else { nil } }
                found.add(name, "must be one of \(names.joined(separator: ", "))")
            } else if case .string(let form)? = schema["format"], let format = TextFormat(rawValue: form), !format.accepts(text) {
                found.add(name, "must be \(format.words)")
            }
        case ("boolean", .bool), ("integer", .integer), ("number", .integer), ("number", .number): return
        case ("integer", .number(let number)) where Int(exactly: number) != nil: return
        default: found.add(name, "must be \(Self.words(type))")
        }
    }

    private func isRequired(_ name: String, _ schema: JSONValue) -> Bool {
        guard case .array(let required)? = schema["required"] else { return false }
        return required.contains(.string(name))
    }

    private static func words(_ type: String) -> String {
        switch type {
        case "string": "a text"
        case "boolean": "true or false"
        case "integer": "a whole number"
        case "number": "a number"
        case "array": "a list"
        default: "an object"
        }
    }
}
