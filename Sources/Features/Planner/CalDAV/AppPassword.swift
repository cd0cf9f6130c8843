package import Ambient
import Cryptography
package import FoundationEssentials

package enum AppPasswordKind {}
package typealias AppPasswordID = Identifier<AppPasswordKind>

/// A password that one program or device has, to reach the calendar and nothing else.
package struct AppPassword: Sendable, Hashable {
    package var id: AppPasswordID
    package var userID: UserID
    /// What has it: `Thunderbird at home`.
    package var name: String
    package var createdAt: Date
    package var lastUsedAt: Date?

    /// 118 bits in groups that are typed on a phone: no letter is taken for a figure.
    static func secret() -> String {
        let letters = Array("abcdefghjkmnpqrstuvwxyz23456789".utf8)
        let signs = (0..<24).map { _ in letters[SecureRandom.index(below: letters.count)] }
        return stride(from: 0, to: signs.count, by: 6).map { String(decoding: signs[$0..<$0 + 6], as: UTF8.self) }.joined(
            separator: "-")
    }

    /// What is kept of it. It is too long to be guessed, so that a slow hash would only make each request slow.
    static func digest(_ secret: String) -> String {
        Hexadecimal.encode(SHA256.hash(secret.lowercased().filter { $0.isLetter || $0.isNumber }))
    }
}
