import { Field } from "../design/Field";
import { t } from "../strings/t";

interface CodeFieldProps {
  value: string;
  onChange: (value: string) => void;
  /** It has just been asked for. */
  autoFocus?: boolean;
  /** Recovery codes are taken too. */
  takesPaper?: boolean;
}

/** A code of an authenticator app, or one on paper. */
export function CodeField({ value, onChange, autoFocus = false, takesPaper = true }: CodeFieldProps) {
  return (
    <Field
      label={t("session.code")} autoComplete="one-time-code" inputMode={takesPaper ? "text" : "numeric"} spellCheck={false} autoCapitalize="off" required
      maxLength={40} autoFocus={autoFocus} value={value} hint={takesPaper ? t("session.codeHint") : undefined} onChange={(event) => onChange(event.target.value)}
    />
  );
}
