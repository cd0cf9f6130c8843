import Ambient
import Failures
import FoundationEssentials
import HTTPMessages
package import HTTPServing
import Jobs

/// `/users/me/imports`: an archive of an account, from here or from elsewhere, into one's own.
package struct AccountImportRoutes: RouteCollection {
    private let imports: AccountImports

    init(imports: AccountImports) { self.imports = imports }

    package var routes: [Route] {
        [
            .raw(
                .post, "/users/me/imports", "Take an archive of an account in", tag: "Accounts", consumes: "application/zip",
                returns: AccountImportView.self, status: 202, bodyLimit: imports.limit,
                failures: [.badRequest, .conflict, .payloadTooLarge, .unprocessable, .insufficientStorage], limit: .upload
            ) { [imports] call in
                let made = try await imports.take(call.request.body, user: try call.user())
                return try .json(AccountImportView(made, nil), status: 202)
            }.described(
                "What `POST /users/me/export` gave, of this server or another. Everything gets names of its own here; what is here already is not added again. A job does it; its import tells how far it is, and at the end what came in and what did not and why."
            ),
            .get("/users/me/imports", "List archives that were taken in", tag: "Accounts", returns: AccountImportList.self) {
                [imports] call in
                AccountImportList(data: try await imports.list(of: try call.user()).map { AccountImportView($0, nil) })
            }.described("The last twenty."),
            .get(
                "/users/me/imports/:id", "Get how far an archive is taken in", tag: "Accounts", returns: AccountImportView.self,
                failures: [.notFound]
            ) { [imports] call in
                let (found, progress) = try await imports.find(try call.parameter("id"), user: try call.user())
                return AccountImportView(found, progress)
            },
        ]
    }
}

/// An archive that is taken in.
struct AccountImportView: APIType {
    struct Progress: APIType {
        var stage: String
        var done: Int
        var total: Int

        static var schemaName: String { "AccountImportProgress" }
    }

    /// What came of one kind of thing.
    struct Kind: APIType {
        /// The table's name.
        var name: String
        var feature: String
        /// Whether a person would count them.
        var isCounted: Bool
        var added: Int
        var known: Int
        /// How many did not come in, by why.
        var left: [String: Int]
        var examples: [String]

        enum CodingKeys: String, CodingKey {
            case name, feature, added, known, left, examples
            case isCounted = "counted"
        }

        static var schemaName: String { "AccountImportKind" }
    }

    var id: String
    var state: AccountImport.State
    var size: Int
    /// When the archive was made.
    var madeAt: Date?
    var progress: Progress?
    var problem: String?
    /// How many rows did not come in.
    var left: Int
    var kinds: [Kind]
    /// Files that were not there when the archive was made.
    var missing: [String]
    var createdAt: Date
    var finishedAt: Date?

    enum CodingKeys: String, CodingKey {
        case id, state, size, progress, problem, left, kinds, missing
        case madeAt = "made_at"
        case createdAt = "created_at"
        case finishedAt = "finished_at"
    }

    init(_ taken: AccountImport, _ progress: JobProgress?) {
        (id, state, size, madeAt) = (taken.id.description, taken.state, taken.size, taken.madeAt)
        self.progress = progress.map { Progress(stage: $0.stage, done: $0.done, total: $0.total) }
        (problem, left, missing) = (taken.problem, taken.report.left, taken.report.missing)
        kinds = taken.report.tables.map {
            Kind(
                name: $0.name, feature: $0.feature, isCounted: $0.isCounted, added: $0.added, known: $0.known, left: $0.left,
                examples: $0.examples)
        }
        (createdAt, finishedAt) = (taken.createdAt, taken.finishedAt)
    }
}

struct AccountImportList: APIType {
    var data: [AccountImportView]
}

extension AccountImport.State: APIType {
    package static var schemaName: String { "AccountImportState" }
}
