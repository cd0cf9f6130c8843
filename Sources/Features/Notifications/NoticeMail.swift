import FoundationEssentials
import Mail

/// A notice as mail: a text and a page of HTML that say the same, without pictures and without anything that is fetched.
enum NoticeMail {
    /// - Parameters:
    ///   - app: the app's own address, `https://study.example.org/`.
    ///   - unsubscribe: the address that turns such mail off.
    static func message(
        _ notice: Notice, id: String, settings: NotificationSettings, from: Mailbox, to: MailAddress, app: String,
        unsubscribe: String, at now: Date
    ) -> MailMessage {
        let (words, text) = (NoticeWords.of(settings.language), NoticeText(notice, settings: settings, at: now))
        let (link, page) = (app + text.path, unsubscribe)
        // What concerns safety is not turned off.
        let isSecurity = notice.kind == .security || notice.kind == .watch
        let why = isSecurity ? words.securityWhy : words.why
        let plain = """
            \(text.title)
            \(text.body)

            \(words.open): \(link)

            --\u{20}
            \(why)\(isSecurity ? "" : "\n\(words.unsubscribe): \(page)")
            """
        let html = """
            <!doctype html>
            <html lang="\(settings.language)"><head><meta charset="utf-8"><meta name="color-scheme" content="light dark">
            <title>\(escaped(text.title))</title></head>
            <body style="margin:0;padding:24px;font-family:system-ui,sans-serif;font-size:16px;line-height:1.5">
            <h1 style="margin:0 0 8px;font-size:20px">\(escaped(text.title))</h1>
            <p style="margin:0 0 24px">\(escaped(text.body).replacing("\n", with: "<br>"))</p>
            <p style="margin:0 0 32px"><a href="\(escaped(link))">\(escaped(words.open))</a></p>
            <p style="margin:0;font-size:13px">\(escaped(why))\(isSecurity ? "" : " <a href=\"\(escaped(page))\">\(escaped(words.unsubscribe))</a>")</p>
            </body></html>
            """
        return MailMessage(
            id: id, from: from, to: Mailbox(address: to), subject: text.title, text: plain, html: html, date: now,
            unsubscribe: unsubscribe)
    }

    static func escaped(_ text: String) -> String {
        text.replacing("&", with: "&amp;").replacing("<", with: "&lt;").replacing(">", with: "&gt;").replacing("\"", with: "&quot;")
    }
}
