import Cryptography

/// What ties a sign-in that is under way to the browser that began it. Only that browser has it; nothing of it but a digest is stored.
///
/// The secrets of one sign-in follow from it and the state, so that neither the database nor who sees an address knows them.
struct BrowserBinding: Sendable, Hashable {
    let text: String

    /// A fresh one.
    init() { text = SecureRandom.token() }

    /// One that a browser showed; nil where it has not the form.
    init?(_ text: String) {
        guard let bytes = Base64URL.decode(text), bytes.count == 32 else { return nil }
        self.text = text
    }

    var digest: String { Self.digest(text) }

    /// Shown when the code is traded (RFC 7636): 43 letters.
    func verifier(of state: String) -> String { derived("verifier", state) }

    /// Stands in the token that the code is traded for.
    func nonce(of state: String) -> String { derived("nonce", state) }

    private func derived(_ what: String, _ state: String) -> String {
        Base64URL.encode(MessageAuthentication.code(for: Array("\(what) \(state)".utf8), key: Array(text.utf8)))
    }

    static func digest(_ secret: String) -> String { Hexadecimal.encode(SHA256.hash(secret)) }
}
