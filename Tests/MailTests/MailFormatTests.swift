import FoundationEssentials
@testable import Mail
import Testing

struct MailFormatTests {
    private static func message(subject: String = "Swim", text: String = "At 14:00", html: String? = nil) throws -> MailMessage {
        MailMessage(
            id: "abc", from: try #require(Mailbox("Little Monster <study@example.org>")),
            to: try #require(Mailbox("ada@example.org")), subject: subject, text: text, html: html,
            date: Date(timeIntervalSince1970: 784_111_777), unsubscribe: "https://study.example.org/u/1")
    }

    private static func lines(_ message: MailMessage) -> [String] {
        String(decoding: MailFormat.bytes(of: message, boundary: "b"), as: UTF8.self).components(separatedBy: "\r\n")
    }

    @Test func `headers say who, when, what, and how to get no more`() throws {
        let lines = Self.lines(try Self.message())
        for line in [
            "Date: Sun, 06 Nov 1994 08:49:37 +0000", "From: Little Monster <study@example.org>", "To: ada@example.org",
            "Message-ID: <abc@example.org>", "Subject: Swim", "List-Unsubscribe:", " <https://study.example.org/u/1>",
            "List-Unsubscribe-Post: List-Unsubscribe=One-Click", "Auto-Submitted: auto-generated", "At 14:00",
        ] { #expect(lines.contains(line)) }
    }

    @Test func `nothing that a person wrote begins a header or a line of its own`() throws {
        let bad = "Swim\r\nBcc: everybody@example.org\r\n\r\nBuy"
        let lines = Self.lines(try Self.message(subject: bad))
        #expect(!lines.contains { $0.hasPrefix("Bcc:") || $0.hasPrefix("Buy") })
        for address in [
            "a@b.org\r\nBcc: c@d.org", "a@b.org, c@d.org", "a b@c.org", "<a@b.org>", "a@b@c.org", "@b.org", "a@", "a@b.org>",
            "\"a\"@b.org",
            "a@b .org", "a@-b.org",
        ] { #expect(MailAddress(address) == nil, "\(address)") }
        for address in ["ada@example.org", "ada+study@mail.example.org", "jörg@example.org", "o'hara@example.org"] {
            #expect(MailAddress(address) != nil, "\(address)")
        }
        #expect(Mailbox("Little Monster <a@b.org>\r\nBcc: c@d.org") == nil)
        #expect(Mailbox(" \"A, B\" <a@b.org> ")?.name == "A, B")
    }

    @Test func `long and foreign subjects are encoded words, none of which ends within a letter`() throws {
        let subject = String(repeating: "Prüfung 生物 ", count: 20)
        let encoded = MailFormat.words(subject)
        let words = encoded.components(separatedBy: "\r\n ")
        #expect(words.count > 3 && words.allSatisfy { $0.utf8.count <= 75 && $0.hasPrefix("=?UTF-8?B?") && $0.hasSuffix("?=") })
        let decoded = try words.map { word in
            let data = try #require(Data(base64Encoded: String(word.dropFirst(10).dropLast(2))))
            // Each by itself is whole.
            return try #require(String(validating: data, as: UTF8.self))
        }
        #expect(decoded.joined() == subject)
        #expect(MailFormat.words("=?UTF-8?B?eA==?=") != "=?UTF-8?B?eA==?=")
    }

    @Test func `text is quoted in short lines that say the same`() throws {
        let text = "Prüfung = 100 %\nEnds with a space \n.\n" + String(repeating: "a", count: 200) + "\r\nlast"
        let quoted = MailFormat.quotedPrintable(text)
        #expect(quoted.components(separatedBy: "\r\n").allSatisfy { $0.utf8.count <= 76 && !$0.hasSuffix(" ") })
        #expect(quoted.hasPrefix("Pr=C3=BCfung =3D 100 %\r\nEnds with a space=20\r\n.\r\n"))
        #expect(quoted.utf8.allSatisfy { $0 < 128 })
        let both = Self.lines(try Self.message(html: "<p>At 14:00</p>"))
        #expect(both.contains("Content-Type: multipart/alternative; boundary=\"b\"") && both.contains("--b--"))
        #expect(both.filter { $0 == "--b" }.count == 2)
    }

    @Test func `a server is named by an address with its user, and nothing else`() {
        let server = MailServer("smtp://ada%40example.org:p%3Ass@mail.example.org")
        #expect(server?.host == "mail.example.org" && server?.port == 587 && server?.user == "ada@example.org")
        #expect(server?.password == "p:ss" && server?.isImplicitlySecure == false && server?.isLoopback == false)
        #expect(MailServer("smtps://mail.example.org:4650")?.port == 4650)
        #expect(MailServer("smtps://mail.example.org")?.port == 465)
        #expect(MailServer("smtp://127.0.0.1:2525")?.isLoopback == true)
        #expect(MailServer("smtp://[::1]:2525")?.host == "::1")
        #expect(MailServer("smtp://127.0.0.1.example.org:25")?.isLoopback == false)
        for text in [
            "mail.example.org", "http://mail.example.org", "smtp://", "smtp://a b", "smtp://user@host", "smtp://host:0",
            "smtp://host:port",
            "smtp://host/path", "smtp://u:p%0d%0a@host", "smtp://[::1", "smtp://[::1]x",
        ] { #expect(MailServer(text) == nil, "\(text)") }
    }
}
