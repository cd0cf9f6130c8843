package import Ambient
package import Database
package import FoundationEssentials

package enum ClassKind {}
/// A class, for which things are there: a feature that knows of teachers and students keeps it.
package typealias ClassID = Identifier<ClassKind>

/// How things of one kind are shared with classes, whichever feature keeps them. For transactions of the system.
package struct ClassSharing: Sendable {
    /// A thing that is there for people through a class.
    package struct Beginning: Sendable {
        let thing: UUID
        let group: ClassID
        let owner: UserID
        let members: [UserID]
        /// Whether each of them is told what it is; who joins a class is not told of everything that is there already.
        let isNews: Bool

        package init(thing: UUID, group: ClassID, owner: UserID, members: [UserID], isNews: Bool) {
            (self.thing, self.group, self.owner, self.members, self.isNews) = (thing, group, owner, members, isNews)
        }
    }

    /// What ends: of a class all, or one thing, or one member.
    package struct Ending: Sendable {
        let thing: UUID?
        let group: ClassID
        let member: UserID?

        package init(thing: UUID? = nil, group: ClassID, member: UserID? = nil) {
            (self.thing, self.group, self.member) = (thing, group, member)
        }
    }

    package let kind: SharedKind
    /// What a thing is called, if it is the owner's own.
    package let title: @Sendable (UUID, _ owner: UserID, any Transaction) async throws -> String?
    package let begin: @Sendable (Beginning, any Transaction) async throws -> Void
    /// - Parameter isNews: whether who may not read a thing any more is told which.
    package let end: @Sendable (Ending, _ isNews: Bool, any Transaction) async throws -> Void
}

extension SharingService {
    /// The same things for classes. What somebody has by a share of their own stays when it ends through a class, and the other way round.
    package var ofClasses: ClassSharing {
        ClassSharing(
            kind: kind,
            title: { try await title(of: ID($0), owner: $1, in: $2) },
            begin: { try await begin($0, in: $1) },
            end: { try await end($0, isNews: $1, in: $2) })
    }
}
