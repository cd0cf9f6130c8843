package import Database

package enum ChatMigrations {
    package static let all: [Migration] = [
        Migration(
            "chat", 1, "conversations, messages and the log of each answer",
            [
                """
                CREATE TABLE chat_conversations (
                    id uuid PRIMARY KEY, user_id uuid NOT NULL, title text, document_ids jsonb,
                    created_at timestamptz NOT NULL, updated_at timestamptz NOT NULL)
                """,
                "CREATE INDEX chat_conversations_by_user ON chat_conversations (user_id, updated_at DESC)",
                """
                CREATE TABLE chat_messages (
                    id uuid PRIMARY KEY,
                    conversation_id uuid NOT NULL REFERENCES chat_conversations (id) ON DELETE CASCADE,
                    user_id uuid NOT NULL, role text NOT NULL, content text NOT NULL, status text NOT NULL,
                    citations jsonb NOT NULL, usage jsonb, error text,
                    question_id uuid REFERENCES chat_messages (id) ON DELETE CASCADE,
                    leased_until timestamptz, created_at timestamptz NOT NULL, updated_at timestamptz NOT NULL,
                    CHECK (role IN ('user', 'assistant')),
                    CHECK (status IN ('streaming', 'completed', 'stopped', 'failed')))
                """,
                "CREATE INDEX chat_messages_by_conversation ON chat_messages (conversation_id, id)",
                "CREATE INDEX chat_messages_by_question ON chat_messages (question_id)",
                // One answer at a time in a conversation, whatever the servers do.
                "CREATE UNIQUE INDEX chat_messages_streaming ON chat_messages (conversation_id) WHERE status = 'streaming'",
                // A row holds the events first...last, as a JSON array of {number, event, data}.
                """
                CREATE TABLE chat_message_log (
                    message_id uuid NOT NULL REFERENCES chat_messages (id) ON DELETE CASCADE,
                    user_id uuid NOT NULL, first_number bigint NOT NULL, last_number bigint NOT NULL, events text NOT NULL,
                    PRIMARY KEY (message_id, first_number))
                """,
            ],
            only: RowSecurity.all(
                RowSecurity.enable(table: "chat_conversations"), RowSecurity.enable(table: "chat_messages"),
                RowSecurity.enable(table: "chat_message_log")),
            schema: .interaction),
        Migration(
            "chat", 2, "conversations go with their account", [], only: ForeignKey.add(table: "chat_conversations"),
            schema: .interaction),
        Migration(
            "chat", 3, "the course of a conversation",
            [
                "ALTER TABLE chat_conversations ADD COLUMN course_id uuid REFERENCES courses (id) ON DELETE SET NULL",
                "CREATE INDEX chat_conversations_by_course ON chat_conversations (course_id)",
            ], schema: .interaction),
        Migration(
            "chat", 4, "messages are numbered, and logs are pruned",
            [
                "ALTER TABLE chat_messages ADD COLUMN number bigint NOT NULL DEFAULT 0",
                // Of the log's last event, which is asked for when the log is pruned.
                "ALTER TABLE chat_messages ADD COLUMN last_event bigint NOT NULL DEFAULT 0",
                // How often it was taken up since it was asked for.
                "ALTER TABLE chat_messages ADD COLUMN attempts bigint NOT NULL DEFAULT 0",
                """
                UPDATE chat_messages SET
                    number = (
                        SELECT count(*) FROM chat_messages m
                        WHERE m.conversation_id = chat_messages.conversation_id AND m.id <= chat_messages.id),
                    last_event = (
                        SELECT coalesce(max(l.last_number), 0) FROM chat_message_log l WHERE l.message_id = chat_messages.id)
                """,
                "CREATE UNIQUE INDEX chat_messages_by_number ON chat_messages (conversation_id, number)",
                "DROP INDEX chat_messages_by_conversation",
            ], schema: .interaction),
        Migration(
            "chat", 5, "a list of conversations is read on from a place",
            [
                "CREATE INDEX chat_conversations_by_activity ON chat_conversations (user_id, updated_at DESC, id DESC)",
                "DROP INDEX chat_conversations_by_user",
            ], schema: .interaction),
        Migration(
            "chat", 6, "what answers offer, and questions of all documents",
            [
                "ALTER TABLE chat_messages ADD COLUMN offers jsonb NOT NULL DEFAULT '[]'",
                "ALTER TABLE chat_messages ADD COLUMN scope text CHECK (scope IN ('all'))",
            ], schema: .interaction),
        Migration(
            "chat", 7, "what answers used of what is remembered, and conversations that are not to be remembered",
            [
                "ALTER TABLE chat_messages ADD COLUMN memories jsonb NOT NULL DEFAULT '[]'",
                "ALTER TABLE chat_conversations ADD COLUMN remembers boolean NOT NULL DEFAULT TRUE",
            ], schema: .interaction),
        Migration(
            "chat", 8, "long conversations in short",
            [
                "ALTER TABLE chat_conversations ADD COLUMN summary text",
                // The number of the last message in it.
                "ALTER TABLE chat_conversations ADD COLUMN summarised bigint NOT NULL DEFAULT 0",
            ], schema: .interaction),
        Migration(
            "chat", 9, "what answers would have tools make",
            [
                "ALTER TABLE chat_messages ADD COLUMN proposal jsonb",
                // What the tool is called with, as JSON.
                "ALTER TABLE chat_messages ADD COLUMN arguments text",
            ], schema: .interaction),
    ]
}
