import Ambient
import Courses
import Failures
import HTTPMessages
package import HTTPServing
import Jobs

/// Decks as files over HTTP.
package struct ExchangeRoutes: RouteCollection {
    private let service: CardExchange

    package init(service: CardExchange) { self.service = service }

    package var routes: [Route] { [export, take] }

    private static let tag = "Cards"

    private var export: Route {
        Route.raw(
            .get, "/decks/:id/export", "Get a deck as a file", tag: Self.tag, query: DeckExportQuery.self,
            produces: CardFile.Form.allCases.map(\.mediaType), failures: [.notFound]
        ) { call in
            let form = try call.query(as: DeckExportQuery.self).format ?? .csv
            let (name, text) = try await service.export(try call.parameter("id"), as: form, user: try call.user())
            var response = HTTPResponse(body: .bytes(Array(text.utf8)))
            response.headers.append("Content-Type", form.mediaType)
            response.headers.append(
                "Content-Disposition", Filename.disposition("attachment", "\(name).\(form.rawValue)"))
            return response
        }
        .described("`csv`: type, front, back, tags. `md`: blocks of `Q:` and `A:`. `txt`: front and back with a tab between.")
    }

    private var take: Route {
        Route.raw(
            .post, "/decks/import", "Bring a file of cards", tag: Self.tag, consumes: "multipart/form-data",
            form: [
                FormField("deck_id", .text, "Where its cards go; otherwise into a new deck of the file's name."),
                FormField("course_id", .text, "The course of a new deck."),
                FormField("file", .file, required: true, "CSV, Markdown, or text with a tab between front and back."),
            ], returns: ImportRequest.self, status: 202, bodyLimit: CardExchange.limit + 64 << 10,
            failures: [.badRequest, .payloadTooLarge, .unsupportedMediaType, .unprocessable], limit: .upload
        ) { call in
            let user = try call.user()
            var texts: [String: String] = [:]
            var file: (name: String, content: [UInt8])?
            var fields = try MultipartReader(call.request).makeAsyncIterator()
            while let part = try await fields.next() {
                if part.name == "file", let name = part.filename {
                    file = (name, try await part.body.collect(upTo: CardExchange.limit))
                } else if part.name == "deck_id" || part.name == "course_id" {
                    texts[part.name] = try await part.body.text(upTo: 256)
                }
            }
            guard let file else { throw CardsFailure.noFile }
            func id<Kind>(_ name: String, _ failure: CardsFailure) throws -> Identifier<Kind>? {
                guard let text = texts[name], !text.isEmpty else { return nil }
                guard let id = Identifier<Kind>(text) else { throw failure }
                return id
            }
            let taken = try await service.take(
                file.content, named: file.name, deck: try id("deck_id", .unknownDeck), course: try id("course_id", .unknownCourse),
                user: user)
            return try .json(ImportRequest(jobID: taken.job, deckID: taken.deck), status: 202)
        }
        .described("The job that is named does it; its result says how many came in, and its log which lines did not and why.")
    }
}

struct DeckExportQuery: APIType {
    var format: CardFile.Form?
}

extension CardFile.Form: APIType {
    static var schemaName: String { "DeckFile" }
}

struct ImportRequest: APIType {
    var jobID: JobID
    var deckID: DeckID

    enum CodingKeys: String, CodingKey {
        case jobID = "job_id"
        case deckID = "deck_id"
    }

    static var schemaName: String { "CardImport" }
}
