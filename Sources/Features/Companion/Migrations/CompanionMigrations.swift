package import Database
import Graphs

package enum CompanionMigrations {
    package static let all: [Migration] = [
        Migration(
            "companion", 1, "checkpoints of graphs", GraphCheckpointStore.table, only: GraphCheckpointStore.security,
            schema: .interaction),
        Migration(
            "companion", 2, "sessions, personas, spoken answers and pictures",
            [
                """
                CREATE TABLE companion_sessions (
                    id uuid PRIMARY KEY REFERENCES chat_conversations (id) ON DELETE CASCADE,
                    user_id uuid NOT NULL REFERENCES users (id) ON DELETE CASCADE,
                    persona text NOT NULL, language text, remembers boolean NOT NULL, summary text,
                    summarised bigint NOT NULL, turns bigint NOT NULL, created_at timestamptz NOT NULL)
                """,
                "CREATE INDEX companion_sessions_by_user ON companion_sessions (user_id)",
                """
                CREATE TABLE companion_personas (
                    user_id uuid NOT NULL REFERENCES users (id) ON DELETE CASCADE,
                    name_key text NOT NULL, persona text NOT NULL, PRIMARY KEY (user_id, name_key))
                """,
                """
                CREATE TABLE companion_audio (
                    id uuid PRIMARY KEY, user_id uuid NOT NULL REFERENCES users (id) ON DELETE CASCADE,
                    sha256 text NOT NULL, duration_ms bigint NOT NULL, created_at timestamptz NOT NULL)
                """,
                "CREATE INDEX companion_audio_by_time ON companion_audio (created_at)",
                "CREATE INDEX companion_audio_by_file ON companion_audio (sha256)",
                "CREATE INDEX companion_audio_by_user ON companion_audio (user_id)",
                """
                CREATE TABLE companion_pictures (
                    id uuid PRIMARY KEY, user_id uuid NOT NULL REFERENCES users (id) ON DELETE CASCADE,
                    session_id uuid NOT NULL REFERENCES companion_sessions (id) ON DELETE CASCADE,
                    title text NOT NULL, svg text NOT NULL, from_model boolean NOT NULL, created_at timestamptz NOT NULL)
                """,
                "CREATE INDEX companion_pictures_by_session ON companion_pictures (session_id)",
                "CREATE INDEX companion_pictures_by_user ON companion_pictures (user_id)",
            ],
            only: RowSecurity.all(
                RowSecurity.enable(table: "companion_sessions"), RowSecurity.enable(table: "companion_personas"),
                RowSecurity.enable(table: "companion_audio"), RowSecurity.enable(table: "companion_pictures")),
            schema: .interaction),
        Migration(
            "companion", 3, "the chat sums up conversations, and pictures may be files",
            [
                """
                UPDATE chat_conversations SET
                    summary = (SELECT s.summary FROM companion_sessions s WHERE s.id = chat_conversations.id),
                    summarised = (SELECT s.summarised FROM companion_sessions s WHERE s.id = chat_conversations.id)
                WHERE id IN (SELECT id FROM companion_sessions WHERE summary IS NOT NULL)
                """,
                "ALTER TABLE companion_sessions DROP COLUMN summary", "ALTER TABLE companion_sessions DROP COLUMN summarised",
                "ALTER TABLE companion_pictures ADD COLUMN sha256 text",
                "ALTER TABLE companion_pictures ADD COLUMN media_type text",
                "CREATE INDEX companion_pictures_by_file ON companion_pictures (sha256)",
            ], schema: .interaction),
    ]
}
