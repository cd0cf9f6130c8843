import Failures
import FoundationEssentials
import HTTPMessages

extension Call {
    /// The first value of a query parameter, decoded; nil if it is not there.
    package func query(_ name: String) throws(HTTPFailure) -> String? {
        try QueryItems(target: request.target)[name].first
    }

    /// The query string as a value, checked. Throws `validationFailed` with the fields at fault.
    package func query<Query: APIType>(as type: Query.Type, rules: [Constraint<Query>] = Query.constraints) throws -> Query {
        let items = try QueryItems(target: request.target)
        let value: Query
        do {
            value = try Query(from: QueryDecoder(items))
        } catch let error as DecodingError {
            var found = Violations()
            found.add(error)
            try found.raise()
            throw error
        }
        try value.violations(of: rules).raise()
        return value
    }

    /// The JSON body as a value, checked. Throws `unsupportedMediaType`, `badRequest` if it is no JSON, `payloadTooLarge`, or
    /// `validationFailed` with every field at fault.
    package func body<Body: APIType>(
        as type: Body.Type, limit: Int = Route.jsonLimit, rules: [Constraint<Body>] = Body.constraints
    ) async throws -> Body {
        if let type = request.headers["Content-Type"], !MediaType.isJSON(type) {
            throw HTTPFailure(
                .unsupportedMediaType, "The body must be application/json, not \(MediaType.essence(type)).",
                details: ["Content-Type": "must be application/json"])
        }
        let bytes = try await request.body.collect(upTo: limit)
        guard !bytes.isEmpty else { throw HTTPFailure(.badRequest, "The request has no body; it must be a JSON object.") }
        return try JSONCoding.decode(type, from: bytes, rules: rules)
    }
}
