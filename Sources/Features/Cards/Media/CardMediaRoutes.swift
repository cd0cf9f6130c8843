import Ambient
import BlobStorage
import Failures
import HTTPMessages
package import HTTPServing

/// Pictures and sounds of cards over HTTP.
package struct CardMediaRoutes: RouteCollection {
    private let service: CardMediaService

    package init(service: CardMediaService) { self.service = service }

    package var routes: [Route] { [add, show] }

    private static let tag = "Cards"
    static let types = [
        "image/png", "image/jpeg", "image/gif", "image/webp", "image/avif", "image/svg+xml", "audio/mpeg", "audio/ogg", "audio/wav",
        "audio/flac", "audio/aac", "audio/mp4", "video/mp4", "video/webm",
    ]

    private var add: Route {
        Route.raw(
            .post, "/cards/media", "Keep a picture or sound for cards", tag: Self.tag, consumes: "multipart/form-data",
            form: [
                FormField("file", .file, required: true, "PNG, JPEG, GIF, WebP, AVIF, SVG; MP3, Ogg, WAV, FLAC, AAC, MP4, WebM.")
            ],
            returns: CardMediumView.self, status: 201, bodyLimit: CardMedium.limit + (64 << 10),
            failures: [.badRequest, .payloadTooLarge, .unsupportedMediaType, .insufficientStorage], limit: .upload
        ) { call in
            let user = try call.user()
            for try await part in try MultipartReader(call.request) where part.name == "file" {
                guard let name = part.filename else { break }
                let medium = try await service.add(part.body, named: name, user: user)
                return try .json(CardMediumView(medium), status: 201)
            }
            throw CardsFailure.noFile
        }
        .described(
            "A card shows it by its name: `![](heart.png)` in Markdown, `<img src=\"heart.png\">` in HTML, `[sound:heart.mp3]` in both. What no card shows is removed after a day."
        )
    }

    private var show: Route {
        Route.raw(
            .get, "/cards/media/:name", "Get a picture or sound of your cards", tag: Self.tag, produces: Self.types,
            failures: [.notFound], limit: .files
        ) { call in
            let (medium, content) = try await service.medium(try call.parameter("name"), user: try call.user())
            return try await medium.response(content, to: call.request)
        }
    }
}

extension CardMedium {
    /// Shown as what it is and nothing else: what it says of itself runs nowhere.
    fileprivate func response(_ content: BlobContent, to request: HTTPRequest) async throws -> HTTPResponse {
        var response: HTTPResponse
        switch content {
        case .file(let path):
            response = try await .file(
                path: path, contentType: mediaType, etag: sha256, request: request, filename: name,
                cacheControl: "private, max-age=86400")
        case .remote(let size, let modified, let read):
            response = try .ranged(
                size: size, modified: modified, contentType: mediaType, etag: sha256, request: request, filename: name,
                cacheControl: "private, max-age=86400"
            ) { writer, offset, length in
                for try await part in read(offset, length) { try await writer.write(part) }
            }
        }
        response.headers.append("Content-Security-Policy", "sandbox; default-src 'none'; style-src 'unsafe-inline'")
        response.headers.append("X-Content-Type-Options", "nosniff")
        return response
    }
}

/// A picture or sound that was kept.
struct CardMediumView: APIType {
    var name: String
    var size: Int
    var mediaType: String

    enum CodingKeys: String, CodingKey {
        case name, size
        case mediaType = "media_type"
    }

    init(_ medium: CardMedium) {
        (name, size, mediaType) = (medium.name, medium.size, medium.mediaType)
    }

    static var schemaName: String { "CardMedium" }
    static var constraints: [Constraint<CardMediumView>] {
        [.describe("name", "What cards call it by; another than the file's where that was taken.")]
    }
}
