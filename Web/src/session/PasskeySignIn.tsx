import { useEffect, useRef, useState } from "react";
import { APIError, describe } from "../api/errors";
import { isPutAway, offersQuietly, passkeys } from "../api/passkeys";
import type { SessionTokens } from "../api/accounts";
import { t } from "../strings/t";

interface PasskeySignInProps {
  onDone: (tokens: SessionTokens) => void;
  onProblem: (problem: string) => void;
}

/** Before the server forgets what it asked for. */
const patience = 4 * 60_000;

/** Signs in with a passkey: by the button, or where the browser can, by what it offers for the field of the address. */
export function PasskeySignIn({ onDone, onProblem }: PasskeySignInProps) {
  const [asking, setAsking] = useState(0);
  const [busy, setBusy] = useState(false);
  const waiting = useRef<AbortController | null>(null);
  useEffect(() => {
    const controller = new AbortController();
    waiting.current = controller;
    const offer = async () => {
      if (!(await offersQuietly()) || controller.signal.aborted) return;
      onDone(await passkeys.signIn(true, controller.signal));
    };
    void offer().catch((error: unknown) => {
      // What a browser cannot offer is nobody's concern; what the server says to a passkey that was chosen is.
      if (error instanceof APIError && [401, 404].includes(error.status) && !controller.signal.aborted) onProblem(describe(error));
    });
    const timer = window.setTimeout(() => setAsking((before) => before + 1), patience);
    return () => {
      window.clearTimeout(timer);
      controller.abort();
    };
    // What waits is asked for anew, not when the page is drawn again.
  }, [asking]);
  const run = async () => {
    setBusy(true);
    // A browser asks for one thing at a time.
    waiting.current?.abort();
    try {
      onDone(await passkeys.signIn(false));
    } catch (error) {
      if (!isPutAway(error)) onProblem(error instanceof DOMException ? t("session.passkeyFailed") : describe(error));
      // The button took the place of what the field offered.
      setAsking((before) => before + 1);
    } finally {
      setBusy(false);
    }
  };
  return <button type="button" className="button" disabled={busy} onClick={() => void run()}>{t("session.passkey")}</button>;
}
