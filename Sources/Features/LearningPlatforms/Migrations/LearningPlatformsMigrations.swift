package import Database

/// The tables of learning platforms: who they are, who comes from them, what was placed in their courses, and what goes back.
package enum LearningPlatformsMigrations {
    package static let all: [Migration] = [
        Migration(
            "learning-platforms", 1, "learning platforms, launches from them, what was placed in them and grades",
            [
                """
                CREATE TABLE learning_platforms (
                    id uuid PRIMARY KEY,
                    name text NOT NULL,
                    issuer text NOT NULL,
                    client_id text NOT NULL,
                    deployments text NOT NULL,
                    authorization_url text NOT NULL,
                    token_url text NOT NULL,
                    keys_url text NOT NULL,
                    token_audience text,
                    frame_origins text NOT NULL,
                    makes_teachers boolean NOT NULL,
                    created_at timestamptz NOT NULL,
                    updated_at timestamptz NOT NULL,
                    UNIQUE (issuer, client_id)
                )
                """,
                """
                CREATE TABLE learning_platform_keys (
                    id text PRIMARY KEY,
                    private_key text NOT NULL,
                    created_at timestamptz NOT NULL
                )
                """,
                """
                CREATE TABLE learning_platform_identities (
                    id uuid PRIMARY KEY,
                    user_id uuid NOT NULL REFERENCES users (id) ON DELETE CASCADE,
                    platform_id uuid NOT NULL REFERENCES learning_platforms (id) ON DELETE CASCADE,
                    subject text NOT NULL,
                    created_at timestamptz NOT NULL,
                    last_used_at timestamptz NOT NULL,
                    UNIQUE (platform_id, subject)
                )
                """,
                "CREATE INDEX learning_platform_identities_by_user ON learning_platform_identities (user_id)",
                """
                CREATE TABLE learning_launches (
                    id uuid PRIMARY KEY,
                    state_digest text NOT NULL UNIQUE,
                    browser_digest text NOT NULL,
                    ticket_digest text UNIQUE,
                    platform_id uuid NOT NULL REFERENCES learning_platforms (id) ON DELETE CASCADE,
                    user_id uuid REFERENCES users (id) ON DELETE CASCADE,
                    told text,
                    placements text,
                    expires_at timestamptz NOT NULL,
                    answered_at timestamptz,
                    entered_at timestamptz,
                    returned_at timestamptz
                )
                """,
                "CREATE INDEX learning_launches_by_expiry ON learning_launches (expires_at)",
                """
                CREATE TABLE learning_contexts (
                    id uuid PRIMARY KEY,
                    user_id uuid NOT NULL REFERENCES users (id) ON DELETE CASCADE,
                    platform_id uuid NOT NULL REFERENCES learning_platforms (id) ON DELETE CASCADE,
                    deployment_id text NOT NULL,
                    context_id text NOT NULL,
                    class_id uuid NOT NULL REFERENCES classes (id) ON DELETE CASCADE,
                    created_at timestamptz NOT NULL,
                    UNIQUE (platform_id, deployment_id, context_id, user_id)
                )
                """,
                "CREATE INDEX learning_contexts_by_class ON learning_contexts (class_id)",
                // `thing_id` has no reference: it is a document's, a course's or a quiz's.
                """
                CREATE TABLE learning_placements (
                    id uuid PRIMARY KEY,
                    user_id uuid NOT NULL REFERENCES users (id) ON DELETE CASCADE,
                    context_id uuid NOT NULL REFERENCES learning_contexts (id) ON DELETE CASCADE,
                    kind text NOT NULL CHECK (kind IN ('document', 'course', 'quiz')),
                    thing_id uuid NOT NULL,
                    created_at timestamptz NOT NULL
                )
                """,
                "CREATE INDEX learning_placements_by_context ON learning_placements (context_id)",
                "CREATE INDEX learning_placements_by_thing ON learning_placements (thing_id)",
                """
                CREATE TABLE learning_grades (
                    id uuid PRIMARY KEY,
                    user_id uuid NOT NULL REFERENCES users (id) ON DELETE CASCADE,
                    placement_id uuid NOT NULL REFERENCES learning_placements (id) ON DELETE CASCADE,
                    resource_link_id text NOT NULL,
                    subject text NOT NULL,
                    line_items_url text,
                    line_item_url text,
                    scopes text NOT NULL,
                    state text NOT NULL CHECK (state IN ('open', 'waiting', 'sent', 'failed')),
                    score double precision,
                    maximum double precision,
                    changed_at timestamptz,
                    sent_at timestamptz,
                    failure text,
                    created_at timestamptz NOT NULL,
                    UNIQUE (placement_id, resource_link_id, user_id)
                )
                """,
                "CREATE INDEX learning_grades_by_user ON learning_grades (user_id)",
            ],
            only: RowSecurity.all(
                RowSecurity.enable(table: "learning_platform_identities"), RowSecurity.enable(table: "learning_launches"),
                RowSecurity.enable(table: "learning_contexts"), RowSecurity.enable(table: "learning_placements"),
                RowSecurity.enable(table: "learning_grades")),
            schema: .content)
    ]
}
