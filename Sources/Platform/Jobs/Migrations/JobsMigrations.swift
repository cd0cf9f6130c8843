package import Database

/// The tables of jobs and of their log lines.
package enum JobsMigrations {
    package static let all: [Migration] = [
        Migration(
            "jobs", 1, "jobs and their log lines",
            [
                """
                CREATE TABLE jobs (
                    id uuid PRIMARY KEY,
                    kind text NOT NULL,
                    queue text NOT NULL,
                    user_id uuid,
                    state text NOT NULL CHECK (state IN ('pending', 'running', 'succeeded', 'failed', 'dead', 'cancelled')),
                    payload text NOT NULL,
                    unique_key text,
                    priority bigint NOT NULL,
                    attempt bigint NOT NULL,
                    max_attempts bigint NOT NULL,
                    available_at timestamptz NOT NULL,
                    worker text,
                    lease_until timestamptz,
                    cancel_requested boolean NOT NULL,
                    progress_stage text,
                    progress_done bigint,
                    progress_total bigint,
                    result text,
                    error_code text,
                    error_message text,
                    created_at timestamptz NOT NULL,
                    started_at timestamptz,
                    finished_at timestamptz,
                    CHECK ((state = 'running') = (worker IS NOT NULL)),
                    CHECK ((state = 'running') = (lease_until IS NOT NULL))
                )
                """,
                """
                CREATE UNIQUE INDEX jobs_unique_key ON jobs (kind, unique_key)
                WHERE unique_key IS NOT NULL AND state IN ('pending', 'running', 'failed')
                """,
                """
                CREATE INDEX jobs_waiting ON jobs (queue, priority DESC, available_at, id) WHERE state IN ('pending', 'failed')
                """,
                "CREATE INDEX jobs_leases ON jobs (lease_until) WHERE state = 'running'",
                "CREATE INDEX jobs_by_user ON jobs (user_id, created_at, id)",
                "CREATE INDEX jobs_finished ON jobs (finished_at) WHERE finished_at IS NOT NULL",
                """
                CREATE TABLE job_log_lines (
                    job_id uuid NOT NULL REFERENCES jobs (id) ON DELETE CASCADE,
                    number bigint NOT NULL,
                    attempt bigint NOT NULL,
                    written_at timestamptz NOT NULL,
                    line text NOT NULL,
                    PRIMARY KEY (job_id, number)
                )
                """,
            ],
            only: RowSecurity.all(
                RowSecurity.enable(table: "jobs"),
                RowSecurity.enable(table: "job_log_lines", column: "job_id", owner: "jobs")),
            schema: .jobs),
        Migration(
            "jobs", 2, "periodic runs",
            ["CREATE TABLE periodic_runs (name text PRIMARY KEY, slot bigint NOT NULL)"], schema: .jobs),
        // `turn`: when a job that is due goes before others of its queue and priority; NULL until it has fallen due.
        Migration(
            "jobs", 3, "turns of jobs that wait",
            [
                "ALTER TABLE jobs ADD COLUMN turn bigint",
                "DROP INDEX jobs_waiting",
                """
                CREATE INDEX jobs_in_line ON jobs (queue, priority DESC, turn, id)
                WHERE state IN ('pending', 'failed') AND turn IS NOT NULL
                """,
                """
                CREATE INDEX jobs_to_line_up ON jobs (queue, available_at)
                WHERE state IN ('pending', 'failed') AND turn IS NULL
                """,
                """
                CREATE INDEX jobs_turns ON jobs (queue, user_id, priority, turn)
                WHERE state IN ('pending', 'running', 'failed') AND turn IS NOT NULL
                """,
            ], schema: .jobs),
        Migration(
            "jobs", 4, "the trace that a job goes on with", ["ALTER TABLE jobs ADD COLUMN trace_context text"], schema: .jobs),
        // Named by when they are due, which a schedule of any form has, instead of by the number of a slot.
        Migration(
            "jobs", 5, "schedules and limits of kinds",
            [
                "CREATE TABLE job_schedules (name text PRIMARY KEY, due_at timestamptz NOT NULL, job_id uuid)",
                "CREATE TABLE job_limits (kind text PRIMARY KEY)",
                "DROP TABLE periodic_runs",
            ], schema: .jobs),
    ]
}
