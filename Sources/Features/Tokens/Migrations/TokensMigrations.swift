package import Database

/// The table of personal tokens.
package enum TokensMigrations {
    package static let all: [Migration] = [
        Migration(
            "tokens", 1, "personal tokens",
            [
                """
                CREATE TABLE personal_tokens (
                    id uuid PRIMARY KEY,
                    user_id uuid NOT NULL REFERENCES users (id) ON DELETE CASCADE,
                    name text NOT NULL,
                    scopes text NOT NULL,
                    digest text NOT NULL UNIQUE,
                    created_at timestamptz NOT NULL,
                    expires_at timestamptz NOT NULL,
                    last_used_at timestamptz
                )
                """,
                "CREATE INDEX personal_tokens_by_user ON personal_tokens (user_id, created_at)",
            ], only: RowSecurity.enable(table: "personal_tokens"), schema: .authentication)
    ]
}
