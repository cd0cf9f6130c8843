import Accounts
import Ambient
import Database
import Events
import Failures
import FoundationEssentials
import Jobs
import Sharing
import Telemetry
import TypedText

/// What teachers do with their classes, and students with those that they take part in.
///
/// Its transactions are the system's, since they are about two people; each begins with `owned` or `seen`, which ask whose the class is.
struct ClassService: Sendable {
    static let mostClasses = 100
    static let mostMembers = 500
    static let mostShares = 200

    let database: any Database
    let jobs: JobQueue
    let events: ClassEvents
    /// How things of each kind are shared.
    let things: [SharedKind: ClassSharing]
    let results: ClassResults
    /// nil where no mail can be sent.
    let letters: ClassLetters?
    let ambient: Ambient
    let logger: Logger
    let store = ClassStore()
    let people = PeopleDirectory()
    let invitations = InvitationDesk()

    /// A class as one person sees it.
    struct View: Sendable {
        let classroom: Classroom
        let teacher: String
        let isTeacher: Bool
        /// How many students it has; nil for students.
        let memberCount: Int?
        /// When the student joined; nil for the teacher.
        let joinedAt: Date?
        var shares: [(share: ClassShare, title: String)] = []
    }

    // MARK: - Whose it is

    /// A class of the teacher's own. Who takes part in it is told that it is another's, everybody else that there is none.
    func owned(
        _ id: ClassID, _ teacher: UserID, locking: Bool = false, in transaction: any Transaction
    ) async throws -> Classroom {
        let found = try await store.find(id, locking: locking, in: transaction)
        if let found, found.teacher == teacher { return found }
        throw try await store.joinedAt(teacher, of: id, in: transaction) == nil ? ClassesFailure.noClass : ClassesFailure.notYours
    }

    // MARK: - Looking

    /// The classes that somebody has, then those that they take part in.
    func list(of user: UserID) async throws -> [View] {
        try await database.read(as: .system) { transaction in
            let (taught, joined) = (
                try await store.taught(by: user, in: transaction), try await store.joined(by: user, in: transaction)
            )
            let counts = try await store.counts(of: taught.map(\.id), in: transaction)
            let names = try await people.names(of: Set((taught + joined).map(\.teacher)), in: transaction)
            var views = taught.map {
                View(
                    classroom: $0, teacher: names[user] ?? "", isTeacher: true, memberCount: counts[$0.id] ?? 0, joinedAt: nil)
            }
            for classroom in joined {
                views.append(
                    View(
                        classroom: classroom, teacher: names[classroom.teacher] ?? "", isTeacher: false, memberCount: nil,
                        joinedAt: try await store.joinedAt(user, of: classroom.id, in: transaction)))
            }
            return views
        }
    }

    /// A class with what is shared with it, for its teacher and its students.
    func show(_ id: ClassID, user: UserID) async throws -> View {
        try await database.read(as: .system) { try await view(id, user: user, in: $0) }
    }

    func view(_ id: ClassID, user: UserID, in transaction: any Transaction) async throws -> View {
        guard let classroom = try await store.find(id, in: transaction) else { throw ClassesFailure.noClass }
        let (isTeacher, joined) = (classroom.teacher == user, try await store.joinedAt(user, of: id, in: transaction))
        guard isTeacher || joined != nil else { throw ClassesFailure.noClass }
        let names = try await people.names(of: [classroom.teacher], in: transaction)
        return View(
            classroom: classroom, teacher: names[classroom.teacher] ?? "",
            isTeacher: isTeacher, memberCount: isTeacher ? try await store.counts(of: [id], in: transaction)[id] ?? 0 : nil,
            joinedAt: isTeacher ? nil : joined, shares: try await titled(classroom, in: transaction))
    }

    /// What is shared with a class, by its titles; what was deleted since is left out.
    func titled(_ classroom: Classroom, in transaction: any Transaction) async throws -> [(share: ClassShare, title: String)] {
        var found: [(share: ClassShare, title: String)] = []
        for share in try await store.shares(of: classroom.id, in: transaction) {
            let title = try await things[share.kind]?.title(share.thing, classroom.teacher, transaction)
            if let title { found.append((share, title)) }
        }
        return found
    }

    // MARK: - The teacher's own

    func create(_ name: String, about: String, teacher: UserID) async throws -> View {
        try await database.transaction(as: .system) { transaction in
            let id = try await create(name, about: about, teacher: teacher, in: transaction)
            return try await view(id, user: teacher, in: transaction)
        }
    }

    func create(_ name: String, about: String, teacher: UserID, in transaction: any Transaction) async throws -> ClassID {
        let now = ambient.now()
        let classroom = Classroom(
            id: ambient.newID(), teacher: teacher, name: try Self.cleaned(name), about: about.trimmed, code: nil,
            isArchived: false, createdAt: now, updatedAt: now)
        guard try await store.taught(by: teacher, in: transaction).count < Self.mostClasses else { throw ClassesFailure.tooMany }
        try await store.insert(classroom, in: transaction)
        events.tell([teacher], of: classroom.id, in: transaction)
        return classroom.id
    }

    /// What changes about a class; nil leaves it.
    struct Change: Sendable {
        var name: String?
        var about: String?
        var isArchived: Bool?

        init(name: String? = nil, about: String? = nil, isArchived: Bool? = nil) {
            (self.name, self.about, self.isArchived) = (name, about, isArchived)
        }
    }

    func change(_ id: ClassID, _ change: Change, teacher: UserID) async throws -> View {
        let name = try change.name.map(Self.cleaned)
        return try await database.transaction(as: .system) { transaction in
            var classroom = try await owned(id, teacher, locking: true, in: transaction)
            if let name { classroom.name = name }
            if let about = change.about { classroom.about = about.trimmed }
            if let isArchived = change.isArchived { classroom.isArchived = isArchived }
            classroom.updatedAt = ambient.now()
            try await store.update(classroom, in: transaction)
            try await tellAll(classroom, in: transaction)
            return try await view(id, user: teacher, in: transaction)
        }
    }

    /// Removes a class: its students lose at once what was shared with it, and keep what is theirs.
    func delete(_ id: ClassID, teacher: UserID) async throws {
        try await database.transaction(as: .system) { transaction in
            let classroom = try await owned(id, teacher, locking: true, in: transaction)
            try await tellAll(classroom, in: transaction)
            for member in try await store.members(of: id, in: transaction) {
                try await events.appendLeft(id, member.id, by: .teacher, in: transaction)
            }
            for sharing in things.values { try await sharing.end(.init(group: id), false, transaction) }
            try await invitations.removeAll(to: id.uuid, in: transaction)
            try await store.delete(id, teacher: teacher, in: transaction)
        }
    }

    /// Gives the class a code by which students join, in place of the one that it had; or takes it away.
    func setCode(_ isWanted: Bool, of id: ClassID, teacher: UserID) async throws -> View {
        for _ in 0..<5 {
            do {
                return try await database.transaction(as: .system) { transaction in
                    var classroom = try await owned(id, teacher, locking: true, in: transaction)
                    if isWanted, classroom.isArchived { throw ClassesFailure.isArchived }
                    classroom.code = isWanted ? ClassCode.make() : nil
                    classroom.updatedAt = ambient.now()
                    try await store.update(classroom, in: transaction)
                    return try await view(id, user: teacher, in: transaction)
                }
            } catch let failure as DatabaseFailure where failure.kind == .unique {
                // Another class has it: the next is another.
            }
        }
        throw ClassesFailure(.unavailable, "No code could be made; try again.")
    }

    func tellAll(_ classroom: Classroom, in transaction: any Transaction) async throws {
        let members = try await store.members(of: classroom.id, in: transaction).map(\.id)
        events.tell(members + [classroom.teacher], of: classroom.id, in: transaction)
    }

    private static func cleaned(_ name: String) throws(ClassesFailure) -> String {
        let cleaned = name.oneLine
        guard (1...80).contains(cleaned.count) else { throw .invalid("name", "must have from 1 to 80 characters") }
        return cleaned
    }
}
