import Accounts
package import Ambient
package import Database
package import FoundationEssentials
package import Sharing

/// What other features do with classes, in their own transactions of the system.
package struct ClassDesk: Sendable {
    let service: ClassService

    /// Makes a class of a teacher's.
    package func make(_ name: String, teacher: UserID, in transaction: any Transaction) async throws -> ClassID {
        let line = String(name.map { $0.isNewline ? " " : $0 })
        return try await service.create(String(line.prefix(80)), about: "", teacher: teacher, in: transaction)
    }

    /// Shares a document, a course or a quiz of the teacher's own with a class of theirs; what is shared already stays as it is.
    package func share(
        _ kind: SharedKind, _ thing: UUID, with id: ClassID, teacher: UserID, in transaction: any Transaction
    ) async throws {
        try await service.share(kind, thing, with: id, teacher: teacher, in: transaction)
    }

    /// What a thing is called, if it is the owner's own.
    package func title(
        of kind: SharedKind, _ thing: UUID, owner: UserID, in transaction: any Transaction
    ) async throws -> String? {
        try await service.things[kind]?.title(thing, owner, transaction)
    }

    /// A class as who may join it sees it; nil where there is none, or it takes nobody any more.
    package func show(
        _ id: ClassID, to user: UserID, in transaction: any Transaction
    ) async throws -> (name: String, teacher: String, isMember: Bool, isTeacher: Bool)? {
        guard let classroom = try await service.store.find(id, in: transaction) else { return nil }
        let isMember = try await service.store.joinedAt(user, of: id, in: transaction) != nil
        let isTeacher = classroom.teacher == user
        guard isMember || isTeacher || !classroom.isArchived else { return nil }
        let names = try await service.people.names(of: [classroom.teacher], in: transaction)
        return (classroom.name, names[classroom.teacher] ?? "", isMember, isTeacher)
    }

    /// Takes part in a class: what joining means was agreed to before.
    package func join(_ id: ClassID, user: UserID, in transaction: any Transaction) async throws {
        try await service.join(id, user: user, in: transaction)
    }
}
