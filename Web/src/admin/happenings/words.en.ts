/** What the audit log calls the kinds of events. */
const words = {
  user_signed_in: "Signed in",
  user_sign_in_failed: "Sign-in failed",
  user_registered: "Account made",
  user_password_changed: "Password changed",
  user_password_reset: "Password taken away",
  user_role_changed: "Role changed",
  user_second_factor_changed: "Second factor changed",
  user_refresh_token_reused: "Spent token shown again",
  user_deleted: "Account deleted",
  share_began: "Shared",
  share_ended: "No longer shared",
  anomaly_sign_in_failures: "Many failed sign-ins",
  anomaly_token_reused: "A token was copied",
  anomaly_mass_download: "Many documents at once",
  user_email_changed: "Address changed",
  user_email_verified: "Address confirmed",
  user_new_device: "New device",
  token_made: "Token made",
  token_removed: "Token taken away",
  user_identity_linked: "Other account linked",
  user_identity_unlinked: "Other account unlinked",
  invitation_made: "Invited",
  invitation_revoked: "Invitation taken back",
} as const;

export default words;
