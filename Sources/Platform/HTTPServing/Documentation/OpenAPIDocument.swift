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
        OperationLinks.add(to: &paths, registry)
        let told = events.map { event in
            (event.name, event.value(in: registry))
        }
        let sent = Set(Self.references(in: paths.flatMap(\.operations).compactMap { $0.1["requestBody"] }, registry))
        let schemas = registry.components.map { name, schema in
            (name, sent.contains(name) ? schema.whereAbsentIsNull : schema)
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
                    ("schemas", .fields(schemas.map { ($0.0, $0.1) })),
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

    /// The names of the components that values refer to, directly or through another.
    private static func references(in values: [JSONValue], _ registry: SchemaRegistry) -> [String] {
        var found: [String] = []
        var open = values
        while let value = open.popLast() {
            switch value {
            case .array(let items): open += items
            case .object(let fields):
                if case .string(let path)? = value["$ref"], let name = path.split(separator: "/").last.map(String.init),
                    !found.contains(name)
                {
                    found.append(name)
                    open.append(registry.resolve(value))
                }
                open += fields.map(\.value)
            default: break
            }
        }
        return found
    }

    /// `/documents/:id` is `/documents/{id}`.
    static func template(_ pattern: String) -> String {
        pattern.split(separator: "/", omittingEmptySubsequences: false).map { segment in
            segment.first == ":" || segment.first == "*" ? "{\(segment.dropFirst())}" : String(segment)
        }.joined(separator: "/")
    }
}
