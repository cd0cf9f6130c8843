import Ambient
import Cryptography
import FoundationEssentials

/// What an account asks for besides its password: codes of an app, and codes on paper for when the app is lost.
struct SecondFactor: Sendable {
    let userID: UserID
    /// Shared with the app, sealed.
    let secret: String
    /// When the app's first code came; until then it is asked for nowhere.
    var confirmedAt: Date?
    /// The half minute whose code was used last: each is good once.
    var lastStep: Int?

    static func place(_ user: UserID) -> String { "second_factors.secret/\(user)" }
}

/// A code on paper: good once.
enum RecoveryCode {
    /// How many a student is given.
    static let count = 10
    /// Without those that look alike.
    private static let alphabet = Array("abcdefghjkmnpqrstuvwxyz23456789")

    /// Such as `k7xq2m-9fpwhn-c4d8re-vt6ybs`: 118 bits, so that who has the database cannot find them by trying, though their digest is a
    /// fast one. Those of earlier versions had ten signs and are still good.
    static func random() -> String {
        let signs = (0..<24).map { _ in alphabet[SecureRandom.index(below: alphabet.count)] }
        return stride(from: 0, to: signs.count, by: 6).map { String(signs[$0..<$0 + 6]) }.joined(separator: "-")
    }

    /// As it is kept. It names the account, so that equal codes of two are not seen to be equal.
    static func digest(_ code: String, of user: UserID) -> String {
        let plain = code.lowercased().filter { $0.isLetter || $0.isNumber }
        return AccountStore.digest("\(user)/\(plain)")
    }
}
