package import Failures
package import HTTPMessages

/// One operation of the API, declared once: how it is reached, who may call it, what goes in and out, and what it does.
///
/// Made by `Route.get`, `.post`, `.put`, `.patch`, `.delete` (typed) and `.raw` (streams, files, forms).
package struct Route: Sendable {
    package let method: HTTPMethod
    /// Segments; `:name` takes one segment, `*name` at the end takes the rest: `/documents/:id/pages/:page`.
    package let path: String
    package let details: Details
    package let handler: @Sendable (Call) async throws -> HTTPResponse

    /// What the document and the checks before the handler need to know.
    package struct Details: Sendable {
        package var summary: String
        package var description: String?
        package var tag: String
        package var access: Access
        package var limit: RateLimitClass
        package var status: Int
        package var failures: [FailureCode]
        /// The most bytes that a body may have.
        package var bodyLimit: Int
        package var body: (any APIType.Type)?
        package var query: (any APIType.Type)?
        package var returns: (any APIType.Type)?
        /// Another good answer than `status` with `returns`.
        package var alternative: (status: Int, returns: any APIType.Type)?
        /// Media type of the body where `body` does not say it.
        package var consumes: String?
        /// Media types of the answer where `returns` does not say it.
        package var produces: [String]
        package var form: [FormField]
        package var parameters: [String: String]
        package var operationID: String?
        /// Left out of the document.
        package var isHidden: Bool
        /// Answers 101 and another protocol: the page's origin is checked, and a token may come as a subprotocol.
        package var upgrades = false
        /// Whether no token will do, only somebody's own sign-in.
        package var needsSignIn = false
        /// Whether a token that reads will do, though the method is not GET.
        package var onlyReads = false
    }

    package init(
        _ method: HTTPMethod, _ path: String, _ details: Details, handler: @escaping @Sendable (Call) async throws -> HTTPResponse
    ) {
        precondition(path.hasPrefix("/"), "a route's path begins with /: \(path)")
        self.method = method
        self.path = path
        self.details = details
        self.handler = handler
    }

    /// The same route with something of its declaration changed.
    package func with(_ change: (inout Details) -> Void) -> Route {
        var details = details
        change(&details)
        return Route(method, path, details, handler: handler)
    }

    /// A longer text for the document.
    package func described(_ text: String) -> Route { with { $0.description = text } }

    /// What a path parameter means, for the document.
    package func parameter(_ name: String, _ text: String) -> Route { with { $0.parameters[name] = text } }

    package func operationID(_ id: String) -> Route { with { $0.operationID = id } }

    /// Another good answer besides the one that the route is declared with, for the document.
    package func also(_ status: Int, _ returns: any APIType.Type) -> Route { with { $0.alternative = (status, returns) } }

    package func hidden() -> Route { with { $0.isHidden = true } }

    /// 1 MiB: enough for any JSON that a person writes.
    package static let jsonLimit = 1 << 20
}
