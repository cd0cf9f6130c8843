package import Database

package enum CardsMigrations {
    package static let all: [Migration] = [
        Migration(
            "cards", 1, "decks, cards and reviews",
            [
                """
                CREATE TABLE decks (
                    id uuid PRIMARY KEY,
                    user_id uuid NOT NULL REFERENCES users (id) ON DELETE CASCADE,
                    course_id uuid REFERENCES courses (id) ON DELETE SET NULL,
                    name text NOT NULL,
                    retention double precision,
                    created_at timestamptz NOT NULL,
                    updated_at timestamptz NOT NULL
                )
                """,
                "CREATE INDEX decks_by_user ON decks (user_id, created_at)",
                "CREATE INDEX decks_by_course ON decks (course_id)",
                // What a student wrote; each question that it asks is a row of `cards`. `document_id` repeats what `source` has, to be
                // found by.
                """
                CREATE TABLE card_texts (
                    id uuid PRIMARY KEY,
                    user_id uuid NOT NULL REFERENCES users (id) ON DELETE CASCADE,
                    deck_id uuid NOT NULL REFERENCES decks (id) ON DELETE CASCADE,
                    type text NOT NULL CHECK (type IN ('basic', 'reversed', 'cloze', 'image_occlusion')),
                    markup text NOT NULL CHECK (markup IN ('markdown', 'html')),
                    front text NOT NULL,
                    back text NOT NULL,
                    tags jsonb NOT NULL,
                    source jsonb,
                    document_id uuid,
                    guid text NOT NULL,
                    created_at timestamptz NOT NULL,
                    updated_at timestamptz NOT NULL,
                    UNIQUE (user_id, guid)
                )
                """,
                "CREATE INDEX card_texts_by_deck ON card_texts (deck_id, created_at)",
                "CREATE INDEX card_texts_by_document ON card_texts (user_id, document_id)",
                // `shown_from` is the later of `due` and `buried_until`, and null while the card is suspended: what is asked next is the
                // beginning of one index.
                """
                CREATE TABLE cards (
                    id uuid PRIMARY KEY,
                    user_id uuid NOT NULL REFERENCES users (id) ON DELETE CASCADE,
                    text_id uuid NOT NULL REFERENCES card_texts (id) ON DELETE CASCADE,
                    deck_id uuid NOT NULL REFERENCES decks (id) ON DELETE CASCADE,
                    part bigint NOT NULL,
                    position bigint NOT NULL,
                    queue bigint NOT NULL,
                    phase text NOT NULL CHECK (phase IN ('new', 'learning', 'review', 'relearning')),
                    step bigint NOT NULL,
                    stability double precision,
                    difficulty double precision,
                    due timestamptz NOT NULL,
                    last_review timestamptz,
                    reps bigint NOT NULL,
                    lapses bigint NOT NULL,
                    is_suspended boolean NOT NULL,
                    is_leech boolean NOT NULL,
                    buried_until timestamptz,
                    buried_by uuid,
                    shown_from timestamptz,
                    UNIQUE (text_id, part)
                )
                """,
                "CREATE INDEX cards_waiting ON cards (user_id, queue, shown_from, position, deck_id)",
                "CREATE INDEX cards_waiting_by_deck ON cards (deck_id, queue, shown_from, position)",
                // The log outlives the card: what was remembered stays true. It goes with the account.
                """
                CREATE TABLE card_reviews (
                    id uuid NOT NULL,
                    user_id uuid NOT NULL REFERENCES users (id) ON DELETE CASCADE,
                    card_id uuid NOT NULL,
                    deck_id uuid NOT NULL,
                    rating bigint NOT NULL,
                    reviewed_at timestamptz NOT NULL,
                    days double precision NOT NULL,
                    duration_ms bigint,
                    phase text NOT NULL,
                    state_before jsonb NOT NULL,
                    undone_at timestamptz,
                    PRIMARY KEY (user_id, id)
                )
                """,
                "CREATE INDEX card_reviews_by_time ON card_reviews (user_id, reviewed_at)",
                "CREATE INDEX card_reviews_by_card ON card_reviews (card_id, reviewed_at)",
                """
                CREATE TABLE card_settings (
                    user_id uuid PRIMARY KEY REFERENCES users (id) ON DELETE CASCADE,
                    settings jsonb NOT NULL,
                    fitted jsonb,
                    fitted_at timestamptz
                )
                """,
            ],
            only: RowSecurity.all(
                RowSecurity.enable(table: "decks"), RowSecurity.enable(table: "card_texts"), RowSecurity.enable(table: "cards"),
                RowSecurity.enable(table: "card_reviews"), RowSecurity.enable(table: "card_settings")), schema: .content),
        Migration(
            "cards", 2, "files on their way into a deck",
            [
                """
                CREATE TABLE card_imports (
                    id uuid PRIMARY KEY,
                    user_id uuid NOT NULL REFERENCES users (id) ON DELETE CASCADE,
                    deck_id uuid NOT NULL REFERENCES decks (id) ON DELETE CASCADE,
                    form text NOT NULL,
                    content bytea NOT NULL,
                    created_at timestamptz NOT NULL
                )
                """,
                "CREATE INDEX card_imports_by_deck ON card_imports (deck_id)",
            ], only: RowSecurity.enable(table: "card_imports"), schema: .content),
        Migration(
            "cards", 3, "packages of other programs, with their notes, pictures and sounds",
            [
                // A note as another program wrote it, so that it goes back as it came: `card_texts.note` has its fields.
                """
                CREATE TABLE card_note_types (
                    id uuid PRIMARY KEY,
                    user_id uuid NOT NULL REFERENCES users (id) ON DELETE CASCADE,
                    foreign_id bigint NOT NULL,
                    definition jsonb NOT NULL
                )
                """,
                "CREATE INDEX card_note_types_by_user ON card_note_types (user_id, foreign_id)",
                "ALTER TABLE card_texts ADD COLUMN note jsonb",
                """
                CREATE TABLE card_media (
                    user_id uuid NOT NULL REFERENCES users (id) ON DELETE CASCADE,
                    name text NOT NULL,
                    sha256 text NOT NULL,
                    size bigint NOT NULL,
                    media_type text NOT NULL,
                    created_at timestamptz NOT NULL,
                    PRIMARY KEY (user_id, name)
                )
                """,
                "CREATE INDEX card_media_by_content ON card_media (sha256)",
                """
                CREATE TABLE card_media_uses (
                    user_id uuid NOT NULL REFERENCES users (id) ON DELETE CASCADE,
                    text_id uuid NOT NULL REFERENCES card_texts (id) ON DELETE CASCADE,
                    name text NOT NULL,
                    PRIMARY KEY (text_id, name)
                )
                """,
                "CREATE INDEX card_media_uses_by_name ON card_media_uses (user_id, name)",
                // A package lies among the files, not in the row.
                "ALTER TABLE card_imports ADD COLUMN sha256 text",
            ],
            only: RowSecurity.all(
                RowSecurity.enable(table: "card_note_types"), RowSecurity.enable(table: "card_media"),
                RowSecurity.enable(table: "card_media_uses")), schema: .content),
    ]
}
