import Ambient
import Database
import DatabaseTesting
import FoundationEssentials
import Synchronization

/// Tables that the conformance suite works on.
enum Fixture {
    static let migrations = [
        Migration(
            "sample", 1, "tables",
            [
                """
                CREATE TABLE samples (
                    id uuid PRIMARY KEY, whole bigint, number double precision, words text, flag boolean, bytes bytea,
                    moment timestamptz, document jsonb)
                """,
                "CREATE TABLE counters (name text PRIMARY KEY, value bigint NOT NULL CHECK (value >= 0))",
                "CREATE TABLE parents (id uuid PRIMARY KEY)",
                "CREATE TABLE children (id uuid PRIMARY KEY, parent_id uuid NOT NULL REFERENCES parents (id) ON DELETE CASCADE)",
                "CREATE TABLE secrets (id uuid PRIMARY KEY, user_id uuid NOT NULL, words text NOT NULL)",
                "CREATE TABLE pages (id uuid PRIMARY KEY, secret_id uuid NOT NULL REFERENCES secrets (id), words text NOT NULL)",
            ],
            only: RowSecurity.all(
                RowSecurity.enable(table: "secrets"),
                RowSecurity.enable(table: "pages", column: "secret_id", owner: "secrets")))
    ]

    static func newUser() -> UserID { UserID(Ambient.live.newUUID()) }

    enum Kind {}
    static func newID() -> Identifier<Kind> { Identifier(Ambient.live.newUUID()) }
}

/// Set once, from anywhere.
final class Flag: Sendable {
    private let state = Mutex(false)
    var isSet: Bool { state.withLock { $0 } }
    func set() { state.withLock { $0 = true } }
}
