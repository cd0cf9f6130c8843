/// One thing that the server needs, asked whether it works.
package struct ReadinessCheck: Sendable {
    /// `database`, `embeddings`.
    package let name: String
    package let timeout: Duration
    /// How long an answer is good for. Anybody may ask, so a check that costs something is not made for each who does.
    package let validity: Duration
    /// Whether the server is not ready without it.
    package let isEssential: Bool
    /// Throws if it does not work; may say how it does.
    package let check: @Sendable () async throws -> String?

    package init(
        _ name: String, timeout: Duration = .seconds(2), validity: Duration = .zero,
        _ check: @escaping @Sendable () async throws -> Void
    ) {
        self.init(
            name, timeout: timeout, validity: validity, isEssential: true,
            saying: {
                try await check(); return nil
            })
    }

    /// One without which the server does the rest of its work: it may be down while the server is ready, and says how it stands.
    package static func aside(
        _ name: String, timeout: Duration = .seconds(2), validity: Duration = .zero,
        saying check: @escaping @Sendable () async throws -> String
    ) -> ReadinessCheck {
        ReadinessCheck(name, timeout: timeout, validity: validity, isEssential: false, saying: check)
    }

    private init(
        _ name: String, timeout: Duration, validity: Duration, isEssential: Bool,
        saying check: @escaping @Sendable () async throws -> String?
    ) {
        self.name = name
        self.timeout = timeout
        self.validity = validity
        self.isEssential = isEssential
        self.check = check
    }
}
