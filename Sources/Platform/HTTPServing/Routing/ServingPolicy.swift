package import Ambient

/// What the installation decides about every request.
package struct ServingPolicy: Sendable {
    package var securityHeaders = SecurityHeaders()
    /// nil: no other origin may call.
    package var cors: CORSPolicy?
    /// nil: no limits, for load tests.
    package var rateLimits: RateLimits? = .standard
    /// Where calls are counted; nil for the memory of this process.
    package var rateLimitStore: (any RateLimitStore)?
    /// Bodies smaller than this are sent as they are; nil turns compression off.
    package var compressionMinimum: Int? = 1024
    /// Addresses whose `X-Forwarded-For` and `X-Forwarded-Proto` are believed.
    package var trustedProxies = TrustedProxies()
    /// Told when somebody is sent a file from its beginning: who, the route's pattern, the target. It must not take long.
    package var onFile: (@Sendable (UserID, _ route: String, _ target: String) -> Void)?
    /// Time since some fixed moment, for durations and rate limits.
    package var uptime: @Sendable () -> Duration = ServingPolicy.monotonic

    package init() {}

    private static let monotonic: @Sendable () -> Duration = {
        let start = ContinuousClock.now
        return { ContinuousClock.now - start }
    }()
}
