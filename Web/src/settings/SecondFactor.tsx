import { FormEvent, useEffect, useState } from "react";
import { accounts, User } from "../api/accounts";
import { isAbort } from "../api/errors";
import type { NewSecondFactorView } from "../api/generated/schemas";
import { Dialog } from "../design/Dialog";
import { Field } from "../design/Field";
import { Problem } from "../design/Notice";
import { showToast } from "../design/toastStore";
import { CodeField } from "../session/CodeField";
import { updateUser } from "../session/session";
import { t } from "../strings/t";
import { QRCode } from "./QRCode";
import { RecoveryCodes } from "./RecoveryCodes";
import { proofProblem } from "./proofProblem";

type Wish = "begin" | "renew" | "remove";

/** Codes of an authenticator app besides the password. */
export function SecondFactor({ user }: { user: User }) {
  const [wish, setWish] = useState<Wish | null>(null);
  const [codes, setCodes] = useState<readonly string[] | null>(null);
  const left = useCodesLeft(user, codes);
  const close = () => {
    setWish(null);
    setCodes(null);
  };
  return (
    <>
      <p>{user.has_second_factor ? t("settings.factorOn") : t("settings.factorWhy")}</p>
      {left !== null && left < 4 ? <Problem>{t("settings.fewCodes", { count: left })}</Problem> : null}
      <div className="settings-row">
        {user.has_second_factor ? (
          <>
            <button type="button" className="button" onClick={() => setWish("renew")}>{t("settings.newCodes")}</button>
            <button type="button" className="button" onClick={() => setWish("remove")}>{t("settings.factorOff")}</button>
          </>
        ) : <button type="button" className="button" onClick={() => setWish("begin")}>{t("settings.factorTurnOn")}</button>}
      </div>
      {codes !== null ? <RecoveryCodes codes={codes} onClose={close} />
        : wish === "begin" ? <Begin user={user} onDone={setCodes} onClose={close} />
        : wish !== null ? <Prove wish={wish} user={user} onCodes={setCodes} onClose={close} /> : null}
    </>
  );
}

/** How many codes on paper are left; null where none are used. */
function useCodesLeft(user: User, renewed: unknown): number | null {
  const [left, setLeft] = useState<number | null>(null);
  useEffect(() => {
    if (!user.has_second_factor) return setLeft(null);
    const controller = new AbortController();
    accounts.secondFactor(controller.signal).then((found) => setLeft(found.is_on ? found.recovery_codes_left : null), (error: unknown) => {
      // It is a reminder; the section works without.
      if (!isAbort(error)) setLeft(null);
    });
    return () => controller.abort();
  }, [user.has_second_factor, renewed]);
  return left;
}

/** First the password, then the app's picture and its first code. */
function Begin({ user, onDone, onClose }: { user: User; onDone: (codes: readonly string[]) => void; onClose: () => void }) {
  const [password, setPassword] = useState("");
  const [made, setMade] = useState<NewSecondFactorView | null>(null);
  const [code, setCode] = useState("");
  const [problem, setProblem] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const go = async (event: FormEvent) => {
    event.preventDefault();
    setProblem(null);
    setBusy(true);
    try {
      if (made === null) return setMade(await accounts.beginSecondFactor(password));
      const codes = await accounts.confirmSecondFactor(code);
      updateUser({ ...user, has_second_factor: true });
      onDone(codes);
    } catch (error) {
      setProblem(proofProblem(error));
    } finally {
      setBusy(false);
    }
  };
  return (
    <Dialog title={t("settings.factorTurnOn")} onClose={onClose}>
      <form onSubmit={(event) => void go(event)}>
        <div className="stack">
          {problem ? <Problem>{problem}</Problem> : null}
          {made === null ? (
            <>
              <p>{t("settings.factorFirst")}</p>
              <Field label={t("settings.password")} type="password" autoComplete="current-password" required autoFocus value={password} onChange={(event) => setPassword(event.target.value)} />
            </>
          ) : (
            <>
              <p>{t("settings.factorScan")}</p>
              <QRCode rows={made.qr} label={t("settings.qr")} />
              <p className="factor-secret">{t("settings.factorType")} <code>{made.secret.replace(/.{4}(?=.)/g, "$& ")}</code></p>
              <CodeField value={code} onChange={setCode} autoFocus takesPaper={false} />
            </>
          )}
        </div>
        <footer>
          <button type="button" className="button" onClick={onClose}>{t("settings.factorNo")}</button>
          <button type="submit" className="button primary" disabled={busy}>{made === null ? t("settings.factorNext") : t("settings.factorTurnOn")}</button>
        </footer>
      </form>
    </Dialog>
  );
}

/** Password and code, before codes on paper are made anew or all of it is turned off. */
function Prove({ wish, user, onCodes, onClose }: { wish: "renew" | "remove"; user: User; onCodes: (codes: readonly string[]) => void; onClose: () => void }) {
  const [password, setPassword] = useState("");
  const [code, setCode] = useState("");
  const [problem, setProblem] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const title = wish === "renew" ? t("settings.newCodes") : t("settings.factorOff");
  const go = async (event: FormEvent) => {
    event.preventDefault();
    setProblem(null);
    setBusy(true);
    try {
      if (wish === "renew") return onCodes(await accounts.renewRecoveryCodes(password, code));
      await accounts.removeSecondFactor(password, code);
      updateUser({ ...user, has_second_factor: false });
      showToast(t("settings.factorIsOff"));
      onClose();
    } catch (error) {
      setProblem(proofProblem(error));
    } finally {
      setBusy(false);
    }
  };
  return (
    <Dialog title={title} onClose={onClose}>
      <form onSubmit={(event) => void go(event)}>
        <div className="stack">
          <p>{wish === "renew" ? t("settings.newCodesWhy") : t("settings.factorOffWhy")}</p>
          {problem ? <Problem>{problem}</Problem> : null}
          <Field label={t("settings.password")} type="password" autoComplete="current-password" required autoFocus value={password} onChange={(event) => setPassword(event.target.value)} />
          <CodeField value={code} onChange={setCode} />
        </div>
        <footer>
          <button type="button" className="button" onClick={onClose}>{t("settings.factorNo")}</button>
          <button type="submit" className={wish === "remove" ? "button danger" : "button primary"} disabled={busy}>{title}</button>
        </footer>
      </form>
    </Dialog>
  );
}
