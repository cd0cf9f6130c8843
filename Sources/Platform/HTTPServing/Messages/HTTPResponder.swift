/// Whatever answers requests: the router with its middleware, or a closure in a test. Errors are turned into responses inside.
package protocol HTTPResponder: Sendable {
    func respond(to request: HTTPRequest) async -> HTTPResponse
}
