import Concurrency
import Failures
import FoundationEssentials
import Glibc
import HTTPMessages

/// Serves the web app's folder: hashed assets for good, the page for every address of the app.
///
/// The folder is listed once, and only what was listed is served, so no address reaches past it.
package struct StaticFiles: Sendable {
    private struct File: Sendable {
        let path: String
        let facts: FileFacts
        /// The same, compressed beforehand: `app.js.gz`.
        let packed: (path: String, facts: FileFacts)?
        let type: String
        let isImmutable: Bool
    }

    private let files: [String: File]
    /// For every address of the app that names no file.
    private let page: AppPage

    /// Paths of the listed files, for the log.
    package var count: Int { files.count }

    /// Throws `notFound` if the folder has no `index.html`. Reads the disk: call it when the program starts.
    package init(root named: String) throws(HTTPFailure) {
        let root = Self.behindLinks(named)
        var files: [String: File] = [:]
        let names = (try? FileManager.default.subpathsOfDirectory(atPath: root)) ?? []
        for name in names where !name.split(separator: "/").contains(where: { $0.hasPrefix(".") }) {
            guard let facts = FileFacts(path: "\(root)/\(name)") else { continue }
            files["/" + name] = File(
                path: "\(root)/\(name)", facts: facts,
                packed: FileFacts(path: "\(root)/\(name).gz").map { ("\(root)/\(name).gz", $0) },
                type: MediaType.of(filename: name), isImmutable: Self.isHashed(name))
        }
        guard let page = files["/index.html"], let html = FileManager.default.contents(atPath: page.path) else {
            throw HTTPFailure(.notFound, "The web app is not built: index.html is not there.")
        }
        self.page = AppPage(html: String(decoding: html, as: UTF8.self), tag: page.facts.tag)
        self.files = files
    }

    /// A folder that is switched by its link is not listed as one, unless it is asked for by its own name.
    private static func behindLinks(_ path: String) -> String {
        guard let real = realpath(path, nil) else { return path }
        defer { free(real) }
        return String(cString: real)
    }

    /// nil if the address is none of the app's.
    package func response(for request: HTTPRequest) async throws -> HTTPResponse? {
        guard request.method == .get || request.method == .head else { return nil }
        guard let path = PercentCoding.decode(RequestIdentity.path(of: request.target)[...]) else { return nil }
        if let file = files[path] { return try send(file, request) }
        return Self.isPage(path) ? page.response(for: request) : nil
    }

    private func send(_ file: File, _ request: HTTPRequest) throws(HTTPFailure) -> HTTPResponse {
        let isPacked =
            file.packed != nil && request.headers["Range"] == nil
            && (request.headers["Accept-Encoding"].map(ResponseCompression.acceptsGzip) ?? false)
        let (path, facts) = isPacked ? file.packed ?? (file.path, file.facts) : (file.path, file.facts)
        var response = try HTTPResponse.file(
            path: path, facts: facts, contentType: file.type, etag: "\"\(facts.tag)\(isPacked ? "-gz" : "")\"", request: request,
            disposition: nil, cacheControl: file.isImmutable ? "public, max-age=31536000, immutable" : "no-cache")
        if isPacked, response.status != 304 { response.headers.append("Content-Encoding", "gzip") }
        if file.packed != nil { response.headers.addVary("Accept-Encoding") }
        return response
    }

    /// The app's own addresses have no dot in their last part and are not the API's.
    private static func isPage(_ path: String) -> Bool {
        guard path.hasPrefix("/"), !path.hasPrefix("/api/"), path != "/api", !path.utf8.contains(UInt8(ascii: "\\")) else {
            return false
        }
        let segments = path.split(separator: "/")
        return !segments.contains("..") && !(segments.last?.contains(".") ?? false)
    }

    /// `chunk-5QZ2K7AB.js`: a dash and eight or more capital letters and digits, as the bundler names what it hashes.
    static func isHashed(_ name: String) -> Bool {
        let file = name.split(separator: "/").last ?? ""
        guard let dot = file.lastIndex(of: "."), let dash = file[..<dot].lastIndex(of: "-") else { return false }
        let hash = file[file.index(after: dash)..<dot].split(separator: ".").first ?? ""
        return hash.utf8.count >= 8 && hash.utf8.allSatisfy { (48...57).contains($0) || (65...90).contains($0) }
    }
}
