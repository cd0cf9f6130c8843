package import FoundationEssentials

/// A message to one person, as text and as HTML that say the same.
package struct MailMessage: Sendable, Hashable {
    /// What tells it from all others, `0197…`: sent twice under one id, the recipient's server can know it again.
    package var id: String
    package var from: Mailbox
    package var to: Mailbox
    package var subject: String
    package var text: String
    package var html: String?
    package var date: Date
    /// An address that takes a POST by which the recipient gets no more of them, and a GET that asks (RFC 2369, RFC 8058).
    package var unsubscribe: String?

    package init(
        id: String, from: Mailbox, to: Mailbox, subject: String, text: String, html: String? = nil, date: Date,
        unsubscribe: String? = nil
    ) {
        (self.id, self.from, self.to, self.subject, self.text) = (id, from, to, subject, text)
        (self.html, self.date, self.unsubscribe) = (html, date, unsubscribe)
    }
}
