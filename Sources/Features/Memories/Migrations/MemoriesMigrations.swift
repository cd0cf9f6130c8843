package import Database

package enum MemoriesMigrations {
    package static let all: [Migration] = [
        Migration(
            "memories", 1, "what is remembered of a student",
            [
                // `text_key` is what texts are compared by; the program makes it, since the databases fold letters differently. What a
                // newer memory has taken the place of goes with that one: forgetting leaves nothing behind.
                """
                CREATE TABLE memories (
                    id uuid PRIMARY KEY,
                    user_id uuid NOT NULL REFERENCES users (id) ON DELETE CASCADE,
                    kind text NOT NULL CHECK (kind IN ('fact', 'preference', 'goal', 'feeling', 'weak_topic')),
                    text text NOT NULL,
                    text_key text NOT NULL,
                    slot text,
                    confidence double precision NOT NULL,
                    is_pinned boolean NOT NULL,
                    source_id uuid,
                    superseded_by uuid REFERENCES memories (id) ON DELETE CASCADE,
                    model text NOT NULL,
                    vector bytea NOT NULL,
                    created_at timestamptz NOT NULL,
                    told_at timestamptz NOT NULL,
                    used_at timestamptz,
                    uses bigint NOT NULL DEFAULT 0
                )
                """,
                "CREATE UNIQUE INDEX memories_once ON memories (user_id, kind, text_key) WHERE superseded_by IS NULL",
                "CREATE INDEX memories_by_successor ON memories (superseded_by)",
                """
                CREATE TABLE memory_settings (
                    user_id uuid PRIMARY KEY REFERENCES users (id) ON DELETE CASCADE,
                    is_on boolean NOT NULL
                )
                """,
            ], only: RowSecurity.all(RowSecurity.enable(table: "memories"), RowSecurity.enable(table: "memory_settings")),
            schema: .interaction)
    ]
}
