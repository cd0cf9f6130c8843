import Accounts
import Ambient
import Failures
import HTTPServing
import Sharing

/// Classes over HTTP: what a teacher does with them, and a student.
struct ClassRoutes: RouteCollection {
    private let service: ClassService

    init(service: ClassService) { self.service = service }

    static let tag = "Classes"

    /// What one agrees to, and what others agreed to show, is no program's: no token opens a class.
    var routes: [Route] { (looking + teaching + inviting + joining + sharing + results).map { $0.needingSignIn() } }

    private var looking: [Route] {
        [
            .get("/classes", "List the classes that you have or take part in", tag: Self.tag, returns: ClassList.self) {
                [service] call in
                ClassList(data: try await service.list(of: try call.user()).map { ClassView($0) })
            },
            .get(
                "/classes/:id", "Show a class with what is shared with it", tag: Self.tag, returns: ClassView.self,
                failures: [.notFound]
            ) { [service] call in
                ClassView(try await service.show(try call.parameter("id"), user: try call.user()), withShares: true)
            },
        ]
    }

    private var teaching: [Route] {
        [
            .post(
                "/classes", "Make a class", tag: Self.tag, access: .teacher, body: NewClass.self, returns: ClassView.self,
                status: 201, failures: [.conflict]
            ) { [service] call, body in
                let made = try await service.create(body.name, about: body.about ?? "", teacher: try call.user())
                call.addHeader("Location", "/api/v1/classes/\(made.classroom.id)")
                return ClassView(made, withShares: true)
            },
            .patch(
                "/classes/:id", "Change a class, or archive it", tag: Self.tag, body: ClassChange.self, returns: ClassView.self,
                failures: [.notFound, .forbidden]
            ) { [service] call, body in
                ClassView(
                    try await service.change(
                        try call.parameter("id"), .init(name: body.name, about: body.about, isArchived: body.isArchived),
                        teacher: try call.user()), withShares: true)
            }.described("Nobody joins a class that is archived. What is shared with it stays shared until that ends."),
            .delete(
                "/classes/:id", "Delete a class", tag: Self.tag, failures: [.notFound, .forbidden]
            ) { [service] call in
                try await service.delete(try call.parameter("id"), teacher: try call.user())
            }.described("Its students lose at once what was shared with it, and keep what is theirs."),
            .get(
                "/classes/:id/members", "List the students of your class", tag: Self.tag, returns: ClassMemberList.self,
                failures: [.notFound, .forbidden]
            ) { [service] call in
                ClassMemberList(
                    data: try await service.members(of: try call.parameter("id"), teacher: try call.user())
                        .map(ClassMemberView.init))
            },
        ]
    }

    private var inviting: [Route] {
        [
            .post(
                "/classes/:id/code", "Give your class a new code to join by", tag: Self.tag, access: .teacher,
                returns: ClassView.self, failures: [.notFound, .conflict]
            ) { [service] call in
                ClassView(
                    try await service.setCode(true, of: try call.parameter("id"), teacher: try call.user()), withShares: true)
            }.described("The one that it had is good for nothing any more."),
            .delete(
                "/classes/:id/code", "Take the code of your class away", tag: Self.tag, access: .teacher, failures: [.notFound]
            ) { [service] call in
                _ = try await service.setCode(false, of: try call.parameter("id"), teacher: try call.user())
            },
            .get(
                "/classes/:id/invitations", "List the invitations to your class", tag: Self.tag, access: .teacher,
                returns: ClassInvitationList.self, failures: [.notFound]
            ) { [service] call in
                ClassInvitationList(
                    data: try await service.invitations(to: try call.parameter("id"), teacher: try call.user())
                        .map(ClassInvitationView.init), mailsInvitations: service.mailsInvitations)
            },
            .post(
                "/classes/:id/invitations", "Invite students to your class", tag: Self.tag, access: .teacher,
                body: NewClassInvitation.self, returns: MadeClassInvitationView.self, status: 201,
                failures: [.notFound, .conflict, .rateLimited], limit: .registration
            ) { [service] call, body in
                let (invitation, token) = try await service.invite(
                    to: try call.parameter("id"), email: body.email, uses: body.uses ?? 40, days: body.days ?? 14,
                    teacher: try call.user())
                return MadeClassInvitationView(
                    invitation: ClassInvitationView(invitation, token == nil ? .pending : .open), token: token,
                    page: token.map { "join#token=\($0)" })
            }.described(
                "The link is told this once; with an `email` it is mailed there, for one student. Who has no account may make one by it, "
                    + "unless registration is closed."),
            .delete(
                "/classes/:id/invitations/:invitation", "Take an invitation to your class back", tag: Self.tag, access: .teacher,
                failures: [.notFound]
            ) { [service] call in
                try await service.revoke(
                    try call.parameter("invitation"), to: try call.parameter("id"), teacher: try call.user())
            },
        ]
    }

    private var joining: [Route] {
        [
            .post(
                "/classes/look", "Look at a class before you join it", tag: Self.tag, body: ClassKeyRequest.self,
                returns: ShownClassView.self, failures: [.forbidden, .conflict, .rateLimited], limit: .registration
            ) { [service] call, body in
                ShownClassView(try await service.look(try body.key(), user: try call.user()))
            },
            .post(
                "/classes/join", "Join a class", tag: Self.tag, body: ClassKeyRequest.self, returns: ClassView.self, status: 201,
                failures: [.forbidden, .conflict, .rateLimited], limit: .registration
            ) { [service] call, body in
                ClassView(try await service.join(try body.key(), user: try call.user()), withShares: true)
            }.described(
                "By this you agree that the teacher sees your name and, of quizzes that are shared with the class, what you hand in: when, how "
                    + "many points, and which questions were right. Not what you wrote, and nothing else."),
            .delete(
                "/classes/:id/members/:member_id", "Leave a class, or let a student of yours go", tag: Self.tag,
                failures: [.notFound, .forbidden]
            ) { [service] call in
                let (user, name) = (try call.user(), try call.parameter("member_id", as: String.self))
                guard let member = name == "me" ? user : UserID(name) else { throw ClassesFailure.noMember }
                try await service.remove(member, from: try call.parameter("id"), by: user)
            }.described("It ends at once. `me` stands for yourself."),
        ]
    }

    private var sharing: [Route] {
        [
            .post(
                "/classes/:id/shares", "Share a document, a course or a quiz with your class", tag: Self.tag, access: .teacher,
                body: NewClassShare.self, returns: ClassView.self, status: 201, failures: [.notFound, .conflict]
            ) { [service] call, body in
                guard let thing = ClassShareID(body.id) else { throw ClassesFailure.noThing }
                return ClassView(
                    try await service.share(body.kind, thing.uuid, with: try call.parameter("id"), teacher: try call.user()),
                    withShares: true)
            }.described("With who takes part now, and with who joins later. Of quizzes you see what they hand in from then on."),
            .delete(
                "/classes/:id/shares/:share", "End what you share with your class", tag: Self.tag, access: .teacher,
                failures: [.notFound]
            ) { [service] call in
                try await service.unshare(
                    try call.parameter("share"), from: try call.parameter("id"), teacher: try call.user())
            },
        ]
    }

    private var results: [Route] {
        [
            .get(
                "/classes/:id/results", "See what your class handed in", tag: Self.tag, access: .teacher,
                returns: ClassResultsView.self, failures: [.notFound]
            ) { [service] call in
                let (members, quizzes) = try await service.results(of: try call.parameter("id"), teacher: try call.user())
                return ClassResultsView(members, quizzes)
            }.described("Of the quizzes that are shared with it, since they are and since each student joined."),
            .get(
                "/classes/:id/results/:quiz", "See what your class handed in of one quiz", tag: Self.tag, access: .teacher,
                returns: ClassQuizResultsView.self, failures: [.notFound]
            ) { [service] call in
                let quiz: ClassShareID = try call.parameter("quiz")
                let (members, results) = try await service.results(
                    of: quiz.uuid, in: try call.parameter("id"), teacher: try call.user())
                return ClassQuizResultsView(members, results)
            },
        ]
    }
}
