import Accounts
package import Ambient
package import Database
package import Events

/// Who may read what is somebody's own. A share lets read; whoever has one can change nothing, and cannot share on.
///
/// Its transactions are the system's, since they write for two people; every statement names the owner, or the member who leaves.
package struct SharingService<Thing: Shareable>: Sendable {
    package typealias ID = Identifier<Thing.Kind>

    /// How many people one thing may be shared with.
    private static var most: Int { 200 }

    private let database: any Database
    private let outbox: EventOutbox
    private let bus: EventBus
    private let ambient: Ambient
    private let thing: Thing
    private let store: ShareStore<Thing.Kind>
    private let people = PeopleDirectory()

    package init(_ thing: Thing, database: any Database, outbox: EventOutbox, bus: EventBus, ambient: Ambient = .live) {
        self.thing = thing
        self.database = database
        self.outbox = outbox
        self.bus = bus
        self.ambient = ambient
        store = ShareStore(thing.table)
    }

    /// Whom an owner lets read a thing, in the order in which they came.
    package func list(of id: ID, user: UserID) async throws -> [Share] {
        try await database.read(as: .system) { transaction in
            _ = try await title(of: id, user: user, in: transaction)
            return try await store.list(of: id, owner: user, in: transaction)
        }
    }

    /// Lets somebody read a thing; who may already stays.
    /// - Throws: `SharingFailure` if nobody has that address, or too many may read it; what the thing refuses with if it is not the user's.
    package func share(_ id: ID, with address: String, user: UserID) async throws -> Share {
        do {
            return try await database.transaction(as: .system) { transaction in
                // First of all: who has nothing to share learns of nobody.
                let title = try await title(of: id, user: user, in: transaction)
                guard let person = try await people.find(email: address, in: transaction) else {
                    throw SharingFailure.unknownPerson
                }
                if person.id == user { throw SharingFailure.yourself }
                let known = try await store.list(of: id, owner: user, in: transaction)
                if let share = known.first(where: { $0.member == person.id }) { return share }
                if known.count >= Self.most { throw SharingFailure.tooMany(Self.most) }
                let share = Share(member: person.id, name: person.displayName, address: person.email, createdAt: ambient.now())
                guard try await store.insert(share, of: id, owner: user, in: transaction) else { return share }
                let owner = try await people.names(of: [user], in: transaction)[user] ?? ""
                try await outbox.append(
                    EventDraft(
                        type: ShareEvents.began.name, userID: person.id,
                        payload: ShareEvents.Began(kind: thing.kind, id: id.description, title: title, owner: owner)),
                    in: transaction)
                ShareEvents.tell([user], through: bus, in: transaction)
                return share
            }
        } catch let failure as DatabaseFailure where failure.kind == .reference {
            // The thing, or the account, was removed meanwhile.
            throw SharingFailure.noShare
        }
    }

    /// Ends a share: the owner's doing, or the member's who leaves.
    package func end(_ id: ID, member: UserID, user: UserID) async throws {
        try await database.transaction(as: .system) { transaction in
            let isLeaving = member == user
            let isGone = try await store.remove(id, member: member, owner: isLeaving ? nil : user, in: transaction)
            let isGiven = try await store.isGivenByClass(id, to: member, in: transaction)
            guard isGone else {
                if isLeaving, isGiven { throw SharingFailure.ofClass }
                // Who owns it learns that this person has no share; who does not, only what everybody may know.
                _ = try await title(of: id, user: user, in: transaction)
                throw SharingFailure.noShare
            }
            // Through a class they may still read it.
            if isGiven {
                ShareEvents.tell([member], through: bus, in: transaction)
            } else {
                try await tellEnd(of: id, to: member, in: transaction)
            }
            if !isLeaving { ShareEvents.tell([user], through: bus, in: transaction) }
        }
    }

    // MARK: - Through classes

    var kind: SharedKind { thing.kind }

    func title(of id: ID, owner: UserID, in transaction: any Transaction) async throws -> String? {
        try await thing.title(of: id, owner: owner, in: transaction)
    }

    func begin(_ beginning: ClassSharing.Beginning, in transaction: any Transaction) async throws {
        let (id, owner) = (ID(beginning.thing), beginning.owner)
        guard let title = try await thing.title(of: id, owner: owner, in: transaction) else { return }
        let name = try await people.names(of: [owner], in: transaction)[owner] ?? ""
        var told: Set<UserID> = [owner]
        for member in beginning.members where member != owner {
            let isNew = try await store.begin(
                id, through: beginning.group, owner: owner, member: member, at: ambient.now(), in: transaction)
            guard isNew else { continue }
            told.insert(member)
            guard beginning.isNews else { continue }
            try await outbox.append(
                EventDraft(
                    type: ShareEvents.began.name, userID: member,
                    payload: ShareEvents.Began(kind: thing.kind, id: id.description, title: title, owner: name)), in: transaction)
        }
        ShareEvents.tell(told, through: bus, in: transaction)
    }

    func end(_ ending: ClassSharing.Ending, isNews: Bool, in transaction: any Transaction) async throws {
        let ended = try await store.end(
            ending.thing.map { ID($0) }, through: ending.group, member: ending.member, in: transaction)
        for (id, member) in ended where isNews { try await tellEnd(of: id, to: member, in: transaction) }
        ShareEvents.tell(Set(ended.map(\.member)), through: bus, in: transaction)
    }

    /// Tells everybody who may read something of an owner's that it ends, in the transaction that removes the owner.
    package static func tellEnd(
        of thing: Thing, owner: UserID, outbox: EventOutbox, in transaction: any Transaction
    ) async throws {
        for share in try await ShareStore<Thing.Kind>(thing.table).all(of: owner, in: transaction) {
            try await outbox.append(ended(thing.kind, share.id.description, share.member), in: transaction)
        }
    }

    private func tellEnd(of id: ID, to member: UserID, in transaction: any Transaction) async throws {
        try await outbox.append(Self.ended(thing.kind, id.description, member), in: transaction)
    }

    private static func ended(_ kind: SharedKind, _ id: String, _ member: UserID) -> EventDraft {
        EventDraft(type: ShareEvents.ended.name, userID: member, payload: ShareEvents.Ended(kind: kind, id: id))
    }

    private func title(of id: ID, user: UserID, in transaction: any Transaction) async throws -> String {
        guard let title = try await thing.title(of: id, owner: user, in: transaction) else {
            throw try await thing.refusal(of: id, to: user, in: transaction)
        }
        return title
    }
}
