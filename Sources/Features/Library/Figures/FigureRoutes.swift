import Ambient
import Failures
import HTTPMessages
package import HTTPServing
import Passages

/// Figures of documents over HTTP.
package struct FigureRoutes: RouteCollection {
    private let service: LibraryService

    package init(service: LibraryService) { self.service = service }

    package var routes: [Route] { [figures, picture, page] }

    private static let tag = "Library"

    private var figures: Route {
        Route.get(
            "/documents/:id/figures", "Show a document's figures", tag: Self.tag, returns: FiguresView.self, failures: [.notFound]
        ) { call in
            FiguresView(data: try await service.figures(try call.parameter("id"), user: try call.user()).map(FigureView.init))
        }
    }

    private var picture: Route {
        Route.raw(
            .get, "/documents/:id/figures/:number/picture", "Get the picture of a figure", tag: Self.tag,
            produces: ["image/png", "image/jpeg", "image/gif", "image/webp"], failures: [.notFound, .unavailable], limit: .files
        ) { call in
            let user = try call.user()
            let (picture, owner) = try await service.picture(
                ofFigure: try call.parameter("number"), of: try call.parameter("id"), user: user)
            return Self.response(picture, isOwn: owner == user)
        }
        .described("The picture that the file holds, or the stretch of a PDF's page where the figure stands.")
    }

    private var page: Route {
        Route.raw(
            .get, "/documents/:id/pages/:number/picture", "Get a page of a TIFF as a picture that browsers show", tag: Self.tag,
            produces: ["image/png"], failures: [.notFound, .unavailable], limit: .files
        ) { call in
            let user = try call.user()
            let (picture, owner) = try await service.picture(
                ofPage: try call.parameter("number"), of: try call.parameter("id"), user: user)
            return Self.response(picture, isOwn: owner == user)
        }
    }

    /// What was made of a stored file is the same for as long as that is. Of another's nothing is kept: the share may end.
    private static func response(_ picture: DocumentPictures.Picture, isOwn: Bool) -> HTTPResponse {
        HTTPResponse(
            headers: [
                "Content-Type": picture.mediaType, "Cache-Control": isOwn ? "private, max-age=86400" : "no-store",
                "Content-Security-Policy": "sandbox; default-src 'none'", "X-Content-Type-Options": "nosniff",
            ], body: .bytes(picture.bytes))
    }
}

struct FigureView: APIType {
    var number: Int
    var page: Int
    var offset: Int
    var caption: String
    var box: [Double]?
    var hasPicture: Bool

    enum CodingKeys: String, CodingKey {
        case number, page, offset, caption, box
        case hasPicture = "has_picture"
    }

    init(_ figure: Figure) {
        (number, page, offset) = (figure.number, figure.page, figure.offset)
        (caption, box, hasPicture) = (figure.caption, figure.box, figure.hasPicture)
    }

    static var schemaName: String { "Figure" }

    static var constraints: [Constraint<FigureView>] {
        [
            .describe("number", "From 1, in reading order."),
            .describe("offset", "Where its caption begins in the page's text, in Unicode code points."),
            .describe("caption", "What it is called, or what is said in its place."),
            .describe("box", "Left, top, right and bottom on its page, in points from the top left corner."),
            .describe("has_picture", "Whether its picture can be asked for."),
        ]
    }
}

struct FiguresView: APIType {
    var data: [FigureView]
    static var schemaName: String { "Figures" }
}
