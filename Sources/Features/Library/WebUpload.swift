import Failures
import FoundationEssentials
import HTTPClient
import HTTPMessages

/// Fetches what an address of the open internet leads to, through the guard that keeps a server from asking its own network.
package struct WebUpload: Sendable {
    private let client: HTTPClient

    init(client: HTTPClient) { self.client = client }

    /// Of an address that a user gives: no private network, no proxy, few redirects.
    static func configuration(limit: Int) -> HTTPClientConfiguration {
        HTTPClientConfiguration(
            policy: .publicInternet,
            timeouts: ClientTimeouts(connect: .seconds(10), total: .seconds(60), idle: .seconds(20)),
            responseLimit: limit, redirects: 5, usesProxyOfEnvironment: false,
            // Some sites give programs without such a name an empty page.
            userAgent: "Mozilla/5.0 (compatible; LittleMonster/1)")
    }

    /// The file behind an address, under a name that says what it is.
    ///
    /// - Throws: `LibraryFailure` in words for the student, also if the server does not answer as it should.
    func open(_ address: String) async throws -> Upload<ResponseBody> {
        var text = address.trimmingSpaces()
        if !text.contains("://") { text = "https://" + text }
        do {
            let headers: HTTPHeaders = [
                "Accept": "text/html,application/xhtml+xml,application/pdf;q=0.9,*/*;q=0.8"
            ]
            let response = try await client.send(ClientRequest(.get, text, headers: headers)).successful()
            return Upload(filename: Self.filename(of: text, response.headers), parts: response.body, address: text)
        } catch let failure as HTTPClientFailure {
            throw LibraryFailure.address(failure)
        }
    }

    private static func percentDecoded(_ text: String) -> String {
        var bytes: [UInt8] = []
        var rest = Array(text.utf8)[...]
        while let byte = rest.popFirst() {
            let code = String(decoding: rest.prefix(2), as: UTF8.self)
            if byte == UInt8(ascii: "%"), code.utf8.count == 2, let value = UInt8(code, radix: 16) {
                bytes.append(value)
                rest = rest.dropFirst(2)
            } else {
                bytes.append(byte)
            }
        }
        return String(validating: bytes, as: UTF8.self) ?? text
    }

    /// The last part of the address, with the ending of what the server says it sends: many pages have none.
    static func filename(of address: String, _ headers: HTTPHeaders) -> String {
        let path = address.drop { $0 != ":" }.dropFirst(3).prefix { $0 != "?" && $0 != "#" }
        let parts = path.split(separator: "/")
        var name =
            parts.count > 1 ? String(parts[parts.count - 1].prefix(120)) : String(parts.first ?? "page")
        // A folder or a line's end in disguise is none of the name.
        name = String(percentDecoded(name).filter { $0 != "/" && $0 != "\\" && !$0.isNewline && $0 != "\0" })
        let type = (headers["Content-Type"] ?? "").prefix { $0 != ";" }.trimmingSpaces().lowercased()
        let isPage = type == "text/html" || type == "application/xhtml+xml"
        guard let format = isPage ? .html : DocumentFormat(mediaType: type), format != .text else {
            return name
        }
        return name.lowercased().hasSuffix("." + format.fileExtension)
            ? name : name + "." + format.fileExtension
    }
}

extension LibraryFailure {
    /// An address whose page cannot be had.
    static func address(_ failure: HTTPClientFailure) -> LibraryFailure {
        let words =
            switch failure.kind {
            case .status(401), .status(403):
                "\(failure.host) shows this page only to those whom it knows. Save the page in your browser and add the file."
            case .status(404), .status(410): "\(failure.host) has no page at this address."
            case .status(429): "\(failure.host) wants to be left alone for a while. Try again later."
            case .tooLarge: "What is at this address is larger than a file may be."
            default: failure.message
            }
        return LibraryFailure(
            .unprocessable, words, details: ["url": "cannot be read: \(failure.host)"])
    }
}
