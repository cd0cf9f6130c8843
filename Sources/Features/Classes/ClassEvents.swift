import Ambient
import Database
import Events
import HTTPServing
import Sharing

/// What classes tell: who comes and goes is stored, that something is to be read anew is not.
struct ClassEvents: Sendable {
    struct Joined: APIType {
        var classID: String
        var name: String

        enum CodingKeys: String, CodingKey {
            case name
            case classID = "class_id"
        }

        static var schemaName: String { "JoinedClass" }
    }

    struct Left: APIType {
        var classID: String
        var by: Ending

        enum CodingKeys: String, CodingKey {
            case by
            case classID = "class_id"
        }

        static var schemaName: String { "LeftClass" }
    }

    /// Whose doing it was that somebody takes part no more.
    enum Ending: String, Codable, Sendable, CaseIterable {
        case student, teacher
    }

    struct Changed: APIType {
        var id: String

        static var schemaName: String { "ChangedClass" }
    }

    static let joined = EventKind("class.joined", "You take part in a class.", payload: Joined.self, isSecurity: true)
    static let left = EventKind("class.left", "You take part in a class no more.", payload: Left.self, isSecurity: true)
    static let changed = EventKind(
        "class.changed", "A class that you have, or take part in, is to be read anew.", payload: Changed.self, isStored: false)
    static let all = [joined, left, changed]

    let outbox: EventOutbox
    let bus: EventBus

    func appendJoined(_ classroom: Classroom, _ student: UserID, in transaction: any Transaction) async throws {
        try await outbox.append(
            EventDraft(
                type: Self.joined.name, userID: student,
                payload: Joined(classID: classroom.id.description, name: classroom.name)), in: transaction)
    }

    func appendLeft(_ id: ClassID, _ student: UserID, by ending: Ending, in transaction: any Transaction) async throws {
        try await Self.appendLeft(id, student, by: ending, to: outbox, in: transaction)
    }

    static func appendLeft(
        _ id: ClassID, _ student: UserID, by ending: Ending, to outbox: EventOutbox, in transaction: any Transaction
    ) async throws {
        try await outbox.append(
            EventDraft(type: left.name, userID: student, payload: Left(classID: id.description, by: ending)), in: transaction)
    }

    /// Tells people, once the transaction is committed, to read a class anew.
    func tell(_ people: [UserID], of id: ClassID, in transaction: any Transaction) {
        transaction.afterCommit { [bus] in
            for person in Set(people).sorted() { bus.publish(PassingNote(Self.changed.name, user: person, ["id": .id(id)])) }
        }
    }
}
