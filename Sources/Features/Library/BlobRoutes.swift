import BlobStorage
import HTTPServing

extension HTTPResponse {
    /// A stored file, wherever its bytes are: whole, a part (`Range`), or 304 if the client has it. See `HTTPResponse.file`.
    static func blob(
        _ content: BlobContent, contentType: String, etag: String, request: HTTPRequest, filename: String, isAttachment: Bool
    ) async throws -> HTTPResponse {
        switch content {
        case .file(let path):
            try await file(
                path: path, contentType: contentType, etag: etag, request: request, filename: filename, isAttachment: isAttachment)
        case .remote(let size, let modified, let read):
            try ranged(
                size: size, modified: modified, contentType: contentType, etag: etag, request: request, filename: filename,
                isAttachment: isAttachment
            ) { writer, offset, length in
                for try await part in read(offset, length) { try await writer.write(part) }
            }
        }
    }
}
