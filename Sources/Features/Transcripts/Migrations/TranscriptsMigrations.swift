package import Database

package enum TranscriptsMigrations {
    package static let all: [Migration] = [
        Migration(
            "transcripts", 1, "transcripts",
            [
                """
                CREATE TABLE transcripts (
                    id uuid PRIMARY KEY,
                    user_id uuid NOT NULL REFERENCES users (id) ON DELETE CASCADE,
                    title text NOT NULL,
                    filename text NOT NULL,
                    sha256 text NOT NULL,
                    size bigint NOT NULL,
                    media_type text NOT NULL,
                    wish text,
                    vocabulary text NOT NULL,
                    state text NOT NULL,
                    heard_ms bigint NOT NULL,
                    duration_ms bigint,
                    language text,
                    engine text,
                    confidence double precision,
                    gaps text NOT NULL,
                    speakers text NOT NULL,
                    problem text,
                    job_id uuid,
                    created_at timestamptz NOT NULL,
                    updated_at timestamptz NOT NULL
                )
                """,
                "CREATE INDEX transcripts_by_time ON transcripts (user_id, created_at)",
                "CREATE INDEX transcripts_by_file ON transcripts (sha256)",
                """
                CREATE TABLE transcript_segments (
                    id uuid PRIMARY KEY,
                    transcript_id uuid NOT NULL REFERENCES transcripts (id) ON DELETE CASCADE,
                    user_id uuid NOT NULL REFERENCES users (id) ON DELETE CASCADE,
                    start_ms bigint NOT NULL,
                    end_ms bigint NOT NULL,
                    text text NOT NULL,
                    confidence double precision,
                    speaker text,
                    words text NOT NULL
                )
                """,
                "CREATE INDEX transcript_segments_in_order ON transcript_segments (transcript_id, start_ms, id)",
                "CREATE INDEX transcript_segments_by_user ON transcript_segments (user_id)",
            ], only: RowSecurity.all(RowSecurity.enable(table: "transcripts"), RowSecurity.enable(table: "transcript_segments")),
            schema: .content)
    ]
}
