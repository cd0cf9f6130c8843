import Concurrency
import Cryptography
package import Mail

/// Sends mail through a server by SMTP, over libcurl: STARTTLS or TLS from the start, and a password where the server wants one.
package struct SMTPTransport: MailTransport {
    private let server: MailServer
    private let authorities: String?
    private let pool = BlockingPool(name: "mail", threads: 2, stackSize: 4 << 20)

    /// - Parameter authorities: a file of certificates (PEM) by which the server's is checked, in place of the system's.
    package init(server: MailServer, authorities: String? = nil) {
        self.server = server
        self.authorities = authorities
    }

    package func send(_ message: MailMessage) async throws {
        let bytes = MailFormat.bytes(of: message, boundary: "lm-\(SecureRandom.token(bytes: 18))")
        try await pool.run { [server, authorities] in
            try SMTPTransfer(server: server, authorities: authorities).send(
                bytes, from: message.from.address, to: message.to.address)
        }
    }
}
