/// The routes of one capability, with paths relative to where the App mounts them: `/documents/:id`.
package protocol RouteCollection: Sendable {
    var routes: [Route] { get }
}

extension Array: RouteCollection where Element == Route {
    package var routes: [Route] { self }
}
