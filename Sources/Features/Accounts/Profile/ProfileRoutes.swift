import Ambient
import Failures
package import FoundationEssentials
import HTTPMessages
package import HTTPServing
package import JSON

/// `/users/:id`: a person as they say they are, what they have done here, and their end.
package struct ProfileRoutes: RouteCollection {
    private let service: AccountsService

    package init(service: AccountsService) { self.service = service }

    package var routes: [Route] {
        [
            .get("/users/:id", "Look at a profile", tag: "Accounts", returns: ProfileView.self, failures: [.notFound]) {
                [service] call in
                let (id, reader) = (try call.parameter("id", as: UserID.self), try call.user())
                let profile = try await service.profile(
                    of: id, for: reader, isAdministrator: call.principal?.isAdministrator ?? false)
                return ProfileView(profile, isOwn: id == reader)
            }.described("Your own; an administrator sees everybody's, without what is only theirs. Others are not there."),
            .patch(
                "/users/:id", "Change your profile", tag: "Accounts", body: ProfileRequest.self, returns: ProfileView.self,
                failures: [.notFound]
            ) { [service] call, input in
                let id = try Self.own(call)
                return ProfileView(
                    try await service.changeProfile(
                        of: id,
                        ProfileChange(
                            displayName: input.displayName, avatarColour: input.avatarColour, subjects: input.subjects,
                            preferences: input.preferences)), isOwn: true)
            }.described(
                "What is left out stays. `preferences` are merged as RFC 7396 says: null removes a field. They have at most 16 KiB."
            ),
            .raw(
                .delete, "/users/:id", "Remove an account and everything in it", tag: "Accounts",
                body: AccountDeletionRequest.self, status: 204, failures: [.notFound, .conflict, .rateLimited], limit: .login
            ) { [service] call in
                let id: UserID = try call.parameter("id")
                let asker = try call.user()
                guard id == asker || call.principal?.isAdministrator == true else { throw AccountsFailure.noSuchUser }
                let input = try await call.body(as: AccountDeletionRequest.self)
                try await service.delete(id, by: asker, call.shown(input.password, input.code))
                return HTTPResponse(status: 204)
            }.described("Your own, or as an administrator somebody's; with the password, and the code, of whoever asks."),
            .get(
                "/users/:id/stats", "Count what you have brought and learned", tag: "Accounts", returns: StudyStandingView.self,
                failures: [.notFound]
            ) { [service] call in StudyStandingView(try await service.figures(of: try Self.own(call))) },
        ]
    }

    /// Whoever asks, if it is they who are named.
    private static func own(_ call: Call) throws -> UserID {
        let asker = try call.user()
        guard try call.parameter("id", as: UserID.self) == asker else { throw AccountsFailure.noSuchUser }
        return asker
    }
}

/// `PATCH /users/:id`
struct ProfileRequest: APIType {
    var displayName: String?
    var avatarColour: AvatarColour?
    var subjects: [String]?
    var preferences: [String: JSONValue]?

    enum CodingKeys: String, CodingKey {
        case subjects, preferences
        case displayName = "display_name"
        case avatarColour = "avatar_colour"
    }

    static var constraints: [Constraint<ProfileRequest>] {
        [
            .length(\.displayName, "display_name", 1...80), .notBlank(\.displayName, "display_name"), .checked("display_name"),
            .count(\.subjects, "subjects", 0...100), .describe("subjects", "What you study, at most 20, in your own words."),
            .describe("preferences", "A merge patch (RFC 7396) of what programs keep of your choices."),
        ]
    }
}

/// A person as they say they are.
package struct ProfileView: APIType {
    package var id: String
    package var email: String
    package var displayName: String
    package var role: UserRole
    package var createdAt: Date
    package var avatarColour: AvatarColour?
    package var emailVerified: Bool
    package var hasSecondFactor: Bool
    /// Absent for others.
    package var subjects: [String]?
    package var preferences: [String: JSONValue]?

    init(_ profile: Profile, isOwn: Bool) {
        let user = profile.user
        (id, email, displayName, role) = (user.id.description, user.email, user.displayName, user.role)
        (createdAt, avatarColour, emailVerified) = (user.createdAt, user.avatarColour, user.isEmailVerified)
        hasSecondFactor = user.hasSecondFactor
        if isOwn { (subjects, preferences) = (profile.subjects, profile.preferences) }
    }

    package enum CodingKeys: String, CodingKey {
        case id, email, role, subjects, preferences
        case displayName = "display_name"
        case createdAt = "created_at"
        case avatarColour = "avatar_colour"
        case emailVerified = "email_verified"
        case hasSecondFactor = "has_second_factor"
    }
}

/// `GET /users/:id/stats`
struct StudyStandingView: APIType {
    var documents: Int
    var questionsAsked: Int
    var quizzes: Int
    var cards: Int
    var reviews: Int
    var studyMinutes: Int
    var streak: Int

    init(_ standing: StudyFigures.Standing) {
        let counts = standing.counts
        (documents, questionsAsked, quizzes) = (counts.documents, counts.questions, counts.quizzes)
        (cards, reviews, studyMinutes) = (counts.cards, counts.reviews, counts.duration / 60_000)
        streak = standing.streak
    }

    enum CodingKeys: String, CodingKey {
        case documents, quizzes, cards, reviews, streak
        case questionsAsked = "questions_asked"
        case studyMinutes = "study_minutes"
    }

    static var constraints: [Constraint<StudyStandingView>] {
        [
            .describe("quizzes", "Attempts at quizzes that were handed in."),
            .describe("reviews", "Answers to cards that were not taken back."),
            .describe("study_minutes", "Spent on answering cards and quizzes, at most four hours an attempt."),
            .describe("streak", "Days without a gap up to today, or to yesterday where today has nothing yet."),
        ]
    }
}
