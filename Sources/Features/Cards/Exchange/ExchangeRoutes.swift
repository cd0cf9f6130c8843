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
            produces: DeckFileForm.allCases.map(\.mediaType), failures: [.notFound]
        ) { call in
            let (id, user): (DeckID, UserID) = (try call.parameter("id"), try call.user())
            let form = try call.query(as: DeckExportQuery.self).format ?? .csv
            let (name, body): (String, HTTPResponseBody)
            if let text = CardFile.Form(rawValue: form.rawValue) {
                let file = try await service.export(id, as: text, user: user)
                (name, body) = (file.name, .bytes(Array(file.text.utf8)))
            } else {
                let package = try await service.package(of: id, user: user)
                (name, body) = (package.name, .stream { writer in try await service.write(package) { try await writer.write($0) } })
            }
            var response = HTTPResponse(body: body)
            response.headers.append("Content-Type", form.mediaType)
            response.headers.append(
                "Content-Disposition", Filename.disposition("attachment", "\(name).\(form.rawValue)"))
            return response
        }
        .described(
            "`csv`: type, front, back, tags. `md`: blocks of `Q:` and `A:`. `txt`: front and back with a tab between. `apkg`: a package of Anki's, with pictures, sounds and what is known of each card."
        )
    }

    private var take: Route {
        Route.raw(
            .post, "/decks/import", "Bring a file of cards", tag: Self.tag, consumes: "multipart/form-data",
            form: [
                FormField("deck_id", .text, "Where its cards go; otherwise into a new deck of the file's name. Before the file."),
                FormField("course_id", .text, "The course of a new deck. Before the file."),
                FormField(
                    "file", .file, required: true, "A package of Anki's, CSV, Markdown, or text with a tab between front and back."),
            ], returns: ImportRequest.self, status: 202, bodyLimit: AnkiPackage.limit + 64 << 10,
            failures: [.badRequest, .payloadTooLarge, .unsupportedMediaType, .unprocessable], limit: .upload
        ) { call in
            let user = try call.user()
            var texts: [String: String] = [:]
            var taken: (job: JobID, deck: DeckID)?
            func id<Kind>(_ name: String, _ failure: CardsFailure) throws -> Identifier<Kind>? {
                guard let text = texts[name], !text.isEmpty else { return nil }
                guard let id = Identifier<Kind>(text) else { throw failure }
                return id
            }
            var fields = try MultipartReader(call.request).makeAsyncIterator()
            // What says where the cards go stands before the file, which may be large.
            while taken == nil, let part = try await fields.next() {
                if part.name == "file", let name = part.filename {
                    let (deck, course): (DeckID?, CourseID?) = (
                        try id("deck_id", .unknownDeck), try id("course_id", .unknownCourse)
                    )
                    if [".apkg", ".colpkg"].contains(where: { name.lowercased().hasSuffix($0) }) {
                        taken = try await service.take(package: part.body, named: name, deck: deck, course: course, user: user)
                    } else {
                        let content = try await part.body.collect(upTo: CardExchange.limit)
                        taken = try await service.take(content, named: name, deck: deck, course: course, user: user)
                    }
                } else if part.name == "deck_id" || part.name == "course_id" {
                    texts[part.name] = try await part.body.text(upTo: 256)
                }
            }
            guard let taken else { throw CardsFailure.noFile }
            return try .json(ImportRequest(jobID: taken.job, deckID: taken.deck), status: 202)
        }
        .described(
            "The job that is named does it; its result says how many came in, and its log which lines or notes did not and why. A package of Anki's goes into decks of the names that it has, unless a deck is named."
        )
    }
}

struct DeckExportQuery: APIType {
    var format: DeckFileForm?
}

/// What a deck can be had as.
enum DeckFileForm: String, APIType, CaseIterable {
    case csv, md, txt, apkg

    static var schemaName: String { "DeckFile" }

    var mediaType: String { CardFile.Form(rawValue: rawValue)?.mediaType ?? "application/apkg" }
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
