import Cryptography

/// A short code by which students join, as one writes it on a board: `K7PM-3XQD`.
enum ClassCode {
    /// Letters and digits that are not taken for each other.
    private static let letters = Array("ABCDEFGHJKMNPQRSTVWXYZ23456789")
    private static let length = 8

    /// About 39 bits: with as many tries as registration allows, guessing one takes longer than a class lasts.
    static func make() -> String {
        String((0..<length).map { _ in letters[SecureRandom.index(below: letters.count)] })
    }

    /// A code as it was typed, in the form in which it is kept.
    static func key(_ typed: String) -> String { typed.uppercased().filter { $0.isLetter || $0.isNumber } }

    static func shown(_ code: String) -> String { "\(code.prefix(4))-\(code.dropFirst(4))" }
}
