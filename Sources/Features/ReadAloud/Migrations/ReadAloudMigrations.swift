package import Database

package enum ReadAloudMigrations {
    package static let all: [Migration] = [
        Migration(
            "readaloud", 1, "texts read aloud",
            [
                // `cache_key` is made of all that the sound depends on, so that the same wish finds the same file.
                """
                CREATE TABLE spoken_audio (
                    id uuid PRIMARY KEY,
                    user_id uuid NOT NULL REFERENCES users (id) ON DELETE CASCADE,
                    cache_key text NOT NULL,
                    title text NOT NULL,
                    text text NOT NULL,
                    source_kind text,
                    source_id uuid,
                    form text NOT NULL,
                    speed double precision NOT NULL,
                    wish text,
                    language text,
                    state text NOT NULL,
                    voice text,
                    engine text,
                    sha256 text,
                    size bigint,
                    duration_ms bigint,
                    words text,
                    problem text,
                    job_id uuid,
                    created_at timestamptz NOT NULL,
                    used_at timestamptz NOT NULL,
                    UNIQUE (user_id, cache_key)
                )
                """,
                "CREATE INDEX spoken_audio_by_time ON spoken_audio (user_id, created_at)",
                "CREATE INDEX spoken_audio_by_file ON spoken_audio (sha256)",
                "CREATE INDEX spoken_audio_by_use ON spoken_audio (used_at)",
            ], only: RowSecurity.enable(table: "spoken_audio"), schema: .content)
    ]
}
