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
                RowSecurity.enable(table: "assessments"), RowSecurity.enable(table: "course_grading")), schema: .content)
    ]
}
