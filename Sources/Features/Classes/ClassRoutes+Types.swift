import Accounts
import Ambient
import FoundationEssentials
import HTTPServing
import Sharing

/// `POST /classes`
struct NewClass: APIType {
    var name: String
    var about: String?

    static var constraints: [Constraint<NewClass>] {
        [
            .length(\.name, "name", 1...80), .notBlank(\.name, "name"), .length(\.about, "about", 0...2000),
            .example("name", "Biology 10b"),
        ]
    }
}

/// `PATCH /classes/:id`; what is left out stays.
struct ClassChange: APIType {
    var name: String?
    var about: String?
    var isArchived: Bool?

    enum CodingKeys: String, CodingKey {
        case name, about
        case isArchived = "is_archived"
    }

    static var constraints: [Constraint<ClassChange>] {
        [.length(\.name, "name", 1...80), .length(\.about, "about", 0...2000)]
    }
}

/// A class as its teacher, or a student of it, sees it.
struct ClassView: APIType {
    struct Shared: APIType {
        var id: String
        var kind: SharedKind
        /// Of the document, the course or the quiz.
        var thingID: String
        var title: String
        var sharedAt: Date

        enum CodingKeys: String, CodingKey {
            case id, kind, title
            case thingID = "thing_id"
            case sharedAt = "shared_at"
        }

        static var schemaName: String { "ClassShare" }
    }

    var id: String
    var name: String
    var about: String
    var teacher: String
    var isTeacher: Bool
    var isArchived: Bool
    var memberCount: Int?
    var code: String?
    var joinedAt: Date?
    var createdAt: Date
    var shares: [Shared]?

    enum CodingKeys: String, CodingKey {
        case id, name, about, teacher, code, shares
        case isTeacher = "is_teacher"
        case isArchived = "is_archived"
        case memberCount = "member_count"
        case joinedAt = "joined_at"
        case createdAt = "created_at"
    }

    init(_ view: ClassService.View, withShares: Bool = false) {
        let classroom = view.classroom
        (id, name, about) = (classroom.id.description, classroom.name, classroom.about)
        (teacher, isTeacher, isArchived) = (view.teacher, view.isTeacher, classroom.isArchived)
        (memberCount, joinedAt, createdAt) = (view.memberCount, view.joinedAt, classroom.createdAt)
        code = view.isTeacher ? classroom.code.map(ClassCode.shown) : nil
        guard withShares else { return }
        shares = view.shares.map { share, title in
            Shared(
                id: share.id.description, kind: share.kind, thingID: ClassShareID(share.thing).description, title: title,
                sharedAt: share.sharedAt)
        }
    }

    static var schemaName: String { "Class" }

    static var constraints: [Constraint<ClassView>] {
        [
            .describe("teacher", "How the teacher is called."), .describe("is_teacher", "The class is yours."),
            .describe("member_count", "How many students it has; for its teacher."),
            .describe("code", "By which students join; for its teacher, where there is one."),
            .describe("joined_at", "Since when you take part."), .describe("shares", "Left out of lists."),
        ]
    }
}

struct ClassList: APIType {
    var data: [ClassView]
}

struct ClassMemberView: APIType {
    var id: String
    var name: String
    var joinedAt: Date

    enum CodingKeys: String, CodingKey {
        case id, name
        case joinedAt = "joined_at"
    }

    init(_ member: ClassMember) { (id, name, joinedAt) = (member.id.description, member.name, member.joinedAt) }

    static var schemaName: String { "ClassMember" }
}

struct ClassMemberList: APIType {
    var data: [ClassMemberView]
}

/// `POST /classes/look`, `POST /classes/join`: one of the two.
struct ClassKeyRequest: APIType {
    var token: String?
    var code: String?

    static var constraints: [Constraint<ClassKeyRequest>] {
        [
            .length(\.token, "token", 1...512), .writeOnly("token"), .length(\.code, "code", 1...40),
            .describe("token", "What stands behind `#token=` in the link."),
            .describe("code", "In any case, with or without the dash."),
        ]
    }

    func key() throws(ClassesFailure) -> ClassKey {
        if let token { return .token(token) }
        guard let code else { throw .invalid("code", "is required where there is no token") }
        return .code(code)
    }
}

/// A class as who may join it sees it.
struct ShownClassView: APIType {
    var id: String
    var name: String
    var about: String
    var teacher: String
    var isTeacher: Bool
    var isMember: Bool

    enum CodingKeys: String, CodingKey {
        case id, name, about, teacher
        case isTeacher = "is_teacher"
        case isMember = "is_member"
    }

    init(_ view: ClassService.View) {
        (id, name, about) = (view.classroom.id.description, view.classroom.name, view.classroom.about)
        (teacher, isTeacher, isMember) = (view.teacher, view.isTeacher, view.joinedAt != nil)
    }

    static var schemaName: String { "ShownClass" }
}

/// `POST /classes/:id/invitations`
struct NewClassInvitation: APIType {
    var email: String?
    var uses: Int?
    var days: Int?

    static var constraints: [Constraint<NewClassInvitation>] {
        [
            .length(\.email, "email", 3...254), .format(\.email, "email", .email), .range(\.uses, "uses", 1...500),
            .range(\.days, "days", 1...90), .describe("email", "Whom the link is mailed to, for one student."),
            .describe("uses", "For how many students the link is good; 40 if it is left out."),
            .describe("days", "For how many days it is good; 14 if it is left out."),
        ]
    }
}

struct ClassInvitationView: APIType {
    var id: String
    var email: String?
    var maxUses: Int
    var uses: Int
    var state: Invitation.State
    var createdAt: Date
    var expiresAt: Date

    enum CodingKeys: String, CodingKey {
        case id, email, uses, state
        case maxUses = "max_uses"
        case createdAt = "created_at"
        case expiresAt = "expires_at"
    }

    init(_ invitation: Invitation, _ state: Invitation.State) {
        (id, email, maxUses, uses) = (invitation.id.description, invitation.email, invitation.maxUses, invitation.uses)
        (self.state, createdAt, expiresAt) = (state, invitation.createdAt, invitation.expiresAt)
    }

    static var schemaName: String { "ClassInvitation" }
}

struct ClassInvitationList: APIType {
    var data: [ClassInvitationView]
    /// Whether a link can be mailed.
    var mailsInvitations: Bool

    enum CodingKeys: String, CodingKey {
        case data
        case mailsInvitations = "mails_invitations"
    }
}

/// An invitation that was just made, with its link unless that is mailed.
struct MadeClassInvitationView: APIType {
    var invitation: ClassInvitationView
    var token: String?
    /// The app's page with the token, from the app's own address on.
    var page: String?

    static var schemaName: String { "MadeClassInvitation" }
}

/// `POST /classes/:id/shares`
struct NewClassShare: APIType {
    var kind: SharedKind
    var id: String

    static var constraints: [Constraint<NewClassShare>] {
        [.length(\.id, "id", 1...64), .describe("id", "Of a document, a course or a quiz of yours.")]
    }
}
