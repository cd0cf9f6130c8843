import Ambient
import Courses
import Failures
import HTTPMessages
package import HTTPServing
import TypedText

/// Notes over HTTP.
package struct NoteRoutes: RouteCollection {
    private let service: NoteService
    private let file: NoteFile

    package init(service: NoteService, file: NoteFile) {
        self.service = service
        self.file = file
    }

    package var routes: [Route] {
        [list, make, show, change, remove, regenerate, stop, versions, version, restore, map, export]
    }

    static let tag = "Notes"

    private var list: Route {
        Route.get(
            "/notes", "List your notes", tag: Self.tag, query: PagedQuery<NoteQuery>.self, returns: Page<NoteOverviewView>.self
        ) {
            call, query in
            let found = try await service.list(
                course: query.filter.courseID.flatMap { CourseID($0) }, user: try call.user(), offset: query.paging.offset,
                limit: query.paging.limit)
            return Page(data: found.notes.map(NoteOverviewView.init), for: query.paging, total: found.total)
        }
        .described("What was changed last first.")
    }

    private var make: Route {
        Route.post(
            "/notes", "Have a note made, or write one", tag: Self.tag, body: NewNote.self, returns: NoteView.self, status: 202,
            failures: [.validationFailed, .notFound, .conflict, .unprocessable]
        ) { call, body in
            let user = try call.user()
            let title = body.title?.oneLine
            let note =
                if let (kind, wish) = body.wish {
                    try await service.generate(kind, wish, title: title, user: user)
                } else {
                    try await service.write(
                        title: title ?? "Note", CitedContent(body.content ?? "", body.citations?.compactMap(\.citation) ?? []),
                        course: body.courseID.flatMap { CourseID($0) }, user: user)
                }
            call.addHeader("Location", "/api/v1/notes/\(note.id)")
            return NoteView(note)
        }
        .described("A note is made by the job named there. What is written by hand is ready at once.")
    }

    private var show: Route {
        Route.get("/notes/:id", "Show a note", tag: Self.tag, returns: NoteView.self, failures: [.notFound]) { call in
            NoteView(try await service.find(try call.parameter("id"), user: try call.user()))
        }
    }

    private var change: Route {
        Route.patch(
            "/notes/:id", "Change a note", tag: Self.tag, body: NoteChange.self, returns: NoteView.self,
            failures: [.notFound, .conflict]
        ) { call, body in
            NoteView(try await service.change(try call.parameter("id"), body.change, user: try call.user()))
        }
        .described("409 where it has been changed since the version that is named: nothing is changed then, and nothing lost.")
    }

    private var remove: Route {
        Route.delete("/notes/:id", "Delete a note", tag: Self.tag, failures: [.notFound]) { call in
            try await service.delete(try call.parameter("id"), user: try call.user())
        }
        .described("With all its versions.")
    }

    private var regenerate: Route {
        Route.post(
            "/notes/:id/regenerate", "Make a note anew", tag: Self.tag, body: NoteRegeneration.self, returns: NoteView.self,
            status: 202, failures: [.notFound, .conflict]
        ) { call, body in
            NoteView(
                try await service.regenerate(
                    try call.parameter("id"), as: body.kind?.kind, usesModel: body.usesModel, user: try call.user()))
        }
        .described("What you wrote, changed or took out since it was made last stays so.")
    }

    private var stop: Route {
        Route.post(
            "/notes/:id/stop", "Stop the making of a note", tag: Self.tag, returns: NoteView.self, failures: [.notFound]
        ) { call in NoteView(try await service.stop(try call.parameter("id"), user: try call.user())) }
    }

    private var versions: Route {
        Route.get(
            "/notes/:id/versions", "List what a note said before", tag: Self.tag, returns: NoteVersionList.self,
            failures: [.notFound]
        ) { call in
            let found = try await service.versions(of: try call.parameter("id"), user: try call.user())
            return NoteVersionList(versions: found.map(NoteVersionView.init))
        }
        .described("The newest first.")
    }

    private var version: Route {
        Route.get(
            "/notes/:id/versions/:version", "Show what a note said before", tag: Self.tag, returns: NoteVersionView.self,
            failures: [.notFound]
        ) { call in
            guard let number = Int(try call.parameter("version", as: String.self)) else { throw NotesFailure.noVersion }
            return NoteVersionView(try await service.version(number, of: try call.parameter("id"), user: try call.user()))
        }
    }

    private var restore: Route {
        Route.post(
            "/notes/:id/restore", "Bring back what a note said", tag: Self.tag, body: NoteRestoration.self, returns: NoteView.self,
            failures: [.notFound, .conflict]
        ) { call, body in
            NoteView(
                try await service.restore(
                    body.to, of: try call.parameter("id"), from: body.version, user: try call.user()))
        }
        .described("What it says now remains a version.")
    }

    private var map: Route {
        Route.get(
            "/notes/:id/map", "Show a note's concept map", tag: Self.tag, returns: NoteMapView.self, failures: [.notFound]
        ) { call in
            guard let map = try await service.find(try call.parameter("id"), user: try call.user()).map else {
                throw NotesFailure.noMap
            }
            return NoteMapView(map)
        }
    }

    private var export: Route {
        Route.raw(
            .get, "/notes/:id/export", "Get a note as a file", tag: Self.tag, query: NoteExportQuery.self,
            produces: NoteFormat.allCases.map(\.mediaType), failures: [.notFound, .unprocessable]
        ) { call in
            let format = try call.query(as: NoteExportQuery.self).format ?? .markdown
            let note = try await service.find(try call.parameter("id"), user: try call.user())
            let bytes = try await file.file(of: note, as: format)
            let name = note.title.map { $0.isLetter || $0.isNumber ? $0 : "-" }
            return HTTPResponse(
                headers: [
                    "Content-Type": format.mediaType,
                    "Content-Disposition": Filename.disposition("attachment", String(name.prefix(80)) + "." + format.rawValue),
                    "Content-Security-Policy": "sandbox; default-src 'none'; style-src 'unsafe-inline'",
                ], body: .bytes(bytes))
        }
        .described("With what each `[n]` stands for.")
    }
}
