/// Another service of the installation that calls, as its token says.
package struct ServiceCaller: Sendable, Hashable {
    package let name: String
    package let scopes: Set<TokenScope>

    package init(name: String, scopes: Set<TokenScope>) { (self.name, self.scopes) = (name, scopes) }

    /// Whether its token is for this. What has no scope is for people alone.
    func may(_ scope: TokenScope?) -> Bool { scope.map { needed in scopes.contains { $0.covers(needed) } } ?? false }
}
