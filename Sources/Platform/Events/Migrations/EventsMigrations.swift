package import Database

package enum EventsMigrations {
    package static let all = [
        Migration(
            "events", 1, "outbox",
            [
                """
                CREATE TABLE events (
                    event_id uuid PRIMARY KEY,
                    position bigint UNIQUE,
                    event_type text NOT NULL,
                    occurred_at timestamptz NOT NULL,
                    user_id uuid,
                    service text NOT NULL,
                    version text NOT NULL,
                    payload jsonb NOT NULL
                )
                """,
                "CREATE INDEX events_unplaced ON events (event_id) WHERE position IS NULL",
                "CREATE INDEX events_by_user ON events (user_id, position)",
                "CREATE INDEX events_by_time ON events (occurred_at)",
                """
                CREATE TABLE event_order (
                    id integer PRIMARY KEY CHECK (id = 1),
                    last_position bigint NOT NULL,
                    pruned_position bigint NOT NULL
                )
                """,
                "INSERT INTO event_order (id, last_position, pruned_position) VALUES (1, 0, 0)",
            ],
            only: RowSecurity.enable(table: "events"), schema: .jobs),
        Migration(
            "events", 2, "how far each sink of events has come",
            [
                """
                CREATE TABLE event_sinks (
                    name text PRIMARY KEY, position bigint NOT NULL, holder text NOT NULL, held_until timestamptz NOT NULL)
                """
            ], schema: .jobs),
        Migration(
            "events", 3, "the trace in which an event happened", ["ALTER TABLE events ADD COLUMN trace_context text"], schema: .jobs
        ),
    ]
}
