package import Ambient
package import Database
package import FoundationEssentials
package import Sharing

/// What learning platforms ask of classes and quizzes: a port, since other features keep them. For transactions of the system.
package struct PlatformClasses: Sendable {
    /// A class as who would join it is told.
    package struct Shown: Sendable, Hashable {
        let name: String
        /// How its teacher is called.
        let teacher: String
        let isMember: Bool
        /// Whether it is their own.
        let isTeacher: Bool

        package init(name: String, teacher: String, isMember: Bool, isTeacher: Bool) {
            (self.name, self.teacher, self.isMember, self.isTeacher) = (name, teacher, isMember, isTeacher)
        }
    }

    /// What came of a quiz that was handed in.
    package struct HandedIn: Sendable, Hashable {
        let at: Date
        let score: Double
        let maximum: Double
        /// Whether nothing is left to be judged.
        let isDecided: Bool

        package init(at: Date, score: Double, maximum: Double, isDecided: Bool) {
            (self.at, self.score, self.maximum, self.isDecided) = (at, score, maximum, isDecided)
        }
    }

    let make: @Sendable (_ name: String, _ teacher: UserID, any Transaction) async throws -> ClassID
    /// Shares a thing of the teacher's with a class of theirs; what is shared already stays as it is.
    let share: @Sendable (SharedKind, UUID, ClassID, _ teacher: UserID, any Transaction) async throws -> Void
    /// What a thing is called, if it is the owner's own.
    let title: @Sendable (SharedKind, UUID, _ owner: UserID, any Transaction) async throws -> String?
    /// nil where there is no such class, or nobody joins it any more who has not.
    let show: @Sendable (ClassID, _ to: UserID, any Transaction) async throws -> Shown?
    let join: @Sendable (ClassID, UserID, any Transaction) async throws -> Void
    /// What a student handed in of a quiz of the owner's since a time, the earliest first.
    let handedIn:
        @Sendable (_ quiz: UUID, _ owner: UserID, _ student: UserID, _ since: Date, any Transaction) async throws -> [HandedIn]

    package init(
        make: @escaping @Sendable (String, UserID, any Transaction) async throws -> ClassID,
        share: @escaping @Sendable (SharedKind, UUID, ClassID, UserID, any Transaction) async throws -> Void,
        title: @escaping @Sendable (SharedKind, UUID, UserID, any Transaction) async throws -> String?,
        show: @escaping @Sendable (ClassID, UserID, any Transaction) async throws -> Shown?,
        join: @escaping @Sendable (ClassID, UserID, any Transaction) async throws -> Void,
        handedIn: @escaping @Sendable (UUID, UserID, UserID, Date, any Transaction) async throws -> [HandedIn]
    ) {
        (self.make, self.share, self.title) = (make, share, title)
        (self.show, self.join, self.handedIn) = (show, join, handedIn)
    }
}
