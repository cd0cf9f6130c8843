/// Where route collections are served: the first prefix is the one that the document and the metrics name, the others are aliases.
package struct RouteMount: Sendable {
    package let prefixes: [String]
    package let collections: [any RouteCollection]

    /// - Parameter prefixes: each empty, or begins with `/` and does not end with it.
    package init(_ prefixes: [String], _ collections: [any RouteCollection]) {
        precondition(!prefixes.isEmpty, "a mount has at least one prefix")
        self.prefixes = prefixes
        self.collections = collections
    }
}
