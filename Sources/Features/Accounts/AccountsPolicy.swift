package import FoundationEssentials

/// What the installation decides about accounts.
package struct AccountsPolicy: Sendable {
    /// Who may register. The first always may.
    package var registration = RegistrationMode.open
    /// How long a refresh token is good for, in seconds; each use gives a new one.
    package var refreshLifetime: TimeInterval = 7 * 86_400
    /// How long a session can be renewed after its sign-in, in seconds.
    package var longestSession: TimeInterval = 90 * 86_400
    /// How long a spent refresh token still gives its successor, in seconds: two tabs may show the same one at once.
    package var reuseGrace: TimeInterval = 10
    /// How long the link to a new password is good for, in seconds.
    package var resetLifetime: TimeInterval = 3600
    /// For how long after one such link was mailed no other is, in seconds.
    package var resetPause: TimeInterval = 120
    /// Whether an account can be used only once its address is verified, where mail can be sent. Administrators' always can.
    package var demandsVerifiedEmail = false
    /// Whether repeated wrong passwords make an account wait. Off only for load tests.
    package var throttlesSignIn = true

    package init() {}
}
