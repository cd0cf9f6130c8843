import Ambient
import Failures
import FoundationEssentials
import HTTPMessages
package import HTTPServing

/// Who may read a thing, over HTTP: below the thing's own address.
package struct ShareRoutes<Thing: Shareable>: RouteCollection {
    private let service: SharingService<Thing>
    private let path: String
    private let kind: SharedKind
    private let tag: String

    /// - Parameter path: of all things: `/documents`.
    package init(_ service: SharingService<Thing>, _ kind: SharedKind, below path: String, tag: String) {
        self.service = service
        self.path = path
        self.kind = kind
        self.tag = tag
    }

    package var routes: [Route] { [list, share, end] }

    private var meaning: String {
        switch kind {
        case .course:
            "All its documents, those to come included. They read, search and ask; they change nothing, and cannot share on."
        case .document: "They read, search and ask it; they change nothing, and cannot share on. They see its newest version."
        case .quiz:
            "They take it and copy it; they change nothing, and cannot share on. What they answer is theirs: you learn nothing of it."
        }
    }

    private var use: String { kind == .quiz ? "take" : "read" }

    private var list: Route {
        Route.get(
            "\(path)/:id/shares", "List who may \(use) your \(kind)", tag: tag, returns: ShareList.self,
            failures: [.notFound, .forbidden]
        ) { [service] call in
            ShareList(data: try await service.list(of: try call.parameter("id"), user: try call.user()).map(ShareView.init))
        }
    }

    private var share: Route {
        // As often as accounts can be made, which tells as well who has one.
        Route.post(
            "\(path)/:id/shares", "Let somebody \(use) your \(kind)", tag: tag, body: NewShare.self, returns: ShareView.self,
            status: 201, failures: [.notFound, .forbidden, .conflict, .unprocessable, .rateLimited], limit: .registration
        ) { [service] call, body in
            ShareView(try await service.share(try call.parameter("id"), with: body.email, user: try call.user()))
        }
        .described(meaning)
    }

    private var end: Route {
        Route.delete(
            "\(path)/:id/shares/:member_id", "End a share of your \(kind), or leave another's", tag: tag,
            failures: [.notFound, .forbidden, .conflict]
        ) { [service] call in
            let (user, name) = (try call.user(), try call.parameter("member_id", as: String.self))
            guard let member = name == "me" ? user : UserID(name) else { throw SharingFailure.noShare }
            try await service.end(try call.parameter("id"), member: member, user: user)
        }
        .described(
            "It ends at once. `me` stands for yourself: to leave what another shares with you. What you have through a class ends with it."
        )
    }
}

/// Who is to read it.
struct NewShare: APIType {
    var email: String

    static var constraints: [Constraint<NewShare>] {
        [
            .length(\.email, "email", 3...254), .format(\.email, "email", .email),
            .describe("email", "Of an account here."), .example("email", "anna@example.org"),
        ]
    }
}

struct ShareView: APIType {
    var memberID: String
    var name: String
    var email: String
    var createdAt: Date

    enum CodingKeys: String, CodingKey {
        case name, email
        case memberID = "member_id"
        case createdAt = "created_at"
    }

    init(_ share: Share) {
        (memberID, name, email, createdAt) = (share.member.description, share.name, share.address, share.createdAt)
    }

    static var schemaName: String { "Share" }
}

struct ShareList: APIType {
    var data: [ShareView]
}
