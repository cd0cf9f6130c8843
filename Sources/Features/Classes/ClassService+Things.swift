import Ambient
import Database
import FoundationEssentials
import Sharing

/// What a teacher shares with a class, and what comes of the quizzes among it.
extension ClassService {
    /// Shares a document, a course or a quiz of the teacher's own: with who takes part now, and with who joins later.
    func share(_ kind: SharedKind, _ thing: UUID, with id: ClassID, teacher: UserID) async throws -> View {
        try await database.transaction(as: .system) { transaction in
            try await share(kind, thing, with: id, teacher: teacher, in: transaction)
            return try await view(id, user: teacher, in: transaction)
        }
    }

    func share(
        _ kind: SharedKind, _ thing: UUID, with id: ClassID, teacher: UserID, in transaction: any Transaction
    ) async throws {
        let classroom = try await owned(id, teacher, locking: true, in: transaction)
        if classroom.isArchived { throw ClassesFailure.isArchived }
        guard let sharing = things[kind], try await sharing.title(thing, teacher, transaction) != nil else {
            throw ClassesFailure.noThing
        }
        guard try await store.shares(of: id, in: transaction).count < Self.mostShares else { throw ClassesFailure.tooMuch }
        let share = ClassShare(id: ambient.newID(), kind: kind, thing: thing, sharedAt: ambient.now())
        if try await store.add(share, to: id, teacher: teacher, in: transaction) {
            let members = try await store.members(of: id, in: transaction).map(\.id)
            try await sharing.begin(.init(thing: thing, group: id, owner: teacher, members: members, isNews: true), transaction)
            try await tellAll(classroom, in: transaction)
        }
    }

    /// Ends it for the whole class, at once.
    func unshare(_ share: ClassShareID, from id: ClassID, teacher: UserID) async throws {
        try await database.transaction(as: .system) { transaction in
            let classroom = try await owned(id, teacher, locking: true, in: transaction)
            guard let found = try await store.shares(of: id, in: transaction).first(where: { $0.id == share }) else {
                throw ClassesFailure.noShare
            }
            try await store.remove(share, from: id, in: transaction)
            try await things[found.kind]?.end(.init(thing: found.thing, group: id), true, transaction)
            try await tellAll(classroom, in: transaction)
        }
    }

    // MARK: - Results

    /// What came of one quiz for the whole class.
    struct QuizResults: Sendable {
        let quiz: UUID
        let title: String
        /// The earliest first.
        let handedIn: [ClassResults.HandedIn]
        var questions: [(id: UUID, text: String)] = []
    }

    /// What the students handed in of the quizzes that are shared with the class: since they joined, and since it is shared.
    func results(
        of id: ClassID, teacher: UserID
    ) async throws -> (members: [ClassMember], quizzes: [QuizResults]) {
        try await database.read(as: .system) { transaction in
            let classroom = try await owned(id, teacher, in: transaction)
            let members = try await store.members(of: id, in: transaction)
            var quizzes: [QuizResults] = []
            for (share, title) in try await titled(classroom, in: transaction) where share.kind == .quiz {
                quizzes.append(
                    QuizResults(
                        quiz: share.thing, title: title,
                        handedIn: try await handedIn(share, members, teacher: teacher, in: transaction)))
            }
            return (members, quizzes)
        }
    }

    /// The same of one quiz, with what it asks.
    func results(
        of quiz: UUID, in id: ClassID, teacher: UserID
    ) async throws -> (members: [ClassMember], results: QuizResults) {
        try await database.read(as: .system) { transaction in
            let classroom = try await owned(id, teacher, in: transaction)
            guard
                let (share, title) = try await titled(classroom, in: transaction).first(where: {
                    $0.share.kind == .quiz && $0.share.thing == quiz
                })
            else { throw ClassesFailure.noQuiz }
            let members = try await store.members(of: id, in: transaction)
            return (
                members,
                QuizResults(
                    quiz: quiz, title: title, handedIn: try await handedIn(share, members, teacher: teacher, in: transaction),
                    questions: try await results.questions(quiz, teacher, transaction))
            )
        }
    }

    private func handedIn(
        _ share: ClassShare, _ members: [ClassMember], teacher: UserID, in transaction: any Transaction
    ) async throws -> [ClassResults.HandedIn] {
        let since = Dictionary(members.map { ($0.id, max($0.joinedAt, share.sharedAt)) }) { first, _ in first }
        return try await results.handedIn(share.thing, teacher, since, transaction)
    }
}
