package import Database

package enum PlannerMigrations {
    package static let all: [Migration] = [
        Migration(
            "planner", 1, "events, plans and grades",
            [
                // `series_id` and `occurrence` are there where the row stands for one occurrence of another event. `ends_at` is the last
                // moment that the event can touch, null where it never ends. `plan` is what a block of a plan is for.
                """
                CREATE TABLE planner_events (
                    id uuid PRIMARY KEY,
                    user_id uuid NOT NULL REFERENCES users (id) ON DELETE CASCADE,
                    course_id uuid REFERENCES courses (id) ON DELETE SET NULL,
                    series_id uuid REFERENCES planner_events (id) ON DELETE CASCADE,
                    occurrence timestamptz,
                    type text NOT NULL CHECK (type IN ('class', 'exam', 'deadline', 'study_block', 'reminder')),
                    title text NOT NULL,
                    description text NOT NULL,
                    start_date timestamptz NOT NULL,
                    end_date timestamptz NOT NULL,
                    is_all_day boolean NOT NULL,
                    time_zone text NOT NULL,
                    rrule text,
                    excluded jsonb NOT NULL,
                    ends_at timestamptz,
                    is_completed boolean NOT NULL,
                    study_minutes bigint,
                    remind_before bigint,
                    remind_at timestamptz,
                    plan jsonb,
                    created_at timestamptz NOT NULL,
                    updated_at timestamptz NOT NULL,
                    UNIQUE (series_id, occurrence)
                )
                """,
                "CREATE INDEX planner_events_by_start ON planner_events (user_id, start_date)",
                "CREATE INDEX planner_events_by_course ON planner_events (course_id)",
                "CREATE INDEX planner_events_by_reminder ON planner_events (remind_at)",
                // Only a digest of the address under which a calendar is subscribed to.
                """
                CREATE TABLE planner_settings (
                    user_id uuid PRIMARY KEY REFERENCES users (id) ON DELETE CASCADE,
                    settings jsonb NOT NULL,
                    calendar_digest text UNIQUE
                )
                """,
                """
                CREATE TABLE assessments (
                    id uuid PRIMARY KEY,
                    user_id uuid NOT NULL REFERENCES users (id) ON DELETE CASCADE,
                    course_id uuid NOT NULL REFERENCES courses (id) ON DELETE CASCADE,
                    name text NOT NULL,
                    category text NOT NULL,
                    weight double precision NOT NULL,
                    points_possible double precision NOT NULL,
                    points double precision,
                    is_extra boolean NOT NULL,
                    due_date timestamptz,
                    created_at timestamptz NOT NULL,
                    updated_at timestamptz NOT NULL
                )
                """,
                "CREATE INDEX assessments_by_course ON assessments (user_id, course_id, created_at)",
                "CREATE INDEX assessments_of_course ON assessments (course_id)",
                """
                CREATE TABLE course_grading (
                    user_id uuid NOT NULL REFERENCES users (id) ON DELETE CASCADE,
                    course_id uuid NOT NULL REFERENCES courses (id) ON DELETE CASCADE,
                    grading jsonb NOT NULL,
                    PRIMARY KEY (user_id, course_id)
                )
                """,
                "CREATE INDEX course_grading_of_course ON course_grading (course_id)",
            ],
            only: RowSecurity.all(
                RowSecurity.enable(table: "planner_events"), RowSecurity.enable(table: "planner_settings"),
                RowSecurity.enable(table: "assessments"), RowSecurity.enable(table: "course_grading")), schema: .content),
        Migration(
            "planner", 2, "calendars of other programs",
            [
                """
                CREATE TABLE planner_subscriptions (
                    id uuid PRIMARY KEY,
                    user_id uuid NOT NULL REFERENCES users (id) ON DELETE CASCADE,
                    course_id uuid REFERENCES courses (id) ON DELETE SET NULL,
                    url text NOT NULL,
                    name text NOT NULL,
                    time_zone text NOT NULL,
                    events bigint NOT NULL,
                    left_out bigint NOT NULL,
                    fetched_at timestamptz,
                    due_at timestamptz NOT NULL,
                    failures bigint NOT NULL,
                    problem text,
                    validator text,
                    created_at timestamptz NOT NULL,
                    UNIQUE (user_id, url)
                )
                """,
                "CREATE INDEX planner_subscriptions_by_due ON planner_subscriptions (due_at)",
                "CREATE INDEX planner_subscriptions_of_course ON planner_subscriptions (course_id)",
                "ALTER TABLE planner_events ADD COLUMN location text NOT NULL DEFAULT ''",
                "ALTER TABLE planner_events ADD COLUMN added jsonb NOT NULL DEFAULT '[]'",
                // What another program calls it: at most one event has the name.
                "ALTER TABLE planner_events ADD COLUMN uid text",
                """
                ALTER TABLE planner_events ADD COLUMN subscription_id uuid REFERENCES planner_subscriptions (id) ON DELETE CASCADE
                """,
                "ALTER TABLE planner_events ADD COLUMN fingerprint text",
                "ALTER TABLE planner_events ADD COLUMN resource text",
                "ALTER TABLE planner_events ADD COLUMN revision bigint NOT NULL DEFAULT 0",
                "CREATE UNIQUE INDEX planner_events_by_uid ON planner_events (user_id, uid)",
                "CREATE UNIQUE INDEX planner_events_by_resource ON planner_events (user_id, resource)",
                "CREATE INDEX planner_events_by_subscription ON planner_events (subscription_id)",
                """
                CREATE TABLE planner_revisions (
                    user_id uuid PRIMARY KEY REFERENCES users (id) ON DELETE CASCADE,
                    revision bigint NOT NULL
                )
                """,
                """
                CREATE TABLE planner_removals (
                    user_id uuid NOT NULL REFERENCES users (id) ON DELETE CASCADE,
                    resource text NOT NULL,
                    revision bigint NOT NULL,
                    PRIMARY KEY (user_id, resource)
                )
                """,
                // What an import or a plan has made, and what stood there before.
                """
                CREATE TABLE planner_undos (
                    id uuid PRIMARY KEY,
                    user_id uuid NOT NULL REFERENCES users (id) ON DELETE CASCADE,
                    kind text NOT NULL,
                    made jsonb NOT NULL,
                    stood jsonb NOT NULL,
                    created_at timestamptz NOT NULL
                )
                """,
                "CREATE INDEX planner_undos_by_age ON planner_undos (user_id, created_at)",
                // What the last plan had no room for.
                "ALTER TABLE planner_settings ADD COLUMN missing jsonb",
            ],
            only: RowSecurity.all(
                RowSecurity.enable(table: "planner_subscriptions"), RowSecurity.enable(table: "planner_revisions"),
                RowSecurity.enable(table: "planner_removals"), RowSecurity.enable(table: "planner_undos")), schema: .content),
        Migration(
            "planner", 3, "passwords of calendar programs",
            [
                """
                CREATE TABLE planner_app_passwords (
                    id uuid PRIMARY KEY,
                    user_id uuid NOT NULL REFERENCES users (id) ON DELETE CASCADE,
                    name text NOT NULL,
                    digest text NOT NULL UNIQUE,
                    created_at timestamptz NOT NULL,
                    last_used_at timestamptz
                )
                """,
                "CREATE INDEX planner_app_passwords_by_user ON planner_app_passwords (user_id)",
            ], only: RowSecurity.enable(table: "planner_app_passwords"), schema: .content),
        Migration(
            "planner", 4, "since when a calendar has its address",
            [
                "ALTER TABLE planner_settings ADD COLUMN calendar_opened_at timestamptz",
                // Of those that are there it is not known: they are good until another password is chosen.
                """
                UPDATE planner_settings SET calendar_opened_at = (
                    SELECT users.password_changed_at FROM users WHERE users.id = planner_settings.user_id)
                WHERE calendar_digest IS NOT NULL
                """,
            ], schema: .content),
    ]
}
