package import Ambient
import Accounts
import Cryptography
import Database
import FoundationEssentials
import Mail

/// Writes to a student at once and keeps nothing of it: for what holds a secret, such as a link to another password. Whoever writes does so
/// from a job of theirs, which is tried again.
package struct SecretMail: Sendable {
    let database: any Database
    let post: DeliveryJobs.Post
    /// The app's own address, with a slash at its end.
    let app: String
    let ambient: Ambient

    /// - Parameters:
    ///   - key: sent twice under one key, the recipient's server can know it again.
    ///   - address: where it goes; the account's own address if nil.
    ///   - letter: what to write in which language, given the app's own address with a slash at its end.
    /// - Throws: what the mail server says; whether another try may help is in the code.
    package func send(
        key: String, to user: UserID, at address: String? = nil, _ letter: @Sendable (_ language: String, _ app: String) -> Letter
    ) async throws {
        let (person, language) = try await database.read(as: .user(user)) { transaction in
            (
                try await PeopleDirectory().person(user, in: transaction),
                try await NotificationSettingsStore().settings(of: user, in: transaction)?.language
                    ?? NotificationSettings().language
            )
        }
        guard let address = (address ?? person?.email).flatMap({ MailAddress($0) }) else { throw NotificationsFailure.noAddress }
        try await send(key: key, to: address, letter(language, app), in: language)
    }

    /// The same to an address without an account.
    package func send(
        key: String, at address: String, in language: String, _ letter: @Sendable (_ app: String) -> Letter
    ) async throws {
        guard let address = MailAddress(address) else { throw NotificationsFailure.noAddress }
        try await send(key: key, to: address, letter(app), in: language)
    }

    private func send(key: String, to address: MailAddress, _ letter: Letter, in language: String) async throws {
        try await post.transport.send(
            MailMessage(
                id: Base64URL.encode(SHA256.hash(key).prefix(18)), from: post.from, to: Mailbox(address: address),
                subject: letter.title, text: letter.text, html: letter.html(language: language), date: ambient.now()))
    }
}

/// A few sentences and a link, as a text and as a page of HTML that say the same and fetch nothing.
package struct Letter: Sendable, Hashable {
    package var title: String
    package var paragraphs: [String]
    /// What the link is called, and where it leads.
    package var link: (name: String, address: String)?

    package init(title: String, paragraphs: [String], link: (name: String, address: String)? = nil) {
        (self.title, self.paragraphs, self.link) = (title, paragraphs, link)
    }

    var text: String {
        (paragraphs.prefix(1) + (link.map { ["\($0.name): \($0.address)"] } ?? []) + paragraphs.dropFirst()).joined(
            separator: "\n\n")
    }

    func html(language: String) -> String {
        let escaped = NoticeMail.escaped
        var parts = paragraphs.map { "<p style=\"margin:0 0 16px\">\(escaped($0))</p>" }
        if let link {
            parts.insert(
                "<p style=\"margin:0 0 24px\"><a href=\"\(escaped(link.address))\">\(escaped(link.name))</a></p>",
                at: min(1, parts.count))
        }
        return """
            <!doctype html>
            <html lang="\(language)"><head><meta charset="utf-8"><meta name="color-scheme" content="light dark">
            <title>\(escaped(title))</title></head>
            <body style="margin:0;padding:24px;font-family:system-ui,sans-serif;font-size:16px;line-height:1.5">
            <h1 style="margin:0 0 16px;font-size:20px">\(escaped(title))</h1>
            \(parts.joined(separator: "\n"))
            </body></html>
            """
    }

    package static func == (one: Letter, other: Letter) -> Bool { one.text == other.text && one.title == other.title }
    package func hash(into hasher: inout Hasher) { hasher.combine(text) }
}
