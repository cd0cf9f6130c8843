import Failures
import HTTPMessages
import JSON

/// One route as an OpenAPI operation.
struct OperationDocument {
    let value: JSONValue

    init(_ route: Route, pattern: String, registry: SchemaRegistry, errorSchema: JSONValue) {
        let details = route.details
        let parameters = Self.pathParameters(route, pattern) + Self.queryParameters(details, registry)
        value = .fields([
            ("operationId", .string(details.operationID ?? Self.operationID(route))),
            ("summary", .string(details.summary)),
            ("description", details.description.map { .string($0) }),
            ("tags", [.string(details.tag)]),
            ("security", details.access == .anyone ? .array([]) : [["bearer": []]]),
            ("x-role", details.access.role.map { .string($0.name) }),
            ("x-services", details.access.services.map { .array($0.sorted().map { .string($0) }) }),
            ("parameters", parameters.isEmpty ? nil : .array(parameters)),
            ("requestBody", Self.requestBody(details, registry)),
            ("responses", Self.responses(route, parameters: parameters, registry, errorSchema)),
        ])
    }

    /// `GET /documents/:id/pages` is `getDocumentsByIdPages`.
    static func operationID(_ route: Route) -> String {
        route.path.split(separator: "/").reduce(into: route.method.rawValue.lowercased()) { id, segment in
            let words = segment.split { !$0.isLetter && !$0.isNumber }
            if segment.first == ":" || segment.first == "*" { id += "By" }
            for word in words { id += word.prefix(1).uppercased() + word.dropFirst() }
        }
    }

    private static func pathParameters(_ route: Route, _ pattern: String) -> [JSONValue] {
        pattern.split(separator: "/").filter { $0.first == ":" || $0.first == "*" }.map { segment in
            let name = String(segment.dropFirst())
            return .fields([
                ("name", .string(name)), ("in", "path"), ("required", true),
                ("description", route.details.parameters[name].map { .string($0) }), ("schema", ["type": "string"]),
            ])
        }
    }

    private static func queryParameters(_ details: Route.Details, _ registry: SchemaRegistry) -> [JSONValue] {
        guard let query = details.query else { return [] }
        return registry.properties(of: query).map { property in
            var schema = property.schema
            var description: JSONValue?
            if case .object(let fields) = schema, let text = schema["description"] {
                description = text
                schema = .object(fields.filter { $0.name != "description" })
            }
            return .fields([
                ("name", .string(property.name)), ("in", "query"), ("required", .bool(property.isRequired)),
                ("description", description), ("schema", schema),
            ])
        }
    }

    private static func requestBody(_ details: Route.Details, _ registry: SchemaRegistry) -> JSONValue? {
        if let body = details.body {
            return ["required": true, "content": ["application/json": ["schema": registry.schema(of: body)]]]
        }
        if !details.form.isEmpty {
            let properties = details.form.map { field -> (String, JSONValue?) in
                var schema: JSONValue = ["type": "string"]
                if field.form == .file { schema = schema.adding("contentMediaType", "application/octet-stream") }
                // What is in a form the feature reads by itself.
                return (field.name, schema.adding("description", .string(field.description)).adding("x-checked", true))
            }
            let required = details.form.filter(\.isRequired).map { JSONValue.string($0.name) }
            let schema = JSONValue.fields([
                ("type", "object"), ("properties", .fields(properties)), ("required", required.isEmpty ? nil : .array(required)),
            ])
            return ["required": true, "content": .fields([(details.consumes ?? "multipart/form-data", ["schema": schema])])]
        }
        return details.consumes.map { type in ["required": true, "content": .fields([(type, JSONValue.object([]))])] }
    }

    private static func responses(
        _ route: Route, parameters: [JSONValue], _ registry: SchemaRegistry, _ errorSchema: JSONValue
    ) -> JSONValue {
        let details = route.details
        var content: [(String, JSONValue?)] = []
        if let returns = details.returns { content.append(("application/json", ["schema": registry.schema(of: returns)])) }
        for type in details.produces where !content.contains(where: { $0.0 == type }) {
            // Of a stream of events the document tells what each is (`x-events`, or the route's own words); together they are no text.
            let schema: JSONValue =
                type.hasPrefix("text/") && type != "text/event-stream" ? ["schema": ["type": "string"]] : [:]
            content.append((type, schema))
        }
        let good = JSONValue.fields([
            ("description", .string(phrase(details.status))), ("content", content.isEmpty ? nil : .fields(content)),
        ])
        var responses: [(String, JSONValue?)] = [("\(details.status)", good)]
        if let (status, type) = details.alternative {
            let content: JSONValue = ["application/json": ["schema": registry.schema(of: type)]]
            responses.append(("\(status)", ["description": .string(phrase(status)), "content": content]))
        }
        for (status, codes) in failures(details, hasParameters: !parameters.isEmpty) {
            let names = codes.map(\.rawValue).joined(separator: ", ")
            responses.append(
                ("\(status)", ["description": .string(names), "content": ["application/json": ["schema": errorSchema]]]))
        }
        return .fields(responses)
    }

    /// What the declaration names, and what the router itself may answer, by status.
    private static func failures(_ details: Route.Details, hasParameters: Bool) -> [(Int, [FailureCode])] {
        var codes = details.failures
        if details.body != nil { codes += [.badRequest, .validationFailed, .unsupportedMediaType, .payloadTooLarge] }
        if !details.form.isEmpty { codes += [.badRequest, .unsupportedMediaType, .payloadTooLarge] }
        if details.query != nil { codes += [.validationFailed] }
        if hasParameters, details.query == nil { codes += [.notFound] }
        if details.access != .anyone { codes += [.unauthenticated] }
        if details.access.role != nil || details.access.services != nil { codes += [.forbidden] }
        if details.limit != .unlimited { codes += [.rateLimited] }
        let unique = codes.reduce(into: [FailureCode]()) { if !$0.contains($1) { $0.append($1) } }
        return Dictionary(grouping: unique, by: \.status).sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
    }

    private static func phrase(_ status: Int) -> String {
        switch status {
        case 200: "OK"
        case 201: "Created"
        case 202: "Accepted"
        case 204: "Done; no content"
        default: "Answered"
        }
    }
}
