package import Database

package enum ClassesMigrations {
    package static let all: [Migration] = [
        Migration(
            "classes", 1, "classes, their students and what is shared with them",
            [
                """
                CREATE TABLE classes (
                    id uuid PRIMARY KEY,
                    user_id uuid NOT NULL REFERENCES users (id) ON DELETE CASCADE,
                    name text NOT NULL,
                    about text NOT NULL,
                    code text UNIQUE,
                    is_archived boolean NOT NULL,
                    created_at timestamptz NOT NULL,
                    updated_at timestamptz NOT NULL
                )
                """,
                "CREATE INDEX classes_by_user ON classes (user_id)",
                """
                CREATE TABLE class_members (
                    class_id uuid NOT NULL REFERENCES classes (id) ON DELETE CASCADE,
                    user_id uuid NOT NULL REFERENCES users (id) ON DELETE CASCADE,
                    joined_at timestamptz NOT NULL,
                    PRIMARY KEY (class_id, user_id)
                )
                """,
                "CREATE INDEX class_members_by_user ON class_members (user_id)",
                // `thing_id` has no reference: it is a document's, a course's or a quiz's.
                """
                CREATE TABLE class_shares (
                    id uuid PRIMARY KEY,
                    class_id uuid NOT NULL REFERENCES classes (id) ON DELETE CASCADE,
                    user_id uuid NOT NULL REFERENCES users (id) ON DELETE CASCADE,
                    kind text NOT NULL CHECK (kind IN ('document', 'course', 'quiz')),
                    thing_id uuid NOT NULL,
                    created_at timestamptz NOT NULL,
                    UNIQUE (class_id, kind, thing_id)
                )
                """,
                "CREATE INDEX class_shares_by_user ON class_shares (user_id)",
            ],
            only: RowSecurity.all(
                // Who takes part sees which class it is; who else does is for the teacher, as the system tells it.
                RowSecurity.enable(
                    table: "classes", read: .owner().or(.member(of: "class_members", key: "class_id", column: "id")),
                    write: .owner()),
                RowSecurity.enable(table: "class_members"),
                RowSecurity.enable(table: "class_shares")),
            schema: .content)
    ]
}
