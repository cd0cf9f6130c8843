import HTTPMessages

/// A route as the router holds it: mounted, with the names of its parameters and its own counters.
final class RouteEntry: Sendable {
    let route: Route
    /// The path under the mount's first prefix; what metrics call the route.
    let pattern: String
    /// `GET /api/v1/documents/:id`
    let name: String
    let parameterNames: [String]
    let meter: RouteMeter
    /// What a token must be allowed; nil where none will do.
    let scope: TokenScope?

    init(_ route: Route, pattern: String, meter: RouteMeter) {
        self.route = route
        self.pattern = pattern
        self.meter = meter
        scope = route.scope
        name = "\(route.method.rawValue) \(pattern)"
        parameterNames = pattern.split(separator: "/").compactMap { segment in
            segment.first == ":" || segment.first == "*" ? String(segment.dropFirst()) : nil
        }
    }
}
