import Accounts
import Ambient
import Database
import FoundationEssentials
import Jobs
import Sharing
import Telemetry

/// By what a student joins.
enum ClassKey: Sendable, Hashable {
    /// What stands in a link.
    case token(String)
    case code(String)
}

/// Coming into a class, and leaving it.
extension ClassService {
    /// What who would join is told before: whose class it is, and whether they take part already.
    func look(_ key: ClassKey, user: UserID) async throws -> View {
        try await database.read(as: .system) { transaction in
            let classroom = try await classroom(of: key, in: transaction)
            return View(
                classroom: classroom,
                teacher: try await people.names(of: [classroom.teacher], in: transaction)[classroom.teacher] ?? "",
                isTeacher: classroom.teacher == user, memberCount: nil,
                joinedAt: try await store.joinedAt(user, of: classroom.id, in: transaction))
        }
    }

    /// Takes part in a class, and gets at once what is shared with it. Who takes part already stays, and uses nothing up.
    func join(_ key: ClassKey, user: UserID) async throws -> View {
        try await database.transaction(as: .system) { transaction in
            let id = try await classroom(of: key, in: transaction).id
            try await join(id, user: user, in: transaction) { now in
                if case .token(let token) = key { _ = try await invitations.spend(token, at: now, in: transaction) }
            }
            return try await view(id, user: user, in: transaction)
        }
    }

    /// - Parameter spend: called before somebody who does not take part yet is let in.
    func join(
        _ id: ClassID, user: UserID, in transaction: any Transaction, spending spend: (Date) async throws -> Void = { _ in }
    ) async throws {
        // One after the other, so that what is shared meanwhile is not missed.
        guard let classroom = try await store.find(id, locking: true, in: transaction) else { throw ClassesFailure.noClass }
        if classroom.teacher == user { throw ClassesFailure.isTeacher }
        if classroom.isArchived { throw ClassesFailure.isOver }
        if try await store.joinedAt(user, of: id, in: transaction) != nil { return }
        guard try await store.counts(of: [id], in: transaction)[id] ?? 0 < Self.mostMembers else { throw ClassesFailure.isFull }
        let now = ambient.now()
        try await spend(now)
        guard try await store.add(user, to: id, at: now, in: transaction) else { return }
        for share in try await store.shares(of: id, in: transaction) {
            try await things[share.kind]?.begin(
                .init(thing: share.thing, group: id, owner: classroom.teacher, members: [user], isNews: false), transaction)
        }
        try await events.appendJoined(classroom, user, in: transaction)
        events.tell([user, classroom.teacher], of: id, in: transaction)
        transaction.afterCommit { [logger] in logger.notice("class joined", ["class": "\(id)", "user_id": "\(user)"]) }
    }

    private func classroom(of key: ClassKey, in transaction: any Transaction) async throws -> Classroom {
        switch key {
        case .code(let typed):
            guard let found = try await store.find(code: ClassCode.key(typed), in: transaction) else { throw ClassesFailure.noCode }
            if found.isArchived { throw ClassesFailure.isOver }
            return found
        case .token(let token):
            let invitation = try await invitations.look(token, at: ambient.now(), in: transaction)
            guard invitation.purpose == .class, let subject = invitation.subject,
                let found = try await store.find(ClassID(subject), in: transaction)
            else { throw ClassesFailure.noInvitation }
            if found.isArchived { throw ClassesFailure.isOver }
            return found
        }
    }

    /// By name; for the teacher alone.
    func members(of id: ClassID, teacher: UserID) async throws -> [ClassMember] {
        try await database.read(as: .system) { transaction in
            _ = try await owned(id, teacher, in: transaction)
            return try await store.members(of: id, in: transaction)
        }
    }

    /// Ends that somebody takes part: their own doing, or the teacher's. What is shared with the class is gone for them at once.
    func remove(_ student: UserID, from id: ClassID, by user: UserID) async throws {
        try await database.transaction(as: .system) { transaction in
            let isLeaving = student == user
            guard let classroom = try await store.find(id, locking: true, in: transaction) else { throw ClassesFailure.noClass }
            if !isLeaving { _ = try await owned(id, user, in: transaction) }
            guard try await store.remove(student, from: id, in: transaction) else {
                throw isLeaving && classroom.teacher != user ? ClassesFailure.noClass : ClassesFailure.noMember
            }
            for sharing in things.values { try await sharing.end(.init(group: id, member: student), false, transaction) }
            try await events.appendLeft(id, student, by: isLeaving ? .student : .teacher, in: transaction)
            events.tell([student, classroom.teacher], of: id, in: transaction)
        }
        logger.notice("class left", ["class": "\(id)", "user_id": "\(student)", "by": "\(user)"])
    }

    // MARK: - Invitations

    /// Whether the link of an invitation can be mailed.
    var mailsInvitations: Bool { letters != nil }

    /// Makes a link by which students join; with an address it is mailed there, for one of them.
    ///
    /// - Returns: the invitation, and the token of its link, which is shown this once.
    func invite(
        to id: ClassID, email: String?, uses: Int, days: Int, teacher: UserID
    ) async throws -> (invitation: Invitation, token: String?) {
        let now = ambient.now()
        let invitation = Invitation.toClass(
            ambient.newID(), id.uuid, by: teacher, email: email, uses: email == nil ? uses : 1, at: now,
            until: now.addingTimeInterval(Double(days) * 86_400))
        return try await database.transaction(as: .system) { transaction in
            let classroom = try await owned(id, teacher, locking: true, in: transaction)
            if classroom.isArchived { throw ClassesFailure.isArchived }
            if email != nil, letters == nil { throw ClassesFailure.noMail }
            let token = try await invitations.issue(invitation, in: transaction)
            if token == nil {
                _ = try await jobs.enqueue(ClassJobs.mail, .init(id: invitation.id), user: teacher, in: transaction)
            }
            return (invitation, token)
        }
    }

    /// The newest first.
    func invitations(
        to id: ClassID, teacher: UserID
    ) async throws -> [(invitation: Invitation, state: Invitation.State)] {
        try await database.read(as: .system) { transaction in
            _ = try await owned(id, teacher, in: transaction)
            let now = ambient.now()
            return try await invitations.list(.class, to: id.uuid, in: transaction).map { ($0, $0.state(at: now)) }
        }
    }

    func revoke(_ invitation: InvitationID, to id: ClassID, teacher: UserID) async throws {
        try await database.transaction(as: .system) { transaction in
            _ = try await owned(id, teacher, in: transaction)
            try await invitations.revoke(invitation, to: id.uuid, at: ambient.now(), in: transaction)
        }
    }

    /// Mails the link, which is made here: the queue holds none.
    func mail(_ id: InvitationID) async throws {
        guard let letters else { return }
        let now = ambient.now()
        let made = try await database.transaction(as: .system) {
            transaction -> (Invitation, token: String, Classroom, teacher: String)? in
            guard let made = try await invitations.makeLink(of: id, at: now, in: transaction),
                let subject = made.invitation.subject, let classroom = try await store.find(ClassID(subject), in: transaction),
                !classroom.isArchived
            else { return nil }
            let teacher = try await people.names(of: [classroom.teacher], in: transaction)[classroom.teacher] ?? ""
            return (made.invitation, made.token, classroom, teacher)
        }
        guard let (invitation, token, classroom, teacher) = made, let email = invitation.email else { return }
        let days = Int((invitation.expiresAt.timeIntervalSince(now) / 86_400).rounded(.up))
        try await letters.send(
            .init(token: token, classroom: classroom.name, teacher: teacher, days: days), "class-invitation/\(id)", email,
            classroom.teacher)
        logger.info("invitation to a class mailed", ["invitation": "\(id)"])
    }
}
