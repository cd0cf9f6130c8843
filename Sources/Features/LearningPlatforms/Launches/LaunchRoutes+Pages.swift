import FoundationEssentials
import HTTPMessages
import HTTPServing
import HTTPClient

/// The few pages that are not the app's, because they stand within a platform's page or send something to it. Plain HTML with a file each of
/// style and script from this server; nothing inline.
enum LaunchPages {
    /// The address that all of them, and what they name, share.
    private static let style = "lti-style"
    private static let waitScript = "lti-wait"
    private static let sendScript = "lti-send"

    /// Within a platform's page: opens the launch in a tab of its own, where cookies are this server's own, and waits for what is chosen.
    ///
    /// - Parameters:
    ///   - login: the address that begins the launch, relative to the page's own.
    ///   - framers: the sites that may frame it.
    static func opener(login: String, ticket: String, framers: [String], language: String) -> HTTPResponse {
        let words = Words.of(language)
        let body = """
            <h1>Little Monster</h1>
            <p>\(words.opens)</p>
            <p><a class="button" href="\(escaped(login))" target="_blank" rel="noopener">\(words.open)</a></p>
            <p id="waiting" role="status" hidden>\(words.waiting)</p>
            <form method="post" action="lti-return" hidden>
            <input type="hidden" name="ticket" value="\(escaped(ticket))"><button type="submit">\(words.chosen)</button>
            </form>
            """
        return page(
            language, body, script: waitScript,
            policy:
                "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; "
                + "frame-ancestors \(framers.joined(separator: " "))", isFramed: true)
    }

    /// Sends what was chosen to the platform, which is the one address that the form may go to.
    static func sender(address: String, token: String, framers: [String], language: String) -> HTTPResponse {
        let words = Words.of(language)
        let body = """
            <h1>Little Monster</h1>
            <p>\(words.back)</p>
            <form method="post" action="\(escaped(address))">
            <input type="hidden" name="JWT" value="\(escaped(token))"><button type="submit">\(words.goBack)</button>
            </form>
            """
        // The platform may send the browser on to other pages of its own.
        let origin = RequestURL(address)?.webOrigin ?? "'none'"
        return page(
            language, body, script: sendScript,
            policy: "default-src 'none'; style-src 'self'; script-src 'self'; form-action \(origin); base-uri 'none'; "
                + "frame-ancestors \(framers.joined(separator: " "))", isFramed: true)
    }

    /// Says something, and no more.
    static func note(_ note: Note, framers: [String], language: String) -> HTTPResponse {
        let words = Words.of(language)
        let text =
            switch note {
            case .waiting: words.notYet
            case .over: words.over
            }
        return page(
            language, "<h1>Little Monster</h1>\n<p>\(text)</p>", script: nil,
            policy: "default-src 'none'; style-src 'self'; base-uri 'none'; frame-ancestors \(framers.joined(separator: " "))",
            isFramed: true)
    }

    enum Note { case waiting, over }

    private static func page(
        _ language: String, _ body: String, script: String?, policy: String, isFramed: Bool
    ) -> HTTPResponse {
        let script = script.map { "<script src=\"\($0).js\" defer></script>" } ?? ""
        let html = """
            <!doctype html>
            <html lang="\(language)">
            <head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>Little Monster</title>
            <link rel="stylesheet" href="\(style).css">\(script)</head>
            <body><main>
            \(body)
            </main></body>
            </html>

            """
        return HTTPResponse(
            headers: [
                "Content-Type": "text/html; charset=utf-8", "Cache-Control": "no-store", "Content-Security-Policy": policy,
                // What may frame it the policy says, which knows more than one origin; the old header knows none, and browsers prefer the
                // policy where both are there.
                "Cross-Origin-Opener-Policy": "unsafe-none",
            ], body: .bytes(Array(html.utf8)))
    }

    /// Whether a browser loads a page into another one.
    static func isFramed(_ headers: HTTPHeaders) -> Bool {
        ["iframe", "frame", "embed", "object"].contains(headers["Sec-Fetch-Dest"])
    }

    /// German for who reads it first, English for all others.
    static func language(of headers: HTTPHeaders) -> String {
        let first = headers["Accept-Language"]?.lowercased().split(separator: ",").first
        return first?.hasPrefix("de") == true ? "de" : "en"
    }

    private static func escaped(_ text: String) -> String {
        text.replacing("&", with: "&amp;").replacing("\"", with: "&quot;").replacing("<", with: "&lt;").replacing(">", with: "&gt;")
    }

    // MARK: - What they name

    static func file(_ text: String, type: String) -> HTTPResponse {
        HTTPResponse(
            headers: ["Content-Type": "\(type); charset=utf-8", "Cache-Control": "max-age=3600"], body: .bytes(Array(text.utf8)))
    }

    static let styleSheet = """
        :root { color-scheme: light dark; font: 1rem/1.5 system-ui, sans-serif; }
        body { margin: 0; display: grid; min-height: 100vh; place-items: center; }
        main { box-sizing: border-box; max-width: 30rem; padding: 1.5rem; }
        h1 { font-size: 1.5rem; margin: 0 0 .5rem; }
        .button, button { display: inline-block; padding: .6rem 1.1rem; border: 1px solid #1f6b50; border-radius: .6rem; font: inherit;
          text-decoration: none; cursor: pointer; }
        .button { background: #1f6b50; color: #fff; }
        button { background: transparent; color: inherit; }
        .button:focus-visible, button:focus-visible { outline: 3px solid #5fae90; outline-offset: 2px; }

        """

    /// Once the tab is opened, asks whether something was chosen there, for an hour at most, and then sends its form.
    static let waiting = """
        const form = document.forms[0];
        const parts = [form, document.getElementById("waiting")];
        let end = 0;
        async function look() {
          try {
            const answer = await fetch("lti-waiting", { method: "POST", body: new URLSearchParams(new FormData(form)) });
            if (answer.status === 200) return form.submit();
            if (answer.status === 410) return;
            for (const part of parts) part.hidden = answer.status !== 204;
          } catch { /* The network comes back. */ }
          if (Date.now() < end) setTimeout(look, 2000);
        }
        document.querySelector("a").addEventListener("click", () => {
          if (end === 0) setTimeout(look, 2000);
          end = Date.now() + 3600000;
        });

        """

    static let sending = "document.forms[0].submit();\n"

    private struct Words {
        let opens: String
        let open: String
        let waiting: String
        let chosen: String
        let notYet: String
        let back: String
        let goBack: String
        let over: String

        static func of(_ language: String) -> Words { language == "de" ? german : english }

        private static let english = Words(
            opens: "Little Monster opens in a tab of its own, so that you stay signed in there.", open: "Open Little Monster",
            waiting: "It is open in the other tab. When you choose something there, this page goes on by itself.",
            chosen: "I have chosen something", notYet: "Nothing was chosen yet. Choose in the other tab, then go back here.",
            back: "Going back to your learning platform…", goBack: "Back to the learning platform",
            over: "This launch is over. Open the link in your learning platform again.")
        private static let german = Words(
            opens: "Little Monster öffnet sich in einem eigenen Tab, damit du dort angemeldet bleibst.",
            open: "Little Monster öffnen",
            waiting: "Es ist im anderen Tab offen. Wenn du dort etwas auswählst, geht es hier von selbst weiter.",
            chosen: "Ich habe etwas ausgewählt",
            notYet: "Es ist noch nichts ausgewählt. Wähle im anderen Tab etwas aus und kehre hierher zurück.",
            back: "Zurück zu deiner Lernplattform …", goBack: "Zurück zur Lernplattform",
            over: "Dieser Aufruf ist vorbei. Öffne den Link in deiner Lernplattform noch einmal.")
    }
}
