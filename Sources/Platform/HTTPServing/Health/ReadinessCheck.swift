/// One thing that the server needs, asked whether it works.
package struct ReadinessCheck: Sendable {
    /// `database`, `embeddings`.
    package let name: String
    package let timeout: Duration
    /// How long an answer is good for. Anybody may ask, so a check that costs something is not made for each who does.
    package let validity: Duration
    /// Throws if it does not work.
    package let check: @Sendable () async throws -> Void

    package init(
        _ name: String, timeout: Duration = .seconds(2), validity: Duration = .zero,
        _ check: @escaping @Sendable () async throws -> Void
    ) {
        self.name = name
        self.timeout = timeout
        self.validity = validity
        self.check = check
    }
}
