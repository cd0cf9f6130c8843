package import Database

package enum NotificationsMigrations {
    package static let all: [Migration] = [
        Migration(
            "notifications", 1, "settings, subscriptions to pushes, deliveries and keys",
            [
                """
                CREATE TABLE notification_settings (
                    user_id uuid PRIMARY KEY REFERENCES users (id) ON DELETE CASCADE,
                    settings jsonb NOT NULL,
                    next_cards_at timestamptz
                )
                """,
                "CREATE INDEX notification_settings_by_cards ON notification_settings (next_cards_at)",
                // A browser that is signed out is told nothing more: its subscription goes with its session.
                """
                CREATE TABLE push_subscriptions (
                    id uuid PRIMARY KEY,
                    user_id uuid NOT NULL REFERENCES users (id) ON DELETE CASCADE,
                    session_id uuid REFERENCES sessions (id) ON DELETE CASCADE,
                    endpoint text NOT NULL UNIQUE,
                    p256dh text NOT NULL,
                    auth text NOT NULL,
                    device_name text NOT NULL,
                    created_at timestamptz NOT NULL,
                    last_used_at timestamptz
                )
                """,
                "CREATE INDEX push_subscriptions_by_user ON push_subscriptions (user_id, created_at)",
                "CREATE INDEX push_subscriptions_by_session ON push_subscriptions (session_id)",
                // One message to one place. Under one id there is one, so nothing is told twice.
                """
                CREATE TABLE notification_deliveries (
                    id text PRIMARY KEY,
                    user_id uuid NOT NULL REFERENCES users (id) ON DELETE CASCADE,
                    channel text NOT NULL CHECK (channel IN ('push', 'mail')),
                    subscription_id uuid REFERENCES push_subscriptions (id) ON DELETE CASCADE,
                    content jsonb NOT NULL,
                    state text NOT NULL CHECK (state IN ('waiting', 'sent', 'dropped', 'failed')),
                    detail text NOT NULL,
                    created_at timestamptz NOT NULL,
                    finished_at timestamptz
                )
                """,
                "CREATE INDEX notification_deliveries_by_user ON notification_deliveries (user_id, channel, created_at)",
                "CREATE INDEX notification_deliveries_by_time ON notification_deliveries (created_at)",
                "CREATE INDEX notification_deliveries_by_subscription ON notification_deliveries (subscription_id)",
                // One row, written by whoever needs it first: all processes push and sign links with the same.
                """
                CREATE TABLE notification_keys (
                    id bigint PRIMARY KEY CHECK (id = 1),
                    private_key text NOT NULL,
                    public_key bytea NOT NULL,
                    link_secret text NOT NULL
                )
                """,
            ],
            only: RowSecurity.all(
                RowSecurity.enable(table: "notification_settings"), RowSecurity.enable(table: "push_subscriptions"),
                RowSecurity.enable(table: "notification_deliveries"),
                RowSecurity.enable(table: "notification_keys", read: RowRule("false"), write: RowRule("false"))),
            schema: .interaction)
    ]
}
