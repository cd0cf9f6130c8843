extension Violations {
    /// Puts a decoding error in plain words at the path of its field.
    mutating func add(_ error: DecodingError) {
        switch error {
        case .keyNotFound(let key, let context):
            add(Self.path(context.codingPath + [key]), "is missing")
        case .valueNotFound(let type, let context):
            add(Self.path(context.codingPath), "must be \(Self.words(for: type)), not null")
        case .typeMismatch(let type, let context):
            add(Self.path(context.codingPath), "must be \(Self.words(for: type))")
        case .dataCorrupted(let context):
            let reason =
                switch context.debugDescription {
                case "not a UUID": "must be a UUID"
                case "not an RFC 3339 time": "must be a time like 2026-11-21T09:30:00Z"
                default: "has a value that is not allowed"
                }
            add(Self.path(context.codingPath), reason)
        @unknown default:
            add("body", "cannot be read")
        }
    }

    /// `items[2].name`; the value itself is `body`.
    static func path(_ keys: [any CodingKey]) -> String {
        var path = ""
        for key in keys {
            if let index = key.intValue {
                path += "[\(index)]"
            } else {
                path += path.isEmpty ? key.stringValue : ".\(key.stringValue)"
            }
        }
        return path.isEmpty ? "body" : path
    }

    private static func words(for type: Any.Type) -> String {
        switch type {
        case is String.Type: "a text"
        case is Bool.Type: "true or false"
        case is any BinaryInteger.Type: "a whole number"
        case is any BinaryFloatingPoint.Type: "a number"
        case is any ListShape.Type: "a list"
        default: "an object"
        }
    }
}
