import JSON

/// A kind of event as the API's document describes it.
package struct EventDocument: Sendable {
    /// `document.processed`
    package let name: String
    package let summary: String
    /// What the envelope's `payload` is.
    package let payload: any APIType.Type
    /// Whether those who come later get it too.
    package let isStored: Bool

    package init(name: String, summary: String, payload: any APIType.Type, isStored: Bool) {
        self.name = name
        self.summary = summary
        self.payload = payload
        self.isStored = isStored
    }

    func value(in registry: SchemaRegistry) -> JSONValue {
        .fields([
            ("summary", .string(summary)), ("stored", .bool(isStored)), ("payload", registry.schema(of: payload)),
        ])
    }
}
