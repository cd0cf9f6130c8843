import JSON

extension JSONValue {
    /// This value changed by a patch as RFC 7396 says: an object's fields are merged, null removes, everything else replaces.
    func merged(with patch: JSONValue) -> JSONValue {
        guard case .object(let changes) = patch else { return patch }
        var fields: [String: JSONValue] = [:]
        if case .object(let own) = self { for field in own { fields[field.name] = field.value } }
        for change in changes {
            fields[change.name] = change.value == .null ? nil : (fields[change.name] ?? .null).merged(with: change.value)
        }
        return .object(fields.sorted { $0.key < $1.key }.map { Field(name: $0.key, value: $0.value) })
    }

    /// How many objects and lists lie in each other.
    var depth: Int {
        switch self {
        case .array(let items): 1 + (items.map(\.depth).max() ?? 0)
        case .object(let fields): 1 + (fields.map(\.value.depth).max() ?? 0)
        default: 0
        }
    }
}
