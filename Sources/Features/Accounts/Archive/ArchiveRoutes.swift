import Ambient
import Failures
import HTTPMessages
package import HTTPServing

/// `/users/me/export`: everything of an account as one file.
package struct ArchiveRoutes: RouteCollection {
    private let service: AccountsService
    private let archive: AccountArchive

    init(service: AccountsService, archive: AccountArchive) { (self.service, self.archive) = (service, archive) }

    package var routes: [Route] {
        [
            .raw(
                .post, "/users/me/export", "Get everything of yours as one file", tag: "Accounts", body: SecondFactorProof.self,
                produces: ["application/zip"], failures: [.unprocessable, .rateLimited], limit: .login
            ) { [service, archive] call in
                let input = try await call.body(as: SecondFactorProof.self)
                let user = try await service.confirm(try call.user(), call.shown(input.password, input.code))
                let contents = try await archive.contents(of: user.id)
                try await service.tellExported(user.id)
                var response = HTTPResponse(
                    body: .stream { writer in try await archive.write(contents) { try await writer.write($0) } })
                response.headers.append("Content-Type", "application/zip")
                response.headers.append("Content-Disposition", Filename.disposition("attachment", "little-monster.zip"))
                return response
            }.described("A zip of JSON and of the files that you brought, with `manifest.json` as its last; up to 4 GiB.")
        ]
    }
}
