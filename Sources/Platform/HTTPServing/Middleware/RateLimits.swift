/// How often one caller may call the routes of each class.
package struct RateLimits: Sendable {
    package struct Allowance: Sendable, Hashable {
        /// Refilled evenly.
        package var perMinute: Int
        /// Calls at once after a pause.
        package var burst: Int
        /// Only calls that fail count, and those still being answered.
        package var countsFailures: Bool

        package init(perMinute: Int, burst: Int? = nil, countsFailures: Bool = false) {
            precondition(perMinute > 0, "an allowance lets something through")
            self.perMinute = perMinute
            self.burst = burst ?? perMinute
            self.countsFailures = countsFailures
        }

        var perSecond: Double { Double(perMinute) / 60 }

        /// In how many seconds as many calls are refilled as may come at once.
        var window: Int { max(1, Int((Double(burst) / perSecond).rounded())) }
    }

    package var allowances: [RateLimitClass: Allowance]

    package init(_ allowances: [RateLimitClass: Allowance]) { self.allowances = allowances }

    package static let standard = RateLimits([
        .account: Allowance(perMinute: 5, countsFailures: true), .signIn: Allowance(perMinute: 120, burst: 300),
        // A seminar behind one router signs in at once, and half of it mistypes.
        .login: Allowance(perMinute: 20, burst: 60, countsFailures: true), .registration: Allowance(perMinute: 60, burst: 120),
        .session: Allowance(perMinute: 600), .api: Allowance(perMinute: 100), .voice: Allowance(perMinute: 10),
        .calendar: Allowance(perMinute: 20, burst: 60, countsFailures: true), .upload: Allowance(perMinute: 60, burst: 200),
        .files: Allowance(perMinute: 1200),
    ])
}
