package import Telemetry

/// Writes messages to the log in place of sending them, links and all: for a machine of one's own, where there is no mail server.
package struct LoggedMail: MailTransport {
    private let logger: Logger

    package init(logger: Logger) { self.logger = logger.labelled("mail").unmasked }

    package func send(_ message: MailMessage) async throws {
        logger.notice(
            "a message that would be sent",
            ["to": message.to.address.text, "subject": message.subject, "text": message.text])
    }
}
