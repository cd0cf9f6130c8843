import Ambient
import Cryptography
import Failures
import FoundationEssentials
import HTTPMessages
import HTTPServing

/// `/admin/learning-platforms`: which platforms may launch this installation, and what they must be told.
struct LearningPlatformRoutes: RouteCollection {
    private static let tag = "Administration"

    let service: LearningPlatformService

    var routes: [Route] {
        [
            .get(
                "/admin/learning-platforms", "List the learning platforms that may launch this installation", tag: Self.tag,
                access: .administrator, returns: LearningPlatformList.self
            ) { [service] _ in
                LearningPlatformList(
                    data: try await service.all().map(LearningPlatformView.init), tool: ToolView(service),
                    keyIDs: try await service.keys.all().map(\.id))
            },
            .post(
                "/admin/learning-platforms", "Register a learning platform", tag: Self.tag, access: .administrator,
                body: LearningPlatformBody.self, returns: LearningPlatformView.self, status: 201, failures: [.conflict]
            ) { [service] call, body in
                LearningPlatformView(try await service.register(body.draft, by: try call.user()))
            },
            .put(
                "/admin/learning-platforms/:id", "Change how a learning platform is known", tag: Self.tag, access: .administrator,
                body: LearningPlatformBody.self, returns: LearningPlatformView.self, failures: [.notFound, .conflict]
            ) { [service] call, body in
                LearningPlatformView(
                    try await service.change(try call.parameter("id"), to: body.draft, by: try call.user()))
            },
            .delete(
                "/admin/learning-platforms/:id", "Take a learning platform away", tag: Self.tag, access: .administrator,
                failures: [.notFound]
            ) { [service] call in
                try await service.remove(try call.parameter("id"), by: try call.user())
            }.described("Nobody comes in by it any more, and no points go back to it. Accounts and classes stay."),
            .post(
                "/admin/learning-platforms/keys", "Sign for learning platforms with another key", tag: Self.tag,
                access: .administrator
            ) { [service] call in
                try await service.rotateKey(by: try call.user())
            }.described("The former three stay published, so that what was signed before is still believed."),
            .get(
                "/admin/learning-platforms/canvas", "The configuration that Canvas takes", tag: Self.tag, access: .administrator,
                returns: CanvasConfiguration.self
            ) { [service] call in
                call.addHeader("Content-Disposition", "attachment; filename=\"little-monster-canvas.json\"")
                return CanvasConfiguration(service)
            },
        ]
    }
}

/// The keys that this installation signs with, where the address is a standard's.
struct ToolKeyRoutes: RouteCollection {
    let service: LearningPlatformService

    var routes: [Route] {
        [
            Route.raw(
                .get, "/.well-known/jwks.json", "The keys that sign for learning platforms", tag: "Learning platforms",
                access: .anyone,
                produces: ["application/json"], limit: .session
            ) { [service] _ in
                let keys = try await service.keys.all().compactMap { key -> PublishedKey? in
                    guard case .rsa(let modulus, let exponent) = key.key.publicKey else { return nil }
                    return PublishedKey(kid: key.id, n: Base64URL.encode(modulus), e: Base64URL.encode(exponent))
                }
                return HTTPResponse(
                    headers: ["Content-Type": "application/json", "Cache-Control": "max-age=300"],
                    body: .bytes(Array(try JSONEncoder().encode(["keys": keys]))))
            }.hidden()
        ]
    }

    private struct PublishedKey: Encodable {
        let kty = "RSA"
        let use = "sig"
        let alg = "RS256"
        let kid: String
        let n: String
        let e: String
    }
}
