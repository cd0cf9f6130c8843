import JSON

extension SchemaNote {
    /// The schema with this rule in it. A reference keeps its target and gets the rule beside it.
    func added(to schema: JSONValue) -> JSONValue {
        switch self {
        case .length(let range):
            schema.adding("minLength", range.lowerBound > 0 ? .integer(range.lowerBound) : nil)
                .adding("maxLength", range.upperBound < .max ? .integer(range.upperBound) : nil)
        case .notBlank: schema.adding("minLength", schema["minLength"] ?? 1).adding("pattern", #"\S"#)
        case .range(let minimum, let maximum): schema.adding("minimum", .shortest(minimum)).adding("maximum", .shortest(maximum))
        case .count(let range):
            schema.adding("minItems", range.lowerBound > 0 ? .integer(range.lowerBound) : nil)
                .adding("maxItems", range.upperBound < .max ? .integer(range.upperBound) : nil)
        case .format(let format): schema.adding("format", .string(format.rawValue))
        case .choices(let values): schema.adding("enum", .array(values.map { .string($0) }))
        case .description(let text): schema.adding("description", .string(text))
        case .example(let text): schema.adding("examples", [.string(text)])
        case .checked: schema.adding("x-checked", true)
        case .writeOnly: schema.adding("writeOnly", true)
        case .inlined, .none: schema
        }
    }
}

extension JSONValue {
    /// The object with a field set; unchanged if there is no value.
    func adding(_ name: String, _ value: JSONValue?) -> JSONValue {
        guard let value, case .object(var fields) = self else { return self }
        if let index = fields.firstIndex(where: { $0.name == name }) {
            fields[index].value = value
        } else {
            fields.append(Field(name: name, value: value))
        }
        return .object(fields)
    }

    /// The schema of the same or null.
    var orNull: JSONValue {
        // Readers of a list of types tend to forget the form.
        guard case .string(let type)? = self["type"], self["format"] == nil else { return ["anyOf": [self, ["type": "null"]]] }
        let schema = adding("type", [.string(type), "null"])
        guard case .array(let choices)? = self["enum"] else { return schema }
        return schema.adding("enum", .array(choices + [.null]))
    }

    /// An object's schema with null allowed where a field may be absent: a request that says null says nothing.
    var whereAbsentIsNull: JSONValue {
        guard case .object(let properties)? = self["properties"] else { return self }
        var required: [JSONValue] = []
        if case .array(let names)? = self["required"] { required = names }
        return adding(
            "properties",
            .object(
                properties.map { property in
                    let isOpen = required.contains(.string(property.name)) || property.value.allowsNull || property.value == [:]
                    return .init(name: property.name, value: isOpen ? property.value : property.value.orNull)
                }))
    }

    /// What a schema names as its type, besides null.
    var schemaType: String? {
        switch self["type"] {
        case .string(let type): type
        case .array(let types): types.lazy.compactMap { if case .string(let type) = $0, type != "null" { type } else { nil } }.first
        default: nil
        }
    }

    /// Whether a schema allows null.
    var allowsNull: Bool { if case .array(let types)? = self["type"] { types.contains("null") } else { false } }

    /// A whole number as one.
    static func shortest(_ number: Double) -> JSONValue { Int(exactly: number).map { .integer($0) } ?? .number(number) }

    var isScalar: Bool {
        switch self {
        case .bool, .integer, .number, .string: true
        case .null, .array, .object: false
        }
    }
}
