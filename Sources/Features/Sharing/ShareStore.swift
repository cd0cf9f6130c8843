package import Ambient
package import Database
import FoundationEssentials

/// The shares of one kind of thing in the database.
package struct ShareStore<Kind>: Sendable {
    private let table: SQL
    private let column: SQL
    private let throughClasses: SQL

    package init(_ table: ShareTable) {
        self.table = SQL(unsafe: table.name)
        column = SQL(unsafe: table.column)
        throughClasses = SQL(unsafe: table.throughClasses)
    }

    /// Adds a share, also to what the member has through a class. Returns false, and adds nothing, if the member has one already.
    func insert(_ share: Share, of id: Identifier<Kind>, owner: UserID, in transaction: any Transaction) async throws -> Bool {
        try await transaction.execute(
            """
            INSERT INTO \(table) (\(column), user_id, member_id, address, created_at)
            VALUES (\(id), \(owner), \(share.member), \(share.address), \(share.createdAt))
            ON CONFLICT (\(column), member_id) DO UPDATE SET is_direct = \(true), address = excluded.address
            WHERE NOT \(table).is_direct
            """) > 0
    }

    /// Of a thing of the owner's, in the order in which they came. For a transaction of the system, which sees the members' names.
    func list(of id: Identifier<Kind>, owner: UserID, in transaction: any Transaction) async throws -> [Share] {
        try await transaction.query(
            """
            SELECT s.member_id AS member_id, u.display_name AS name, s.address AS address, s.created_at AS created_at
            FROM \(table) s JOIN users u ON u.id = s.member_id
            WHERE s.\(column) = \(id) AND s.user_id = \(owner) AND s.is_direct ORDER BY s.created_at, s.member_id
            """
        ).map {
            Share(
                member: try $0.get("member_id"), name: try $0.get("name"), address: try $0.get("address"),
                createdAt: try $0.get("created_at"))
        }
    }

    /// Ends a share; what the member has through a class stays.
    /// - Parameter owner: whose it must be; nil where the member leaves.
    /// - Returns: whether there was one.
    func remove(
        _ id: Identifier<Kind>, member: UserID, owner: UserID?, in transaction: any Transaction
    ) async throws -> Bool {
        let ofOwner: SQL = owner.map { " AND user_id = \($0)" } ?? ""
        let share: SQL = "\(column) = \(id) AND member_id = \(member) AND is_direct\(ofOwner)"
        if try await isGivenByClass(id, to: member, in: transaction) {
            return try await transaction.execute("UPDATE \(table) SET is_direct = \(false), address = '' WHERE \(share)") > 0
        }
        return try await transaction.execute("DELETE FROM \(table) WHERE \(share)") > 0
    }

    // MARK: - Through classes

    func isGivenByClass(_ id: Identifier<Kind>, to member: UserID, in transaction: any Transaction) async throws -> Bool {
        try await transaction.first(
            "SELECT 1 AS one FROM \(throughClasses) WHERE \(column) = \(id) AND member_id = \(member) LIMIT 1") != nil
    }

    /// Lets a member read a thing through a class. Returns whether they could not read it before.
    func begin(
        _ id: Identifier<Kind>, through group: ClassID, owner: UserID, member: UserID, at now: Date, in transaction: any Transaction
    ) async throws -> Bool {
        let isNew =
            try await transaction.execute(
                """
                INSERT INTO \(table) (\(column), user_id, member_id, address, created_at, is_direct)
                VALUES (\(id), \(owner), \(member), '', \(now), \(false)) ON CONFLICT (\(column), member_id) DO NOTHING
                """) > 0
        try await transaction.execute(
            """
            INSERT INTO \(throughClasses) (\(column), member_id, class_id, user_id) VALUES (\(id), \(member), \(group), \(owner))
            ON CONFLICT (\(column), member_id, class_id) DO NOTHING
            """)
        return isNew
    }

    /// Ends what members have through a class: of all its things or of one, for all members or for one.
    /// - Returns: who may not read what any more.
    func end(
        _ id: Identifier<Kind>?, through group: ClassID, member: UserID?, in transaction: any Transaction
    ) async throws -> [(id: Identifier<Kind>, member: UserID)] {
        var condition: SQL = "class_id = \(group)"
        if let id { condition += " AND \(column) = \(id)" }
        if let member { condition += " AND member_id = \(member)" }
        let given = try await transaction.query(
            "SELECT \(column) AS id, member_id FROM \(throughClasses) WHERE \(condition) ORDER BY member_id, \(column)"
        ).map { (id: try $0.get("id", as: Identifier<Kind>.self), member: try $0.get("member_id", as: UserID.self)) }
        try await transaction.execute("DELETE FROM \(throughClasses) WHERE \(condition)")
        var ended: [(id: Identifier<Kind>, member: UserID)] = []
        for (id, member) in given {
            let isGone =
                try await transaction.execute(
                    """
                    DELETE FROM \(table) WHERE \(column) = \(id) AND member_id = \(member) AND NOT is_direct AND NOT EXISTS (
                        SELECT 1 FROM \(throughClasses) o WHERE o.\(column) = \(id) AND o.member_id = \(member))
                    """) > 0
            if isGone { ended.append((id, member)) }
        }
        return ended
    }

    package func isShared(_ id: Identifier<Kind>, with member: UserID, in transaction: any Transaction) async throws -> Bool {
        try await transaction.first("SELECT 1 AS one FROM \(table) WHERE \(column) = \(id) AND member_id = \(member)") != nil
    }

    /// What is shared with a member, whosever it is.
    package func received(by member: UserID, in transaction: any Transaction) async throws -> Set<Identifier<Kind>> {
        try await transaction.query("SELECT \(column) AS id FROM \(table) WHERE member_id = \(member)")
            .reduce(into: []) { $0.insert(try $1.get("id")) }
    }

    /// What is shared with a member by itself, and not only through a class.
    package func receivedDirectly(by member: UserID, in transaction: any Transaction) async throws -> Set<Identifier<Kind>> {
        try await transaction.query("SELECT \(column) AS id FROM \(table) WHERE member_id = \(member) AND is_direct")
            .reduce(into: []) { $0.insert(try $1.get("id")) }
    }

    /// How many people each of an owner's things is shared with; those of nobody are left out.
    package func counts(of owner: UserID, in transaction: any Transaction) async throws -> [Identifier<Kind>: Int] {
        try await transaction.query(
            "SELECT \(column) AS id, count(*) AS total FROM \(table) WHERE user_id = \(owner) GROUP BY \(column)"
        )
        .reduce(into: [:]) { $0[try $1.get("id")] = try $1.get("total") as Int }
    }

    /// Everybody who may read something of an owner's.
    package func audience(of owner: UserID, in transaction: any Transaction) async throws -> Set<UserID> {
        try await transaction.query("SELECT DISTINCT member_id FROM \(table) WHERE user_id = \(owner)")
            .reduce(into: []) { $0.insert(try $1.get("member_id")) }
    }

    /// Each share of an owner's things.
    func all(of owner: UserID, in transaction: any Transaction) async throws -> [(id: Identifier<Kind>, member: UserID)] {
        try await transaction.query("SELECT \(column) AS id, member_id FROM \(table) WHERE user_id = \(owner)")
            .map { (try $0.get("id"), try $0.get("member_id")) }
    }

    /// What a person shares, and what others share with them, for an export.
    package func exported(of person: UserID, in transaction: any Transaction) async throws -> [ExportedShare] {
        try await transaction.query(
            """
            SELECT \(column) AS id, user_id, address, created_at FROM \(table)
            WHERE (user_id = \(person) AND is_direct) OR member_id = \(person) ORDER BY created_at, \(column)
            """
        ).map { row in
            let isOwn = try row.get("user_id", as: UserID.self) == person
            return ExportedShare(
                id: try row.get("id", as: Identifier<Kind>.self).description, sharedWith: isOwn ? try row.get("address") : nil,
                sharedAt: try row.get("created_at"))
        }
    }
}

/// A share in an export.
package struct ExportedShare: Encodable, Sendable {
    /// Of what is shared.
    let id: String
    /// The address of who may read it; nil where it is somebody else's.
    let sharedWith: String?
    let sharedAt: Date

    enum CodingKeys: String, CodingKey {
        case id
        case sharedWith = "shared_with"
        case sharedAt = "shared_at"
    }
}
