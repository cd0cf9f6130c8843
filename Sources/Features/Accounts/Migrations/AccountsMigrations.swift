package import Database

/// The tables of people, their sign-ins and their refresh tokens. They come after those of events and jobs.
package enum AccountsMigrations {
    package static let all: [Migration] = [
        Migration(
            "accounts", 1, "users, sessions and refresh tokens",
            [
                """
                CREATE TABLE users (
                    id uuid PRIMARY KEY,
                    email text NOT NULL,
                    email_key text NOT NULL UNIQUE,
                    display_name text NOT NULL,
                    role text NOT NULL CHECK (role IN ('administrator', 'student')),
                    password_hash text NOT NULL,
                    created_at timestamptz NOT NULL,
                    password_changed_at timestamptz NOT NULL
                )
                """,
                // One row, written by whoever registers first: two who do so at once cannot both be it.
                "CREATE TABLE installation (id bigint PRIMARY KEY CHECK (id = 1), first_user_id uuid NOT NULL)",
                """
                CREATE TABLE sessions (
                    id uuid PRIMARY KEY,
                    user_id uuid NOT NULL REFERENCES users (id) ON DELETE CASCADE,
                    created_at timestamptz NOT NULL,
                    last_used_at timestamptz NOT NULL,
                    expires_at timestamptz NOT NULL,
                    user_agent text NOT NULL
                )
                """,
                "CREATE INDEX sessions_by_user ON sessions (user_id, last_used_at)",
                """
                CREATE TABLE refresh_tokens (
                    digest text PRIMARY KEY,
                    session_id uuid NOT NULL REFERENCES sessions (id) ON DELETE CASCADE,
                    user_id uuid NOT NULL,
                    expires_at timestamptz NOT NULL,
                    used_at timestamptz
                )
                """,
                "CREATE INDEX refresh_tokens_by_session ON refresh_tokens (session_id)",
                """
                CREATE TABLE sign_in_failures (
                    email_digest text PRIMARY KEY,
                    failures bigint NOT NULL,
                    blocked_until timestamptz NOT NULL,
                    last_at timestamptz NOT NULL
                )
                """,
            ],
            only: RowSecurity.all(
                RowSecurity.enable(table: "users", userColumn: "id"), RowSecurity.enable(table: "sessions"),
                RowSecurity.enable(table: "refresh_tokens")),
            schema: .authentication),
        Migration(
            "accounts", 2, "sessions that ended before their last access token",
            ["CREATE TABLE ended_sessions (session_id uuid PRIMARY KEY, until timestamptz NOT NULL)"], schema: .authentication),
        // Every attempt removes those of yesterday, however many addresses somebody tried.
        Migration(
            "accounts", 3, "failed sign-ins by their time", ["CREATE INDEX sign_in_failures_by_time ON sign_in_failures (last_at)"],
            schema: .authentication),
        // The platform's tables know no accounts; whoever makes the accounts ties them.
        Migration(
            "accounts", 4, "jobs and events go with their account", [],
            only: ForeignKey.all(ForeignKey.add(table: "jobs"), ForeignKey.add(table: "events")), schema: .authentication),
        Migration(
            "accounts", 5, "what the successor of a refresh token is made with",
            ["ALTER TABLE refresh_tokens ADD COLUMN successor_salt text"], schema: .authentication),
        Migration(
            "accounts", 6, "one-time links to a new password",
            [
                """
                CREATE TABLE password_resets (
                    digest text PRIMARY KEY,
                    user_id uuid NOT NULL UNIQUE REFERENCES users (id) ON DELETE CASCADE,
                    expires_at timestamptz NOT NULL
                )
                """
            ], only: RowSecurity.enable(table: "password_resets"), schema: .authentication),
        Migration(
            "accounts", 7, "codes of an app, and on paper, besides the password",
            [
                """
                CREATE TABLE second_factors (
                    user_id uuid PRIMARY KEY REFERENCES users (id) ON DELETE CASCADE,
                    secret text NOT NULL,
                    confirmed_at timestamptz,
                    last_step bigint
                )
                """,
                """
                CREATE TABLE recovery_codes (
                    user_id uuid NOT NULL REFERENCES users (id) ON DELETE CASCADE,
                    digest text NOT NULL,
                    PRIMARY KEY (user_id, digest)
                )
                """,
            ], only: RowSecurity.all(RowSecurity.enable(table: "second_factors"), RowSecurity.enable(table: "recovery_codes")),
            schema: .authentication),
        Migration(
            "accounts", 8, "profiles, addresses that are to be confirmed, and when it was proved who sits there",
            [
                "ALTER TABLE users ADD COLUMN avatar_colour text",
                "ALTER TABLE users ADD COLUMN subjects text NOT NULL DEFAULT '[]'",
                "ALTER TABLE users ADD COLUMN preferences text NOT NULL DEFAULT '{}'",
                "ALTER TABLE users ADD COLUMN email_verified_at timestamptz",
                "ALTER TABLE sessions ADD COLUMN proved_at timestamptz",
                """
                CREATE TABLE email_confirmations (
                    user_id uuid NOT NULL REFERENCES users (id) ON DELETE CASCADE,
                    purpose text NOT NULL CHECK (purpose IN ('verify', 'change')),
                    email text NOT NULL,
                    digest text UNIQUE,
                    requested_at timestamptz NOT NULL,
                    expires_at timestamptz NOT NULL,
                    PRIMARY KEY (user_id, purpose)
                )
                """,
            ], only: RowSecurity.enable(table: "email_confirmations"), schema: .authentication),
        // The column is made anew, since SQLite changes no check of one that is there.
        Migration(
            "accounts", 9, "teachers and moderators",
            [
                """
                ALTER TABLE users ADD COLUMN new_role text NOT NULL DEFAULT 'student'
                CHECK (new_role IN ('administrator', 'moderator', 'teacher', 'student'))
                """,
                "UPDATE users SET new_role = role",
                "ALTER TABLE users DROP COLUMN role",
                "ALTER TABLE users RENAME COLUMN new_role TO role",
            ], schema: .authentication),
        Migration(
            "accounts", 10, "invitations",
            [
                // `subject_id` is what another feature invites to; it has no reference, since that feature's tables come later.
                """
                CREATE TABLE invitations (
                    id uuid PRIMARY KEY,
                    digest text UNIQUE,
                    user_id uuid NOT NULL REFERENCES users (id) ON DELETE CASCADE,
                    purpose text NOT NULL CHECK (purpose IN ('account', 'class')),
                    subject_id uuid,
                    role text NOT NULL CHECK (role IN ('administrator', 'moderator', 'teacher', 'student')),
                    email text,
                    max_uses bigint NOT NULL,
                    uses bigint NOT NULL,
                    admissions bigint NOT NULL,
                    created_at timestamptz NOT NULL,
                    expires_at timestamptz NOT NULL,
                    revoked_at timestamptz
                )
                """,
                "CREATE INDEX invitations_by_user ON invitations (user_id, created_at)",
                "CREATE INDEX invitations_by_subject ON invitations (subject_id, created_at)",
            ], only: RowSecurity.enable(table: "invitations"), schema: .authentication),
        Migration(
            "accounts", 11, "where sessions are used, and devices that are known",
            [
                "ALTER TABLE sessions ADD COLUMN address text",
                "ALTER TABLE sessions ADD COLUMN country text",
                "ALTER TABLE sessions ADD COLUMN city text",
                """
                CREATE TABLE known_devices (
                    user_id uuid NOT NULL REFERENCES users (id) ON DELETE CASCADE,
                    digest text NOT NULL,
                    last_seen_at timestamptz NOT NULL,
                    PRIMARY KEY (user_id, digest)
                )
                """,
            ], only: RowSecurity.enable(table: "known_devices"), schema: .authentication),
        Migration(
            "accounts", 12, "passkeys",
            [
                """
                CREATE TABLE passkeys (
                    id text PRIMARY KEY,
                    user_id uuid NOT NULL REFERENCES users (id) ON DELETE CASCADE,
                    name text NOT NULL,
                    public_key bytea NOT NULL,
                    sign_count bigint NOT NULL,
                    is_backed_up boolean NOT NULL,
                    created_at timestamptz NOT NULL,
                    last_used_at timestamptz
                )
                """,
                "CREATE INDEX passkeys_by_user ON passkeys (user_id, created_at)",
                // Of whoever comes to sign in nobody knows yet who it is.
                """
                CREATE TABLE passkey_challenges (
                    digest text PRIMARY KEY,
                    user_id uuid REFERENCES users (id) ON DELETE CASCADE,
                    purpose text NOT NULL CHECK (purpose IN ('register', 'sign_in', 'prove')),
                    expires_at timestamptz NOT NULL
                )
                """,
                "CREATE INDEX passkey_challenges_by_end ON passkey_challenges (expires_at)",
                "CREATE INDEX passkey_challenges_by_user ON passkey_challenges (user_id)",
            ], only: RowSecurity.all(RowSecurity.enable(table: "passkeys"), RowSecurity.enable(table: "passkey_challenges")),
            schema: .authentication),
        // Of nobody yet: the program alone reads and writes them.
        Migration(
            "accounts", 13, "accounts that wait for their address to be confirmed",
            [
                """
                CREATE TABLE sign_ups (
                    id uuid PRIMARY KEY,
                    email_key text NOT NULL,
                    email text NOT NULL,
                    display_name text NOT NULL,
                    password_hash text NOT NULL,
                    invitation_digest text,
                    language text NOT NULL,
                    digest text UNIQUE,
                    requested_at timestamptz NOT NULL,
                    mailed_at timestamptz,
                    expires_at timestamptz NOT NULL
                )
                """,
                "CREATE INDEX sign_ups_by_email ON sign_ups (email_key, mailed_at)",
                "CREATE INDEX sign_ups_by_end ON sign_ups (expires_at)",
            ], only: RowSecurity.enable(table: "sign_ups", read: RowRule("false"), write: RowRule("false")),
            schema: .authentication),
        Migration(
            "accounts", 14, "archives that are taken in",
            [
                """
                CREATE TABLE account_imports (
                    id uuid PRIMARY KEY,
                    user_id uuid NOT NULL REFERENCES users (id) ON DELETE CASCADE,
                    sha256 text NOT NULL,
                    size bigint NOT NULL,
                    state text NOT NULL,
                    made_at timestamptz,
                    report text NOT NULL,
                    problem text,
                    job_id uuid,
                    created_at timestamptz NOT NULL,
                    finished_at timestamptz
                )
                """,
                "CREATE INDEX account_imports_by_user ON account_imports (user_id, created_at)",
                "CREATE INDEX account_imports_by_file ON account_imports (sha256)",
                "CREATE UNIQUE INDEX account_imports_running ON account_imports (user_id) WHERE state = 'running'",
            ], only: RowSecurity.enable(table: "account_imports"), schema: .authentication),
    ]
}
