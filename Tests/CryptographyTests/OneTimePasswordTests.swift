import Cryptography
import FoundationEssentials
import Testing

@Suite("Codes of authenticator apps", .timeLimit(.minutes(3)))
struct OneTimePasswordTests {
    private let app = OneTimePassword(secret: Array("12345678901234567890".utf8))

    @Test(
        "The codes are those of RFC 6238's appendix, in six digits",
        arguments: [
            (59.0, "287082"), (1_111_111_109, "081804"), (1_111_111_111, "050471"), (1_234_567_890, "005924"),
            (2_000_000_000, "279037"), (20_000_000_000, "353130"),
        ])
    func appendix(time: Double, code: String) {
        #expect(app.code(step: OneTimePassword.step(at: Date(timeIntervalSince1970: time))) == code)
    }

    @Test("A code is good half a minute to either side, and once")
    func drift() {
        let now = Date(timeIntervalSince1970: 1_800_000_010)
        let step = OneTimePassword.step(at: now)
        for offset in -2...2 {
            let found = app.step(of: app.code(step: step + offset), at: now, after: nil)
            #expect(found == ((-1...1).contains(offset) ? step + offset : nil))
        }
        #expect(app.step(of: app.code(step: step), at: now, after: step) == nil)
        #expect(app.step(of: app.code(step: step - 1), at: now, after: step) == nil)
        #expect(app.step(of: app.code(step: step + 1), at: now, after: step) == step + 1)
        for wrong in ["", "00000", "0000000", "abcdef"] { #expect(app.step(of: wrong, at: now, after: nil) == nil) }
    }

    @Test("The address is what apps read")
    func address() {
        let text = app.address(issuer: "Little Monster", account: "ann+é@example.org")
        #expect(
            text
                == "otpauth://totp/Little%20Monster:ann%2B%C3%A9@example.org?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&issuer=Little%20Monster"
        )
        #expect(Base32.encode([]).isEmpty && Base32.encode(Array("foobar".utf8)) == "MZXW6YTBOI")
    }
}
