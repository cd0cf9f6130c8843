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
            failures: [.notFound]
        ) { [service] call in
            let versions = try await service.versions(of: try call.parameter("id"), user: try call.user())
            return VersionList(data: try await service.shown(versions))
        }
        .described("Each is read like a document, by its own id: its text, its pages, its file. Only the newest is searched.")
    }

    private var add: Route {
        Route.post(
            "/documents/:id/versions", "Make another document a new version of this one", tag: Self.tag, body: NewVersion.self,
            returns: DocumentView.self, status: 202, failures: [.notFound, .unprocessable]
        ) { [service] call, body in
            return try await service.shown(
                try await service.replace(try call.parameter("id"), by: body.documentID, user: try call.user()))
        }
        .described(
            "For who learns from the `twin` of an upload that there is one already; `replaces` of the upload does the same at once. The "
                + "old version serves until the new one is ready, and stays readable.")
    }

    private var restore: Route {
        Route.post(
            "/documents/:id/versions/:version_id/restore", "Make an old version the newest", tag: Self.tag,
            returns: DocumentView.self,
            status: 202, failures: [.notFound]
        ) { [service] call in
            try await service.shown(
                try await service.restore(try call.parameter("version_id"), of: try call.parameter("id"), user: try call.user()))
        }
    }

    private var readAgain: Route {
        Route.post(
            "/documents/:id/read-again", "Read a document's file anew", tag: Self.tag, returns: DocumentView.self, status: 202,
            failures: [.notFound, .conflict]
        ) { [service] call in
            try await service.shown(try await service.readAgain(try call.parameter("id"), user: try call.user()))
        }
        .described("The text that there is serves until the new one is ready; citations of it stay.")
    }
}
