import type { Translated } from "../../strings/message";
import type en from "./words.en";

const words: Translated<typeof en> = {
  user_signed_in: "Angemeldet",
  user_sign_in_failed: "Anmeldung gescheitert",
  user_registered: "Konto angelegt",
  user_password_changed: "Passwort geändert",
  user_password_reset: "Passwort entzogen",
  user_role_changed: "Rolle geändert",
  user_second_factor_changed: "Zweiter Faktor geändert",
  user_refresh_token_reused: "Verbrauchtes Token erneut gezeigt",
  user_deleted: "Konto gelöscht",
  user_exported: "Alles mitgenommen",
  installation_keys_rotated: "Schlüssel gewechselt",
  installation_settings_changed: "Einstellungen geändert",
  share_began: "Geteilt",
  share_ended: "Nicht mehr geteilt",
  anomaly_sign_in_failures: "Viele gescheiterte Anmeldungen",
  anomaly_token_reused: "Ein Token wurde kopiert",
  anomaly_mass_download: "Viele Dokumente auf einmal",
  user_email_changed: "Adresse geändert",
  user_email_verified: "Adresse bestätigt",
  user_new_device: "Neues Gerät",
  user_passkey_added: "Passkey hinzugefügt",
  user_passkey_removed: "Passkey entfernt",
  token_made: "Token ausgestellt",
  token_removed: "Token entzogen",
  user_identity_linked: "Anderes Konto verknüpft",
  user_identity_unlinked: "Anderes Konto gelöst",
  invitation_made: "Eingeladen",
  invitation_revoked: "Einladung zurückgezogen",
};

export default words;
