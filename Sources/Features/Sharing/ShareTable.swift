package import Database

/// The table of who may read one kind of thing: a row for each thing and member.
package struct ShareTable: Sendable {
    let name: String
    let column: String

    /// - Parameters:
    ///   - name: `document_shares`
    ///   - column: names the thing: `document_id`
    package init(_ name: String, column: String) {
        self.name = name
        self.column = column
    }

    /// The migration that makes it. `user_id` is the owner's. It never changes once it is released.
    ///
    /// - Parameters:
    ///   - things: the table of the things: `documents`.
    ///   - schema: of the feature's tables.
    package func migration(
        _ feature: String, _ number: Int, of things: String, schema: DatabaseSchema = .content
    ) -> Migration {
        Migration(
            feature, number, "who may read \(things) of others",
            [
                """
                CREATE TABLE \(name) (
                    \(column) uuid NOT NULL REFERENCES \(things) (id) ON DELETE CASCADE,
                    user_id uuid NOT NULL REFERENCES users (id) ON DELETE CASCADE,
                    member_id uuid NOT NULL REFERENCES users (id) ON DELETE CASCADE,
                    address text NOT NULL,
                    created_at timestamptz NOT NULL,
                    PRIMARY KEY (\(column), member_id),
                    CHECK (user_id <> member_id)
                )
                """,
                "CREATE INDEX \(name)_by_member ON \(name) (member_id)",
                "CREATE INDEX \(name)_by_user ON \(name) (user_id)",
            ],
            // A member sees that something is shared, and can share nothing.
            only: RowSecurity.enable(table: name, read: .owner("member_id"), write: .owner()), schema: schema)
    }
}
