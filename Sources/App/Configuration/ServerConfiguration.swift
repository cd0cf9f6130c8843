package import HTTPServing
package import Settings

/// Where and how the HTTP server listens.
package struct ServerConfiguration: Sendable {
    package static let hostSetting = Setting.text(
        "LM_HOST", default: "127.0.0.1", purpose: "The address to listen on; 0.0.0.0 for all.")
    package static let portSetting = Setting.integer(
        "LM_PORT", default: 8080, in: 0...65535, purpose: "The port; 0 takes a free one.")
    package static let rateLimitsSetting = Setting.flag(
        "LM_RATE_LIMITS", default: true, purpose: "Whether requests are limited per user and address.")
    package static let accountRateSetting = Setting.integer(
        "LM_RATE_LIMIT_LOGIN", default: 5, in: 1...100_000,
        purpose: "How many sign-ins to one account may fail a minute from one address.")
    package static let apiRateSetting = Setting.integer(
        "LM_RATE_LIMIT_API", default: 100, in: 1...1_000_000, purpose: "How many calls of the API a person may make a minute.")
    package static let voiceRateSetting = Setting.integer(
        "LM_RATE_LIMIT_VOICE", default: 10, in: 1...100_000,
        purpose: "How many texts a person may have read aloud a minute.")
    package static let proxiesSetting = Setting.list(
        "LM_TRUSTED_PROXIES", of: "addresses of machines or of networks (10.0.0.0/8), or loopback",
        purpose: "Proxies, separated by commas, whose X-Forwarded-For and -Proto are believed: addresses, networks such as "
            + "10.0.0.0/8, or loopback for this machine."
    ) { $0 == TrustedProxies.loopback || AddressBlock($0) != nil }
    package static let corsSetting = Setting.list(
        "LM_CORS_ORIGINS", of: "origins like https://study.example, without a path",
        purpose: "Origins, separated by commas, whose pages may call the API."
    ) { isWebAddress($0) && $0.split(separator: "/", omittingEmptySubsequences: false).count == 3 }
    package static let webSetting = Setting.optionalText("LM_WEB_DIR", purpose: "The web app's folder, if not beside the program.")
    package static let metricsSetting = Setting<String?>(
        "LM_METRICS_TOKEN", default: nil, form: "16 signs or more, without spaces",
        purpose: "What Prometheus shows as a bearer token; without it /metrics answers this machine and private networks alone.",
        isSecret: true
    ) { $0.utf8.count >= 16 && $0.utf8.allSatisfy { (33...126).contains($0) } ? .some($0) : nil }

    static let settings: [any AnySetting] = [
        hostSetting, portSetting, rateLimitsSetting, accountRateSetting, apiRateSetting, voiceRateSetting, proxiesSetting,
        corsSetting, webSetting, metricsSetting,
    ]

    package var host: String
    package var port: Int
    /// nil: none.
    package var rateLimits: RateLimits?
    package var trustedProxies: [String]
    package var corsOrigins: [String]
    package var webDirectory: String?
    package var metricsToken: String?

    package init(from source: SettingsSource) throws(SettingsFailure) {
        host = try source.value(Self.hostSetting)
        port = try source.value(Self.portSetting)
        var limits = RateLimits.standard
        limits.allowances[.account] = .init(perMinute: try source.value(Self.accountRateSetting), countsFailures: true)
        limits.allowances[.api] = .init(perMinute: try source.value(Self.apiRateSetting))
        limits.allowances[.voice] = .init(perMinute: try source.value(Self.voiceRateSetting))
        rateLimits = try source.value(Self.rateLimitsSetting) ? limits : nil
        trustedProxies = try source.value(Self.proxiesSetting)
        corsOrigins = try source.value(Self.corsSetting)
        webDirectory = try source.value(Self.webSetting)
        metricsToken = try source.value(Self.metricsSetting)
    }
}
