import Failures
import HTTPMessages
import JSON

/// The API described by the declarations that serve it: OpenAPI 3.1.
package struct OpenAPIDocument: Sendable {
    /// The document as JSON text.
    package let json: String
    /// Types whose shape could not be read to the end; a test holds this to be empty.
    package let problems: [String]
    /// For the page that shows it.
    let value: JSONValue

    /// - Parameter mounts: what is described, each under the first of its prefixes. The document is to be served beside them, at the
    ///   root: its server is where it lies itself.
    /// - Parameter events: what event streams carry; they stand under `x-events`, since OpenAPI has no place for them.
    package init(
        title: String, version: String, description: String = "", mounts: [RouteMount], events: [EventDocument] = []
    ) {
        let registry = SchemaRegistry()
        let errorSchema = registry.schema(of: ErrorAnswer.self)
        var paths: [(path: String, operations: [(String, JSONValue)])] = []
        var tags: [String] = []
        for mount in mounts {
            for route in mount.collections.flatMap(\.routes) where !route.details.isHidden {
                let pattern = RouteTable.join(mount.prefixes[0], route.path)
                let path = Self.template(pattern)
                let operation = OperationDocument(route, pattern: pattern, registry: registry, errorSchema: errorSchema).value
                if let index = paths.firstIndex(where: { $0.path == path }) {
                    paths[index].operations.append((route.method.rawValue.lowercased(), operation))
                } else {
                    paths.append((path, [(route.method.rawValue.lowercased(), operation)]))
                }
                if !tags.contains(route.details.tag) { tags.append(route.details.tag) }
            }
        }
        let told = events.map { event in
            (event.name, event.value(in: registry))
        }
        value = .fields([
            ("openapi", "3.1.0"),
            (
                "info",
                .fields([
                    ("title", .string(title)), ("version", .string(version)),
                    ("description", description.isEmpty ? nil : .string(description)),
                    ("license", ["name": "Apache-2.0", "identifier": "Apache-2.0"]),
                ])
            ),
            // Relative to the document's own address, so that it holds under a path behind a proxy too.
            ("servers", [["url": "."]]),
            ("tags", .array(tags.map { ["name": .string($0)] })),
            ("paths", .fields(paths.map { ($0.path, .fields($0.operations.map { ($0.0, $0.1) })) })),
            ("x-events", told.isEmpty ? nil : .fields(told.map { ($0.0, $0.1) })),
            (
                "components",
                .fields([
                    ("schemas", .fields(registry.components.map { ($0.name, $0.schema) })),
                    (
                        "securitySchemes",
                        ["bearer": ["type": "http", "scheme": "bearer", "description": "The access token of a sign-in."]]
                    ),
                ])
            ),
        ])
        json = value.text + "\n"
        problems = registry.problems
    }

    /// `/documents/:id` is `/documents/{id}`.
    static func template(_ pattern: String) -> String {
        pattern.split(separator: "/", omittingEmptySubsequences: false).map { segment in
            segment.first == ":" || segment.first == "*" ? "{\(segment.dropFirst())}" : String(segment)
        }.joined(separator: "/")
    }
}
