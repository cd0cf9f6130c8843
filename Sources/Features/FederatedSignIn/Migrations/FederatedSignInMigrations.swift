package import Database

/// The tables of accounts elsewhere and of sign-ins by them.
package enum FederatedSignInMigrations {
    package static let all: [Migration] = [
        Migration(
            "federated-sign-in", 1, "accounts elsewhere, and sign-ins by them",
            [
                """
                CREATE TABLE linked_identities (
                    id uuid PRIMARY KEY,
                    user_id uuid NOT NULL REFERENCES users (id) ON DELETE CASCADE,
                    provider text NOT NULL,
                    issuer text NOT NULL,
                    subject text NOT NULL,
                    email text,
                    created_at timestamptz NOT NULL,
                    last_used_at timestamptz,
                    UNIQUE (issuer, subject)
                )
                """,
                "CREATE INDEX linked_identities_by_user ON linked_identities (user_id)",
                """
                CREATE TABLE sign_in_flows (
                    state_digest text PRIMARY KEY,
                    browser_digest text NOT NULL,
                    provider text NOT NULL,
                    purpose text NOT NULL,
                    user_id uuid REFERENCES users (id) ON DELETE CASCADE,
                    return_to text NOT NULL,
                    expires_at timestamptz NOT NULL,
                    answered_at timestamptz,
                    ended_at timestamptz,
                    issuer text,
                    subject text,
                    invitation text
                )
                """,
                "CREATE INDEX sign_in_flows_by_expiry ON sign_in_flows (expires_at)",
            ],
            only: RowSecurity.all(RowSecurity.enable(table: "linked_identities"), RowSecurity.enable(table: "sign_in_flows")),
            schema: .authentication)
    ]
}
