import JSON

/// One field of an object as a type reads it.
struct SchemaProperty: Sendable {
    let name: String
    var schema: JSONValue
    let isRequired: Bool
}

/// What one type asked its decoder for.
final class SchemaRecording {
    enum Shape {
        case unknown
        case object
        case list(JSONValue?)
        case single(JSONValue)
    }

    var shape = Shape.unknown
    private(set) var properties: [SchemaProperty] = []

    func reset() {
        shape = .unknown
        properties = []
    }

    func add(_ property: SchemaProperty) {
        guard !properties.contains(where: { $0.name == property.name }) else { return }
        properties.append(property)
    }
}

/// A sample value could not be made; what was asked for until then is recorded.
struct SchemaRecordingStopped: Error {}
