extension Duration {
    var seconds: Double {
        let (seconds, attoseconds) = components
        return Double(seconds) + Double(attoseconds) * 1e-18
    }

    /// Rounded up, at least 1: a `Retry-After` value.
    package var wholeSeconds: Int { max(1, Int(seconds.rounded(.up))) }

    /// With two decimals.
    var millisecondsText: String { "\((seconds * 100_000).rounded() / 100)" }
}
