import HTTPMessages

/// The web app's page at every address of the app, with addresses relative to the one that was asked.
///
/// The page names its files from the app's own root, as in `./assets/app.js`. Below the root that becomes `../assets/app.js`, so
/// the app works under whatever prefix a proxy takes off, and nobody need tell it which.
struct AppPage: Sendable {
    private let html: String
    private let tag: String

    /// - Parameter tag: changes when the page does.
    init(html: String, tag: String) {
        self.html = html
        self.tag = tag
    }

    func response(for request: HTTPRequest) -> HTTPResponse {
        // As the browser wrote it: an escaped slash is no folder to it.
        let depth = max(0, RequestIdentity.path(of: request.target).utf8.count { $0 == UInt8(ascii: "/") } - 1)
        var headers: HTTPHeaders = ["ETag": "\"\(tag)-\(depth)\"", "Cache-Control": "no-cache"]
        if Conditions(request, etag: headers["ETag"], modified: nil).isUnchanged {
            return HTTPResponse(status: 304, headers: headers)
        }
        headers.append("Content-Type", "text/html; charset=utf-8")
        return HTTPResponse(headers: headers, body: .bytes(Array(text(depth: depth).utf8)))
    }

    private func text(depth: Int) -> String {
        guard depth > 0 else { return html }
        let up = "=\"" + String(repeating: "../", count: depth)
        let parts = html.split(separator: "=\"./", omittingEmptySubsequences: false)
        return parts.dropFirst().reduce(into: String(parts[0])) { text, part in text += up + part }
    }
}
