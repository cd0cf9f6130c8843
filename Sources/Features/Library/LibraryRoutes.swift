import Ambient
import Failures
import FoundationEssentials
import HTTPMessages
package import HTTPServing
import Passages

/// Documents over HTTP.
package struct LibraryRoutes: RouteCollection {
    private let service: LibraryService

    package init(service: LibraryService) { self.service = service }

    package var routes: [Route] {
        [upload, address, list, search, move, show, update, remove, retry, cancel, file, pages, words, outline, chunk]
    }

    private static let tag = "Library"

    // MARK: - Bringing

    private var upload: Route {
        Route.raw(
            .post, "/documents/upload", "Bring a document", tag: Self.tag, consumes: "multipart/form-data",
            form: [
                FormField("file", .file, required: true, "\(DocumentFormat.accepted), told from the content."),
                FormField("title", .text, "Otherwise the file's own title or name."),
                FormField("course_id", .text, "The course that it belongs to."),
                FormField("replaces", .text, "The document whose newest version it is to be."),
                FormField("subject", .text, "The same by the course's name; it is made if you have none of that name."),
            ], returns: DocumentView.self, status: 202,
            bodyLimit: service.configuration.uploadLimit.addingReportingOverflow(2 << 20).partialValue,
            failures: [.badRequest, .payloadTooLarge, .unsupportedMediaType, .unprocessable, .unavailable, .insufficientStorage],
            limit: .upload
        ) { call in
            let user = try call.user()
            let limit = service.configuration.uploadLimit
            // The other fields and the form's own lines are small.
            let allowance = limit.addingReportingOverflow(1 << 20).partialValue
            if let length = call.request.body.length, length > allowance { throw LibraryFailure.tooLarge(limit) }
            var request = call.request
            request.body = try request.body.limited(to: allowance)
            let form = UploadForm(try MultipartReader(request))
            let uploaded = try await form.run(service: service, user: user)
            let document = uploaded.document
            var view = DocumentView(uploaded)
            let shown = try await service.shown(document, to: user)
            (view.placeInLine, view.update, view.sharedWith) = (shown.placeInLine, shown.update, shown.sharedWith)
            var response = try HTTPResponse.json(
                view, status: document.status == .completed && view.update == nil ? 200 : 202)
            response.headers.append("Location", "/api/v1/documents/\(document.id)")
            return response
        }
        .described(
            "The answer comes when the file is stored; reading it goes on in the job named there. A file that you have "
                + "already is not stored again: the answer shows the document with `duplicate` true, and 200 if it is ready. Of a zip each "
                + "file becomes a document: the answer shows the first, and in `unpacked` how many there are and which were left.")
    }

    // MARK: - Looking

    private var address: Route {
        Route.post(
            "/documents", "Bring a web page, or the file at an address", tag: Self.tag, body: AddressRequest.self,
            returns: DocumentView.self, status: 202,
            failures: [.unsupportedMediaType, .unprocessable, .payloadTooLarge, .unavailable, .insufficientStorage], limit: .upload
        ) { call, request in
            let uploaded = try await service.add(
                address: request.url, title: request.title, filing: request.courseID.map { .course($0) } ?? .nowhere,
                user: try call.user())
            return DocumentView(uploaded)
        }
        .described("The page's readable text is kept, without menus and banners. Only servers of the open internet are asked.")
    }

    private var list: Route {
        Route.get(
            "/documents", "List your documents", tag: Self.tag, query: DocumentQuery.self, returns: Page<DocumentView>.self,
            failures: [.notFound]
        ) { call, query in
            let filter = DocumentStore.Filter(
                reach: query.reach, status: query.status, filing: query.filing, text: query.q.flatMap { $0.isEmpty ? nil : $0 },
                order: query.sort.flatMap(DocumentStore.Order.init) ?? .newest)
            let user = try call.user()
            let (documents, total) = try await service.list(
                filter, offset: query.paging.offset, limit: query.paging.limit, user: user)
            return Page(data: try await service.shown(documents, to: user), for: query.paging, total: total)
        }
    }

    private var show: Route {
        Route.get(
            "/documents/:id", "Show a document", tag: Self.tag, query: DocumentParts.self, returns: DocumentView.self,
            failures: [.notFound]
        ) { call, query in
            let (id, user) = (try call.parameter("id", as: DocumentID.self), try call.user())
            guard query.include == .outline else {
                return try await service.shown(try await service.document(id, user: user), to: user)
            }
            let (document, outline) = try await service.outlined(id, user: user)
            var view = try await service.shown(document, to: user)
            view.outline = outline.map(DocumentView.OutlineEntry.init)
            return view
        }
    }

    private var file: Route {
        Route.raw(
            .get, "/documents/:id/file", "Get the file itself", tag: Self.tag,
            produces: DocumentFormat.allCases.map(\.mediaType), failures: [.notFound, .rangeNotSatisfiable, .preconditionFailed],
            limit: .files
        ) { call in
            let (document, content) = try await service.file(try call.parameter("id"), user: try call.user())
            let charset = document.charset.map { "; charset=\($0)" } ?? ""
            let type =
                switch document.format {
                case .html: "text/html\(charset)"
                // Browsers show plain text; Markdown under its own name they would save.
                case _ where document.format.isText: "text/plain\(charset)"
                default: document.format.mediaType
                }
            var response = try await HTTPResponse.blob(
                content, contentType: type, etag: document.sha256, request: call.request, filename: document.filename,
                isAttachment: document.format != .pdf && (document.format == .html || !document.format.isText))
            // A page that somebody uploaded must never run as ours. A PDF is left out: browsers do not show one in a sandbox.
            if document.format != .pdf { response.headers["Content-Security-Policy"] = "sandbox; default-src 'none'" }
            return response
        }
        .described("Ranges and conditional requests are answered.")
    }

    private var pages: Route {
        Route.get(
            "/documents/:id/pages", "Read a document's text by page", tag: Self.tag, query: PageQuery.self,
            returns: Page<PageView>.self,
            failures: [.notFound]
        ) { call, query in
            let (pages, total) = try await service.pages(
                try call.parameter("id"), offset: query.offset, limit: query.limit, user: try call.user())
            return Page(data: pages.map { PageView($0) }, for: query, total: total)
        }
    }

    private var words: Route {
        Route.get(
            "/documents/:id/pages/:number/words", "Show the words that text recognition made out on a page", tag: Self.tag,
            returns: WordsView.self, failures: [.notFound]
        ) { call in
            let number: Int = try call.parameter("number")
            guard let page = try await service.words(try call.parameter("id"), page: number, user: try call.user()) else {
                throw LibraryFailure.noWords
            }
            return WordsView(page, number: number)
        }
        .described("There is none for a page whose text the file itself has.")
    }

    private var outline: Route {
        Route.get(
            "/documents/:id/outline", "Show a document's headings", tag: Self.tag, returns: OutlineView.self, failures: [.notFound]
        ) { call in
            let (_, outline) = try await service.outlined(try call.parameter("id"), user: try call.user())
            return OutlineView(data: outline.map(DocumentView.OutlineEntry.init))
        }
    }

    private var chunk: Route {
        Route.get(
            "/documents/:id/chunks/:chunk_id", "Show a passage and where it stands", tag: Self.tag, returns: ChunkView.self,
            failures: [.notFound]
        ) { call in
            let (chunk, document) = try await service.chunk(
                try call.parameter("chunk_id"), of: try call.parameter("id"), user: try call.user())
            return ChunkView(chunk, title: document.title)
        }
    }

    private var search: Route {
        Route.post(
            "/documents/search", "Search your documents", tag: Self.tag, body: SearchRequest.self, returns: SearchAnswer.self,
            failures: [.unprocessable]
        ) { call, request in
            let answer = try await service.answer(
                request.query, mode: request.mode, limit: request.limit, in: request.documentIDs, course: request.courseID,
                user: try call.user())
            return SearchAnswer(
                data: answer.shown.map { PassageView($0.passage, alike: $0.alike) }, nothingClose: answer.isNothingClose)
        }
        .described(
            """
            `hybrid` joins meaning and words, `vector` is by meaning alone, `keyword` by words alone. Passages that say nearly the same \
            are shown once, and lists of pages (contents, indexes) come last.
            """)
    }

    // MARK: - Changing

    private var update: Route {
        Route.patch(
            "/documents/:id", "Change a document's title, or file it in a course", tag: Self.tag, body: DocumentChange.self,
            returns: DocumentView.self, failures: [.notFound, .forbidden, .unprocessable]
        ) { call, change in
            let user = try call.user()
            return try await service.shown(
                try await service.update(try call.parameter("id"), title: change.title, filing: change.filing, user: user), to: user
            )
        }
    }

    private var move: Route {
        Route.post(
            "/documents/move", "File documents in a course, or in none", tag: Self.tag, body: DocumentMove.self,
            returns: MovedDocuments.self, failures: [.unprocessable]
        ) { call, move in
            let user = try call.user()
            let moved = try await service.move(move.ids, to: move.courseID, user: user)
            return MovedDocuments(data: try await service.shown(moved, to: user))
        }
        .described("All of them or, if one cannot be, none.")
    }

    private var remove: Route {
        Route.delete("/documents/:id", "Delete a document", tag: Self.tag, failures: [.notFound, .forbidden]) { call in
            try await service.delete(try call.parameter("id"), user: try call.user())
        }
    }

    private var retry: Route {
        Route.post(
            "/documents/:id/retry", "Try a document again that failed or was stopped", tag: Self.tag, returns: DocumentView.self,
            status: 202, failures: [.notFound, .forbidden, .conflict]
        ) { call in
            let user = try call.user()
            return try await service.shown(try await service.retry(try call.parameter("id"), user: user), to: user)
        }
        .described("It goes on with the stage that failed; what the stages before it made is kept.")
    }

    private var cancel: Route {
        Route.post(
            "/documents/:id/cancel", "Stop the reading of a document", tag: Self.tag, returns: DocumentView.self,
            failures: [.notFound, .forbidden, .conflict]
        ) { call in
            let user = try call.user()
            return try await service.shown(try await service.cancel(try call.parameter("id"), user: user), to: user)
        }
        .described("What was made of it is kept: `retry` goes on from there.")
    }
}
