import Cryptography

/// The secrets of a launch: what ties it to the browser that began it, its state, and the nonce that follows from the state.
///
/// The platform's answer comes from another site, so no cookie comes with it, and the nonce must be known without one: it follows from the
/// state, of which the database has a digest alone. The cookie is asked for at the next step, by the app's own page.
enum LaunchBinding {
    static func make() -> String { SecureRandom.token() }

    static func digest(_ secret: String) -> String { Hexadecimal.encode(SHA256.hash(secret)) }

    static func nonce(of state: String) -> String { Base64URL.encode(SHA256.hash("nonce \(state)")) }
}
