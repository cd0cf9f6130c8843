import Database

/// The tables of the audit log, and what makes them append-only: entries are added, get their place in the chain once, and are removed from
/// the old end alone.
enum AuditMigrations {
    static let all = [
        Migration(
            "audit", 1, "audit log",
            [
                """
                CREATE TABLE audit_entries (
                    id uuid PRIMARY KEY,
                    sequence bigint UNIQUE,
                    occurred_at timestamptz NOT NULL,
                    kind text NOT NULL,
                    subject_id uuid,
                    actor_id uuid,
                    network text NOT NULL,
                    request_id text NOT NULL,
                    trace_id text NOT NULL,
                    details text NOT NULL,
                    previous text,
                    hash text,
                    CHECK ((sequence IS NULL) = (hash IS NULL)),
                    CHECK ((sequence IS NULL) = (previous IS NULL))
                )
                """,
                "CREATE INDEX audit_entries_waiting ON audit_entries (id) WHERE sequence IS NULL",
                "CREATE INDEX audit_entries_by_time ON audit_entries (occurred_at)",
                "CREATE INDEX audit_entries_by_subject ON audit_entries (subject_id, kind, occurred_at)",
                "CREATE INDEX audit_entries_by_actor ON audit_entries (actor_id, occurred_at)",
                """
                CREATE TABLE audit_head (
                    id bigint PRIMARY KEY CHECK (id = 1),
                    first_sequence bigint NOT NULL,
                    first_hash text NOT NULL,
                    last_sequence bigint NOT NULL,
                    last_hash text NOT NULL,
                    CHECK (first_sequence <= last_sequence)
                )
                """,
                """
                INSERT INTO audit_head (id, first_sequence, first_hash, last_sequence, last_hash)
                VALUES (1, 0, '\(AuditChain.origin)', 0, '\(AuditChain.origin)')
                """,
            ],
            only: [.sqlite: sqliteGuards, .postgres: postgresGuards + rowSecurity], schema: .authentication),
        Migration(
            "audit", 2, "settings as they were at the last start",
            ["CREATE TABLE setting_states (name text PRIMARY KEY, digest text NOT NULL)"],
            only: RowSecurity.enable(table: "setting_states", read: RowRule("false"), write: RowRule("false")),
            schema: .authentication),
    ]

    private static let kept = ["id", "occurred_at", "kind", "network", "request_id", "trace_id", "details"]

    /// SQLite has triggers and no roles.
    private static let sqliteGuards = [
        """
        CREATE TRIGGER audit_entries_adding BEFORE INSERT ON audit_entries WHEN NEW.sequence IS NOT NULL
        BEGIN SELECT RAISE(ABORT, 'the audit log is append-only'); END
        """,
        """
        CREATE TRIGGER audit_entries_changing BEFORE UPDATE ON audit_entries
        WHEN OLD.sequence IS NOT NULL OR NEW.sequence IS NULL OR \(kept.map { "NEW.\($0) <> OLD.\($0)" }.joined(separator: " OR "))
             OR NEW.subject_id IS NOT OLD.subject_id OR NEW.actor_id IS NOT OLD.actor_id
        BEGIN SELECT RAISE(ABORT, 'the audit log is append-only'); END
        """,
        """
        CREATE TRIGGER audit_entries_removing BEFORE DELETE ON audit_entries
        WHEN OLD.sequence IS NULL OR OLD.sequence > (SELECT first_sequence FROM audit_head WHERE id = 1)
        BEGIN SELECT RAISE(ABORT, 'the audit log is append-only'); END
        """,
        """
        CREATE TRIGGER audit_head_changing BEFORE UPDATE ON audit_head
        WHEN NEW.last_sequence < OLD.last_sequence OR NEW.first_sequence < OLD.first_sequence
        BEGIN SELECT RAISE(ABORT, 'the audit log is append-only'); END
        """,
        """
        CREATE TRIGGER audit_head_removing BEFORE DELETE ON audit_head
        BEGIN SELECT RAISE(ABORT, 'the audit log is append-only'); END
        """,
    ]

    /// They bind the tables' owner too, which privileges would not.
    private static let postgresGuards = [
        """
        CREATE FUNCTION audit_entries_guard() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            IF TG_OP = 'INSERT' AND NEW.sequence IS NULL THEN RETURN NEW; END IF;
            IF TG_OP = 'UPDATE' AND OLD.sequence IS NULL AND NEW.sequence IS NOT NULL
               AND (\((kept + ["subject_id", "actor_id"]).map { "NEW.\($0)" }.joined(separator: ", ")))
                   IS NOT DISTINCT FROM (\((kept + ["subject_id", "actor_id"]).map { "OLD.\($0)" }.joined(separator: ", ")))
            THEN RETURN NEW; END IF;
            IF TG_OP = 'DELETE' AND OLD.sequence <= (SELECT first_sequence FROM audit_head WHERE id = 1) THEN RETURN OLD; END IF;
            RAISE EXCEPTION 'the audit log is append-only';
        END
        $$
        """,
        """
        CREATE FUNCTION audit_head_guard() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            IF TG_OP = 'UPDATE' AND NEW.last_sequence >= OLD.last_sequence AND NEW.first_sequence >= OLD.first_sequence
            THEN RETURN NEW; END IF;
            RAISE EXCEPTION 'the audit log is append-only';
        END
        $$
        """,
        """
        CREATE TRIGGER audit_entries_guarded BEFORE INSERT OR UPDATE OR DELETE ON audit_entries
        FOR EACH ROW EXECUTE FUNCTION audit_entries_guard()
        """,
        """
        CREATE TRIGGER audit_entries_kept BEFORE TRUNCATE ON audit_entries
        FOR EACH STATEMENT EXECUTE FUNCTION audit_entries_guard()
        """,
        """
        CREATE TRIGGER audit_head_guarded BEFORE UPDATE OR DELETE ON audit_head
        FOR EACH ROW EXECUTE FUNCTION audit_head_guard()
        """,
        """
        CREATE TRIGGER audit_head_kept BEFORE TRUNCATE ON audit_head
        FOR EACH STATEMENT EXECUTE FUNCTION audit_head_guard()
        """,
    ]

    /// Anybody's transaction adds to it; the system alone reads it.
    private static let rowSecurity: [String] = {
        let system = "(SELECT current_setting('\(RowSecurity.systemSetting)', true)) = 'on'"
        return ["audit_entries", "audit_head"].flatMap { table in
            [
                "ALTER TABLE \(table) ENABLE ROW LEVEL SECURITY",
                "ALTER TABLE \(table) FORCE ROW LEVEL SECURITY",
                "CREATE POLICY \(table)_of_system ON \(table) USING (\(system)) WITH CHECK (\(system))",
            ]
        } + ["CREATE POLICY audit_entries_adding ON audit_entries FOR INSERT WITH CHECK (true)"]
    }()
}
