/// Something that is not as it always is: what a person whose account it concerns, and whoever looks after the installation, should know.
package enum Anomaly: String, Sendable, Hashable, CaseIterable {
    /// Somebody tries many passwords at one account.
    case signInFailures = "anomaly.sign_in_failures"
    /// A refresh token that was spent came again: somebody has a copy.
    case tokenReused = "anomaly.token_reused"
    /// Far more documents were opened within minutes than anybody reads.
    case massDownload = "anomaly.mass_download"
}
