/** The kinds of events that the audit log can be narrowed to, as this version of the app knows them. */
export const happenings = [
  "user.signed_in", "user.sign_in_failed", "user.registered", "user.password_changed", "user.password_reset", "user.role_changed",
  "user.second_factor_changed", "user.email_changed", "user.email_verified", "user.new_device", "user.passkey_added", "user.passkey_removed", "token.made", "token.removed", "user.identity_linked", "user.identity_unlinked",
  "planner.password_made", "planner.password_removed", "planner.address_made", "planner.address_removed",
  "learning_platform.registered", "learning_platform.changed", "learning_platform.removed", "learning_platform.key_made", "user.platform_linked", "user.platform_unlinked",
  "user.exported", "invitation.made", "invitation.revoked", "user.refresh_token_reused", "user.deleted", "share.began", "share.ended",
  "installation.keys_rotated", "installation.settings_changed",
  "anomaly.sign_in_failures", "anomaly.token_reused", "anomaly.mass_download",
] as const;
