import Ambient
package import Cryptography
import FoundationEssentials

/// Addresses at which a player gets a recording a part at a time, without a header that it cannot send: each carries a signed word that is
/// good for that recording and half an hour, unless who asked for it signs out. Any process checks it by the keys of access tokens; for
/// which it cannot be taken.
package struct SoundLinks: Sendable {
    /// Seconds: no more than an access token's, for so long the end of a session is remembered.
    static let lifetime: TimeInterval = 30 * 60

    private let tokens: AccessTokens
    private let hasEnded: @Sendable (_ session: String) -> Bool

    /// - Parameter hasEnded: whether a session has.
    package init(keys: SigningKeyRing, hasEnded: @escaping @Sendable (_ session: String) -> Bool) {
        self.hasEnded = hasEnded
        tokens = AccessTokens(keys: keys, lifetime: Self.lifetime, audience: "little-monster/recording")
    }

    /// - Parameter session: of who asks; nil where there is none that could end.
    func word(for id: TranscriptID, user: UserID, session: String?, at now: Date) throws -> String {
        try tokens.issue(subject: user.description, role: "", session: session ?? "", id: id.description, at: now)
    }

    /// Whose recording it is.
    ///
    /// - Throws: `TokenFailure`; `TranscriptsFailure` where the word is another recording's.
    func user(_ word: String, of id: TranscriptID, at now: Date) throws -> UserID {
        let claims = try tokens.verify(word, at: now)
        guard !hasEnded(claims.session) else { throw TranscriptsFailure.signedOut }
        guard claims.id == id.description, let user = UserID(claims.subject) else { throw TranscriptsFailure.noTranscript }
        return user
    }
}
