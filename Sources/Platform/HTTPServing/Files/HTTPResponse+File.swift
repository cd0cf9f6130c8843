import Concurrency
import Failures
package import FoundationEssentials
import Glibc
import HTTPMessages

extension HTTPResponse {
    /// A file of the server's disk: whole, a part (`Range`), or 304 if the client has it.
    ///
    /// - Parameters:
    ///   - etag: a strong tag without quotes, such as the content's SHA-256; made of size and time if nil.
    ///   - filename: what a client saves it as; sanitised here.
    ///   - isAttachment: to be saved rather than shown.
    /// - Throws: `notFound` if there is no such regular file, `rangeNotSatisfiable`, `preconditionFailed`.
    package static func file(
        path: String, contentType: String, etag: String? = nil, request: HTTPRequest, filename: String? = nil,
        isAttachment: Bool = false,
        cacheControl: String = "private, no-cache"
    ) async throws -> HTTPResponse {
        guard let facts = await BlockingPool.shared.run({ FileFacts(path: path) }) else {
            throw HTTPFailure(.notFound, "The file is not there.")
        }
        return try file(
            path: path, facts: facts, contentType: contentType, etag: "\"\(etag ?? facts.tag)\"", request: request,
            disposition: filename.map { Filename.disposition(isAttachment ? "attachment" : "inline", $0) },
            cacheControl: cacheControl)
    }

    /// The same for bytes that are elsewhere: so many, of which any part can be written as it comes.
    package static func ranged(
        size: Int, modified: Date, contentType: String, etag: String, request: HTTPRequest, filename: String? = nil,
        isAttachment: Bool = false, cacheControl: String = "private, no-cache",
        write: @escaping @Sendable (any HTTPBodyWriter, _ offset: Int, _ length: Int) async throws -> Void
    ) throws(HTTPFailure) -> HTTPResponse {
        try answer(
            FileFacts(size: size, modified: Int(modified.timeIntervalSince1970), tag: etag), contentType: contentType,
            etag: "\"\(etag)\"", request: request,
            disposition: filename.map { Filename.disposition(isAttachment ? "attachment" : "inline", $0) },
            cacheControl: cacheControl
        ) { offset, length in .stream { try await write($0, offset, length) } }
    }

    static func file(
        path: String, facts: FileFacts, contentType: String, etag: String, request: HTTPRequest, disposition: String?,
        cacheControl: String
    ) throws(HTTPFailure) -> HTTPResponse {
        try answer(
            facts, contentType: contentType, etag: etag, request: request, disposition: disposition, cacheControl: cacheControl
        ) { offset, length in .file(path: path, offset: offset, length: length) }
    }

    private static func answer(
        _ facts: FileFacts, contentType: String, etag: String, request: HTTPRequest, disposition: String?, cacheControl: String,
        body: (_ offset: Int, _ length: Int) -> HTTPResponseBody
    ) throws(HTTPFailure) -> HTTPResponse {
        var headers: HTTPHeaders = [
            "ETag": etag, "Last-Modified": HTTPDate.text(facts.modified), "Cache-Control": cacheControl, "Accept-Ranges": "bytes",
        ]
        let conditions = Conditions(request, etag: etag, modified: facts.modified)
        if conditions.isRefused {
            throw HTTPFailure(.preconditionFailed, "The file is not the one that the request's conditions name.")
        }
        if conditions.isUnchanged { return HTTPResponse(status: 304, headers: headers) }
        headers.append("Content-Type", contentType)
        if let disposition { headers.append("Content-Disposition", disposition) }
        let range = conditions.allowsRange ? request.headers["Range"] : nil
        switch ByteRange(request.method == .get ? range : nil, of: facts.size) {
        case .whole:
            return HTTPResponse(headers: headers, body: body(0, facts.size))
        case .part(let offset, let length):
            headers.append("Content-Range", "bytes \(offset)-\(offset + length - 1)/\(facts.size)")
            return HTTPResponse(status: 206, headers: headers, body: body(offset, length))
        case .unsatisfiable:
            throw HTTPFailure(
                .rangeNotSatisfiable, "The file has \(facts.size) bytes; the range lies beyond them.",
                headers: ["Content-Range": "bytes */\(facts.size)"])
        }
    }
}

/// What a regular file is, as far as headers go.
struct FileFacts: Sendable {
    let size: Int
    /// Seconds since 1970.
    let modified: Int
    /// Changes when the file does.
    let tag: String

    init(size: Int, modified: Int, tag: String) {
        self.size = size
        self.modified = modified
        self.tag = tag
    }

    /// nil if there is no regular file. Blocks.
    init?(path: String) {
        var info = stat()
        guard stat(path, &info) == 0, info.st_mode & S_IFMT == S_IFREG else { return nil }
        size = Int(info.st_size)
        modified = Int(info.st_mtim.tv_sec)
        tag =
            String(info.st_size, radix: 16) + "-" + String(info.st_mtim.tv_sec, radix: 16) + "-"
            + String(info.st_mtim.tv_nsec, radix: 16)
    }
}
