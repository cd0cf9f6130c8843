import Glibc

/// How a client behaves.
package struct HTTPClientConfiguration: Sendable {
    /// What is asked through it, as metrics and `/ready` call it: `model`. Of a closed set, never an address.
    package var purpose: String = "other"
    package var policy: DestinationPolicy
    package var timeouts: ClientTimeouts
    package var retry: RetryPolicy
    package var breaker: CircuitBreaker.Rule
    /// How many bytes a response may have.
    package var responseLimit: Int
    /// How many redirects are followed; each hop is checked like the first. Credentials do not go to another origin.
    package var redirects: Int
    /// Takes `http_proxy`, `https_proxy` and `no_proxy` into account. Never with `.publicInternet`: a proxy resolves names itself.
    package var usesProxyOfEnvironment: Bool
    package var userAgent: String
    /// Connections to one host at most.
    package var connectionsPerHost: Int
    /// The clock, waiting and chance, for tests to replace.
    package var now: @Sendable () -> ContinuousClock.Instant = { ContinuousClock.now }
    package var sleep: @Sendable (Duration) async throws -> Void = { try await Task.sleep(for: $0) }
    package var random: @Sendable () -> Double = { Double.random(in: 0..<1) }
    package var unixTime: @Sendable () -> Double = { Double(Glibc.time(nil)) }

    package init(
        policy: DestinationPolicy = .operatorConfigured, timeouts: ClientTimeouts = .init(), retry: RetryPolicy = .init(),
        breaker: CircuitBreaker.Rule = .init(), responseLimit: Int = 64 << 20, redirects: Int = 0,
        usesProxyOfEnvironment: Bool = true, userAgent: String = "LittleMonster/1", connectionsPerHost: Int = 32,
        purpose: String = "other"
    ) {
        self.purpose = purpose
        self.policy = policy
        self.timeouts = timeouts
        self.retry = retry
        self.breaker = breaker
        self.responseLimit = responseLimit
        self.redirects = redirects
        self.usesProxyOfEnvironment = usesProxyOfEnvironment
        self.userAgent = userAgent
        self.connectionsPerHost = connectionsPerHost
    }
}
