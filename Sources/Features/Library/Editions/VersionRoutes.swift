import Ambient
import Failures
package import HTTPServing
import Passages

/// The versions of documents over HTTP.
package struct VersionRoutes: RouteCollection {
    private let service: LibraryService

    package init(service: LibraryService) { self.service = service }

    package var routes: [Route] { [list, add, restore, readAgain] }

    private static let tag = "Library"

    private var list: Route {
        Route.get(
            "/documents/:id/versions", "List a document's versions, the newest first", tag: Self.tag, returns: VersionList.self,
            failures: [.notFound, .forbidden]
        ) { [service] call in
            let user = try call.user()
            let versions = try await service.versions(of: try call.parameter("id"), user: user)
            return VersionList(data: try await service.shown(versions, to: user))
        }
        .described("Each is read like a document, by its own id: its text, its pages, its file. Only the newest is searched.")
    }

    private var add: Route {
        Route.post(
            "/documents/:id/versions", "Make another document a new version of this one", tag: Self.tag, body: NewVersion.self,
            returns: DocumentView.self, status: 202, failures: [.notFound, .forbidden, .unprocessable]
        ) { [service] call, body in
            let user = try call.user()
            return try await service.shown(
                try await service.replace(try call.parameter("id"), by: body.documentID, user: user), to: user)
        }
        .described(
            "For who learns from the `twin` of an upload that there is one already; `replaces` of the upload does the same at once. The "
                + "old version serves until the new one is ready, and stays readable.")
    }

    private var restore: Route {
        Route.post(
            "/documents/:id/versions/:version_id/restore", "Make an old version the newest", tag: Self.tag,
            returns: DocumentView.self,
            status: 202, failures: [.notFound, .forbidden]
        ) { [service] call in
            let user = try call.user()
            return try await service.shown(
                try await service.restore(try call.parameter("version_id"), of: try call.parameter("id"), user: user), to: user)
        }
    }

    private var readAgain: Route {
        Route.post(
            "/documents/:id/read-again", "Read a document's file anew", tag: Self.tag, returns: DocumentView.self, status: 202,
            failures: [.notFound, .forbidden, .conflict]
        ) { [service] call in
            let user = try call.user()
            return try await service.shown(try await service.readAgain(try call.parameter("id"), user: user), to: user)
        }
        .described("The text that there is serves until the new one is ready; citations of it stay.")
    }
}
