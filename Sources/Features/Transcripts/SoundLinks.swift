import Ambient
package import Cryptography
import FoundationEssentials

/// Addresses at which a player gets a recording a part at a time, without a header that it cannot send: each carries a signed word that is
/// good for that recording and half an hour. Any process checks it by the keys of access tokens; for which it cannot be taken.
package struct SoundLinks: Sendable {
    /// Seconds.
    static let lifetime: TimeInterval = 30 * 60

    private let tokens: AccessTokens

    package init(keys: SigningKeyRing) {
        tokens = AccessTokens(keys: keys, lifetime: Self.lifetime, audience: "little-monster/recording")
    }

    func word(for id: TranscriptID, user: UserID, at now: Date) throws -> String {
        try tokens.issue(subject: user.description, role: "", session: "", id: id.description, at: now)
    }

    /// Whose recording it is.
    ///
    /// - Throws: `TokenFailure`; `TranscriptsFailure` where the word is another recording's.
    func user(_ word: String, of id: TranscriptID, at now: Date) throws -> UserID {
        let claims = try tokens.verify(word, at: now)
        guard claims.id == id.description, let user = UserID(claims.subject) else { throw TranscriptsFailure.noTranscript }
        return user
    }
}
