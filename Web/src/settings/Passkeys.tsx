import { FormEvent, useEffect, useState } from "react";
import type { User } from "../api/accounts";
import { describe, isAbort } from "../api/errors";
import { isPutAway, Passkey, passkeys, makesPasskeys } from "../api/passkeys";
import { deviceName } from "../design/deviceName";
import { Dialog } from "../design/Dialog";
import { Field } from "../design/Field";
import { Icon } from "../design/Icon";
import { Problem } from "../design/Notice";
import { showToast } from "../design/toastStore";
import { noProof, ProofFields } from "../session/ProofFields";
import { updateUser } from "../session/session";
import { dayText } from "../strings/days";
import { t } from "../strings/t";
import { proofProblem } from "./proofProblem";

type Wish = { kind: "add" } | { kind: "rename" | "remove"; passkey: Passkey };

/** Keys on one's devices that sign in without a password. */
export function Passkeys({ user }: { user: User }) {
  const [list, setList] = useState<readonly Passkey[]>([]);
  const [wish, setWish] = useState<Wish | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  useEffect(() => {
    if (!user.has_passkeys) return setList([]);
    const controller = new AbortController();
    passkeys.list(controller.signal).then(setList, (error: unknown) => {
      if (!isAbort(error)) setProblem(describe(error));
    });
    return () => controller.abort();
  }, [user.has_passkeys]);
  const change = (next: readonly Passkey[]) => {
    setList(next);
    updateUser({ ...user, has_passkeys: next.length > 0 });
    setWish(null);
  };
  return (
    <>
      <p>{t("settings.passkeysWhy")}</p>
      {problem ? <Problem>{problem}</Problem> : null}
      {list.length > 0 ? (
        <ul className="devices" aria-label={t("settings.passkeys")}>
          {list.map((passkey) => (
            <li key={passkey.id}>
              <Icon name="shield" size={18} />
              <div>
                <strong dir="auto">{passkey.name}</strong>
                <p>{passkey.last_used_at === undefined ? t("settings.passkeyUnused") : t("settings.lastUsed", { day: dayText(passkey.last_used_at) })}</p>
              </div>
              <button type="button" className="icon-button" aria-label={t("settings.passkeyRenameOne", { name: passkey.name })} title={t("settings.passkeyRename")} onClick={() => setWish({ kind: "rename", passkey })}><Icon name="pencil" /></button>
              <button type="button" className="icon-button" aria-label={t("settings.passkeyRemoveOne", { name: passkey.name })} title={t("settings.passkeyRemove")} onClick={() => setWish({ kind: "remove", passkey })}><Icon name="trash" /></button>
            </li>
          ))}
        </ul>
      ) : null}
      {makesPasskeys() ? <button type="button" className="button" onClick={() => setWish({ kind: "add" })}>{t("settings.passkeyAdd")}</button> : <p>{t("settings.passkeysNotHere")}</p>}
      {wish ? <PasskeyDialog wish={wish} user={user} list={list} onChange={change} onClose={() => setWish(null)} /> : null}
    </>
  );
}

interface PasskeyDialogProps {
  wish: Wish;
  user: User;
  list: readonly Passkey[];
  onChange: (list: readonly Passkey[]) => void;
  onClose: () => void;
}

function PasskeyDialog({ wish, user, list, onChange, onClose }: PasskeyDialogProps) {
  const [name, setName] = useState(wish.kind === "add" ? deviceName(navigator.userAgent) : wish.passkey.name);
  const [proof, setProof] = useState(noProof);
  const [problem, setProblem] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const title = wish.kind === "add" ? t("settings.passkeyAdd") : wish.kind === "rename" ? t("settings.passkeyRename") : t("settings.passkeyRemove");
  const go = async (event: FormEvent) => {
    event.preventDefault();
    setProblem(null);
    setBusy(true);
    try {
      if (wish.kind === "add") {
        const made = await passkeys.add(await passkeys.begin(proof.password, proof.code), name.trim());
        showToast(t("settings.passkeyAdded", { name: made.name }));
        return onChange([...list, made]);
      }
      if (wish.kind === "rename") {
        const renamed = await passkeys.rename(wish.passkey.id, name.trim());
        return onChange(list.map((each) => (each.id === renamed.id ? renamed : each)));
      }
      await passkeys.remove(wish.passkey.id, proof.password, proof.code);
      showToast(t("settings.passkeyRemoved", { name: wish.passkey.name }));
      onChange(list.filter(({ id }) => id !== wish.passkey.id));
    } catch (error) {
      setBusy(false);
      setProblem(reason(error));
    }
  };
  return (
    <Dialog title={title} onClose={onClose}>
      <form onSubmit={(event) => void go(event)}>
        <div className="stack">
          <p>{wish.kind === "add" ? t("settings.passkeyHow") : wish.kind === "remove" ? t("settings.passkeyRemoveWhy", { name: wish.passkey.name }) : null}</p>
          {problem ? <Problem>{problem}</Problem> : null}
          {wish.kind === "remove" ? null : <Field label={t("settings.passkeyName")} required maxLength={60} autoFocus value={name} onChange={(event) => setName(event.target.value)} />}
          {wish.kind === "rename" ? null : <ProofFields user={user} value={proof} onChange={setProof} />}
        </div>
        <footer>
          <button type="button" className="button" onClick={onClose}>{t("settings.factorNo")}</button>
          <button type="submit" className={wish.kind === "remove" ? "button danger" : "button primary"} disabled={busy || (wish.kind !== "remove" && name.trim() === "")}>{title}</button>
        </footer>
      </form>
    </Dialog>
  );
}

function reason(error: unknown): string {
  if (isPutAway(error)) return t("settings.passkeyPutAway");
  if (error instanceof DOMException && error.name === "InvalidStateError") return t("settings.passkeyThere");
  return proofProblem(error);
}
