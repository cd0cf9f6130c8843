import Synchronization
import Telemetry
import Testing

@Suite("What a log line does not say")
struct LogMaskTests {
    static let token = "q7Zt0Vw_2bXkLm9-PaR4sYd8Hf1JcUeN6gTiBo3Qv5A"

    @Test(
        "Addresses of mail, tokens and the ends of addresses of machines are taken out",
        arguments: [
            ("ada@example.org", "[address]"), ("no account for ada.l+x@sub.example.org here", "no account for [address] here"),
            ("<ada@example.org>,ben@example.org", "<[address]>,[address]"),
            ("/users?email=ada%40example.org", "/users?email=[address]"),
            ("postgres://lm:secret@db.example/lm", "postgres://[address]/lm"),
            ("Bearer abc.def", "Bearer [hidden]"), ("Authorization: Basic dTpw", "Authorization: Basic [hidden]"),
            ("eyJhbGciOiJFUzI1NiJ9.eyJzdWIiOiIxIn0.c2ln", "[token]"), ("/reset?token=abc123", "/reset?token=[hidden]"),
            ("?code=4/0Ab&state=x", "?code=[hidden]/0Ab&state=x"), ("got \(token) back", "got [token] back"),
            ("198.51.100.23", "198.51.100.0"), ("from 198.51.100.23:5000", "from 198.51.100.0:5000"),
            ("2001:db8:7:1::42", "2001:db8:7::"), ("::ffff:198.51.100.23", "::ffff:198.51.100.0"), ("127.0.0.1", "127.0.0.1"),
            ("::1", "::1"),
            // What lines are for stays.
            ("019713f2-8a57-7c3e-9d1b-1f2e3d4c5b6a", "019713f2-8a57-7c3e-9d1b-1f2e3d4c5b6a"),
            ("4bf92f3577b34da6a3ce929d0e0e4736", "4bf92f3577b34da6a3ce929d0e0e4736"), ("/api/v1/documents", "/api/v1/documents"),
            ("a status=200", "a status=200"), ("größe 3.14.1", "größe 3.14.1"), ("library.ingest", "library.ingest"),
            ("conversationWithSomebodyWhoAsks", "conversationWithSomebodyWhoAsks"), ("12:30:05", "12:30:05"),
        ])
    func masked(value: String, shown: String) {
        #expect(LogMask.masked(value) == shown)
    }

    @Test("What is named as a secret is never shown; who asked to see mail sees it")
    func named() {
        let lines = Mutex<[String]>([])
        let logger = Logger(label: "t", sink: LogSink(minimum: .info) { line in lines.withLock { $0.append(line) } })
        logger.info("a", ["refresh_token": "abc", "password": "p", "Set-Cookie": "c"])
        logger.unmasked.labelled("mail").info("b", ["to": "ada@example.org"])
        let all = lines.withLock { $0 }
        #expect(all[0].hasSuffix("Set-Cookie=[hidden] password=[hidden] refresh_token=[hidden]\n"))
        #expect(all[1].contains("to=ada@example.org"))
    }
}
