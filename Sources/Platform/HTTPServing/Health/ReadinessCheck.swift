/// One thing that the server needs, asked whether it works.
package struct ReadinessCheck: Sendable {
    /// `database`, `embeddings`.
    package let name: String
    package let timeout: Duration
    /// Throws if it does not work.
    package let check: @Sendable () async throws -> Void

    package init(_ name: String, timeout: Duration = .seconds(2), _ check: @escaping @Sendable () async throws -> Void) {
        self.name = name
        self.timeout = timeout
        self.check = check
    }
}
