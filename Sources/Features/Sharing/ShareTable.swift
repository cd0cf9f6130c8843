package import Database

/// The table of who may read one kind of thing: a row for each thing and member.
package struct ShareTable: Sendable {
    let name: String
    let column: String
    /// Through which classes a member may read a thing.
    var throughClasses: String { "\(name)_of_classes" }

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

    /// The migration by which things are there for classes too: a row of `name` holds as long as it was given by itself, or through one
    /// class at least. It never changes once it is released.
    package func classes(_ feature: String, _ number: Int, schema: DatabaseSchema = .content) -> Migration {
        Migration(
            feature, number, "what classes may read",
            [
                "ALTER TABLE \(name) ADD COLUMN is_direct boolean NOT NULL DEFAULT true",
                // `class_id` has no reference, since that feature's tables come later: it removes what it gave.
                """
                CREATE TABLE \(throughClasses) (
                    \(column) uuid NOT NULL,
                    member_id uuid NOT NULL,
                    class_id uuid NOT NULL,
                    user_id uuid NOT NULL REFERENCES users (id) ON DELETE CASCADE,
                    PRIMARY KEY (\(column), member_id, class_id),
                    FOREIGN KEY (\(column), member_id) REFERENCES \(name) (\(column), member_id) ON DELETE CASCADE
                )
                """,
                "CREATE INDEX \(throughClasses)_by_class ON \(throughClasses) (class_id, member_id)",
                "CREATE INDEX \(throughClasses)_by_user ON \(throughClasses) (user_id)",
            ], only: RowSecurity.enable(table: throughClasses, read: .owner("member_id"), write: .owner()), schema: schema)
    }
}
