package import Database

package enum NotesMigrations {
    package static let all: [Migration] = [
        Migration(
            "notes", 1, "notes and their versions",
            [
                """
                CREATE TABLE notes (
                    id uuid PRIMARY KEY,
                    user_id uuid NOT NULL REFERENCES users (id) ON DELETE CASCADE,
                    course_id uuid REFERENCES courses (id) ON DELETE SET NULL,
                    title text NOT NULL,
                    form text NOT NULL,
                    status text NOT NULL CHECK (status IN ('generating', 'ready', 'failed')),
                    content text NOT NULL,
                    citations jsonb NOT NULL,
                    base jsonb,
                    map jsonb,
                    wish jsonb,
                    making jsonb NOT NULL,
                    problem text,
                    version bigint NOT NULL,
                    job_id uuid,
                    created_at timestamptz NOT NULL,
                    updated_at timestamptz NOT NULL
                )
                """,
                "CREATE INDEX notes_by_user ON notes (user_id, updated_at)",
                "CREATE INDEX notes_by_course ON notes (course_id)",
                // What a note said at each of its versions; those of one sitting at one place are one.
                """
                CREATE TABLE note_versions (
                    note_id uuid NOT NULL REFERENCES notes (id) ON DELETE CASCADE,
                    version bigint NOT NULL,
                    user_id uuid NOT NULL REFERENCES users (id) ON DELETE CASCADE,
                    title text NOT NULL,
                    content text NOT NULL,
                    citations jsonb NOT NULL,
                    origin text NOT NULL CHECK (origin IN ('written', 'edited', 'made', 'restored')),
                    editor text,
                    begun_at timestamptz NOT NULL,
                    created_at timestamptz NOT NULL,
                    PRIMARY KEY (note_id, version)
                )
                """,
                "CREATE INDEX note_versions_by_user ON note_versions (user_id)",
            ],
            only: RowSecurity.all(RowSecurity.enable(table: "notes"), RowSecurity.enable(table: "note_versions")),
            schema: .interaction)
    ]
}
