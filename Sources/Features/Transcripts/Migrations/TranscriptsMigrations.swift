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
            schema: .content),
        Migration(
            "transcripts", 2, "recordings that come a piece at a time, and documents of what is said",
            [
                "ALTER TABLE transcripts ADD COLUMN shelf text NOT NULL DEFAULT 'none'",
                "ALTER TABLE transcripts ADD COLUMN shelf_problem text",
                "ALTER TABLE transcripts ADD COLUMN document_id uuid",
                "ALTER TABLE transcripts ADD COLUMN shelved_at timestamptz",
                "CREATE INDEX transcripts_by_document ON transcripts (document_id)",
                """
                CREATE TABLE recording_pieces (
                    transcript_id uuid NOT NULL REFERENCES transcripts (id) ON DELETE CASCADE,
                    number bigint NOT NULL,
                    user_id uuid NOT NULL REFERENCES users (id) ON DELETE CASCADE,
                    take bigint NOT NULL,
                    sha256 text NOT NULL,
                    size bigint NOT NULL,
                    PRIMARY KEY (transcript_id, number)
                )
                """,
                "CREATE INDEX recording_pieces_by_file ON recording_pieces (sha256)",
                "CREATE INDEX recording_pieces_by_user ON recording_pieces (user_id)",
            ], only: RowSecurity.enable(table: "recording_pieces"), schema: .content),
        Migration(
            "transcripts", 3, "courses and slides of recordings",
            [
                "ALTER TABLE transcripts ADD COLUMN course_id uuid",
                "ALTER TABLE transcripts ADD COLUMN slides_id uuid",
            ], schema: .content),
        Migration(
            "transcripts", 4, "what is said in a recording that is still made",
            [
                """
                CREATE TABLE recording_captions (
                    transcript_id uuid NOT NULL REFERENCES transcripts (id) ON DELETE CASCADE,
                    number bigint NOT NULL,
                    user_id uuid NOT NULL REFERENCES users (id) ON DELETE CASCADE,
                    start_ms bigint NOT NULL,
                    end_ms bigint NOT NULL,
                    text text NOT NULL,
                    PRIMARY KEY (transcript_id, number)
                )
                """,
                "CREATE INDEX recording_captions_by_user ON recording_captions (user_id)",
            ], only: RowSecurity.enable(table: "recording_captions"), schema: .content),
        Migration(
            "transcripts", 5, "who speaks",
            [
                "ALTER TABLE transcripts ADD COLUMN parting text NOT NULL DEFAULT 'none'",
                "ALTER TABLE transcripts ADD COLUMN parting_count bigint",
                "ALTER TABLE transcripts ADD COLUMN parting_problem text",
            ], schema: .content),
    ]
}
