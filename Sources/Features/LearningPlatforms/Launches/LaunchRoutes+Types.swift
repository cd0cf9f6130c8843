import Accounts
import Ambient
import FoundationEssentials
import HTTPServing
import Sharing

/// `POST /auth/lti-session`
struct LaunchSessionBody: APIType {
    /// What somebody who is not known yet wants.
    enum Account: String, Codable, Sendable, CaseIterable {
        case new, link
    }

    var state: String
    var account: Account?
    var secondFactor: String?
    var password: String?
    var code: String?

    enum CodingKeys: String, CodingKey {
        case state, account, password, code
        case secondFactor = "second_factor"
    }

    static var constraints: [Constraint<LaunchSessionBody>] {
        [
            .length(\.state, "state", 1...200), .writeOnly("state"), .length(\.secondFactor, "second_factor", 0...40),
            .writeOnly("second_factor"), .length(\.password, "password", 0...4096), .writeOnly("password"),
            .length(\.code, "code", 0...40), .writeOnly("code"),
            .describe("state", "What stands in the fragment of the page that the launch leads to."),
            .describe("account", "A new account, or the one that is signed in."),
            .describe("password", "Of the account that is signed in, to connect it."),
            .describe("second_factor", "A code of the authenticator app, or a recovery code."),
        ]
    }
}

/// What came of it: where the launch leads, or that nobody here is that account of the platform's.
struct LaunchSessionView: APIType {
    var launch: LaunchView?
    var unknown: UnknownVisitorView?
    var grant: GrantView?
    /// Why the launch leads nowhere, though they are signed in now.
    var problem: LearningPlatformsFailure.Reason?

    static var constraints: [Constraint<LaunchSessionView>] {
        [
            .describe("grant", "Where somebody is signed in by it now."),
            .describe("problem", "Why the launch leads nowhere, though they are signed in."),
        ]
    }

    static var schemaName: String { "LaunchSession" }
}

extension LearningPlatformsFailure.Reason: Codable {}

/// Somebody whom a platform knows, and nobody here.
struct UnknownVisitorView: APIType {
    var platform: String
    /// As the platform tells them.
    var email: String?
    var name: String?
    var mayRegister: Bool

    enum CodingKeys: String, CodingKey {
        case platform, email, name
        case mayRegister = "may_register"
    }

    init(_ unknown: LearningPlatformService.Unknown) {
        (platform, email, name, mayRegister) = (unknown.platform, unknown.email, unknown.name, unknown.mayRegister)
    }

    static var schemaName: String { "UnknownVisitor" }
}

/// Where a launch leads.
struct LaunchView: APIType {
    var id: LaunchID
    var step: LearningPlatformService.Step
    var platform: String
    var course: String?
    var page: String
    var className: String?
    var teacher: String?
    var title: String?
    var takesSeveral: Bool
    var isGraded: Bool

    enum CodingKeys: String, CodingKey {
        case id, step, platform, course, page, teacher, title
        case className = "class_name"
        case takesSeveral = "takes_several"
        case isGraded = "is_graded"
    }

    init(_ standing: LearningPlatformService.Standing) {
        (id, step, platform, course) = (standing.launch, standing.step, standing.platform, standing.course)
        (page, className, teacher, title) = (standing.page, standing.className, standing.teacher, standing.title)
        (takesSeveral, isGraded) = (standing.takesSeveral, standing.isGraded)
    }

    static var schemaName: String { "Launch" }

    static var constraints: [Constraint<LaunchView>] {
        [
            .describe("course", "What the course is called at the platform."),
            .describe("page", "The app's page that `open` leads to, and `join` once it is agreed to."),
            .describe("is_graded", "Whether points of what is linked go to the platform."),
        ]
    }
}

/// `POST /learning-platforms/launches/{id}/selection`
struct LaunchSelection: APIType {
    struct Item: APIType {
        var kind: SharedKind
        var id: String

        static var schemaName: String { "LaunchSelectionItem" }

        static var constraints: [Constraint<Item>] { [.format(\.id, "id", .uuid)] }
    }

    var items: [Item]

    static var constraints: [Constraint<LaunchSelection>] {
        [.count(\.items, "items", 1...LearningPlatformService.mostChosen), .each(\.items, "items")]
    }
}

/// How what was chosen goes back.
struct LaunchTicket: APIType {
    var ticket: String?

    static var constraints: [Constraint<LaunchTicket>] {
        [.describe("ticket", "For the form to `/auth/lti-return`; absent where the platform's own page goes on by itself.")]
    }
}

/// An account at a platform by which one comes in.
struct PlatformIdentityView: APIType {
    var id: String
    var platform: String
    var createdAt: Date
    var lastUsedAt: Date

    enum CodingKeys: String, CodingKey {
        case id, platform
        case createdAt = "created_at"
        case lastUsedAt = "last_used_at"
    }

    init(_ identity: PlatformIdentity) {
        (id, platform) = (identity.id.description, identity.platform)
        (createdAt, lastUsedAt) = (identity.createdAt, identity.lastUsedAt)
    }

    static var schemaName: String { "PlatformIdentity" }
}

/// The accounts at platforms by which one comes in.
struct PlatformIdentityList: APIType {
    var data: [PlatformIdentityView]
}
