import { FormEvent, useEffect, useState } from "react";
import { classes, ClassKey, ShownClass } from "../api/classes";
import { APIError, describe } from "../api/errors";
import { Field } from "../design/Field";
import { Loading, Problem } from "../design/Notice";
import { showToast } from "../design/toastStore";
import { Link } from "../routing/Link";
import { navigate } from "../routing/location";
import { paths } from "../routing/paths";
import { usePage } from "../routing/usePage";
import { invitationFault, tokenHere } from "../session/useInvitation";
import { t } from "../strings/t";

function faultOf(error: unknown): string {
  const details = error instanceof APIError ? error.details : {};
  if (details["invitation"] !== undefined) return invitationFault(details["invitation"]);
  if (details["code"] !== undefined) return t("classes.unknownCode");
  if (details["reason"] === "archived") return t("classes.isOver");
  if (details["reason"] === "full") return t("classes.isFull");
  return details["reason"] === "own_class" ? t("classes.isYours") : describe(error);
}

/** Joining a class by a link or a code: first what it means, then the joining. */
export function JoinPage() {
  const heading = usePage(t("classes.join"));
  // It stands in the fragment, which no server's log sees.
  const [token] = useState(() => tokenHere("token"));
  const [code, setCode] = useState("");
  const [key, setKey] = useState<ClassKey | null>(token === null ? null : { token });
  const [shown, setShown] = useState<ShownClass | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  useEffect(() => {
    if (key === null) return undefined;
    let gone = false;
    setProblem(null);
    classes.look(key).then((found) => gone || setShown(found), (error: unknown) => {
      if (gone) return;
      setProblem(faultOf(error));
      setKey(null);
    });
    return () => {
      gone = true;
    };
  }, [key]);
  const look = (event: FormEvent) => {
    event.preventDefault();
    setKey({ code: code.trim() });
  };
  const join = async () => {
    if (key === null) return;
    setBusy(true);
    try {
      const { id, name } = await classes.join(key);
      navigate(paths.class(id), { replace: true });
      showToast(t("classes.nowIn", { name }));
    } catch (error) {
      setProblem(faultOf(error));
      setBusy(false);
    }
  };
  return (
    <div className="page join-page">
      <header className="page-head"><h1 ref={heading} tabIndex={-1}>{t("classes.join")}</h1></header>
      {problem ? <Problem>{problem}</Problem> : null}
      {key !== null && shown === null && !problem ? <Loading label={t("classes.looking")} /> : null}
      {shown === null && key === null ? (
        <form onSubmit={look}>
          <Field label={t("classes.codeField")} required maxLength={40} autoComplete="off" autoCapitalize="characters" spellCheck={false} value={code} hint={t("classes.codeHint")} onChange={(event) => setCode(event.target.value)} />
          <button type="submit" className="button primary" disabled={code.trim() === ""}>{t("classes.goOn")}</button>
        </form>
      ) : null}
      {shown === null ? null : (
        <section className="join-what" aria-label={shown.name}>
          <h2 dir="auto">{shown.name}</h2>
          <p className="class-facts">{t("classes.by", { name: shown.teacher })}</p>
          {shown.about === "" ? null : <p dir="auto">{shown.about}</p>}
          {shown.is_teacher ? <p>{t("classes.isYours")}</p> : null}
          {shown.is_member || shown.is_teacher ? <p><Link className="button primary" to={paths.class(shown.id)}>{t("classes.open")}</Link></p> : (
            <>
              <h3>{t("classes.seesTitle", { name: shown.teacher })}</h3>
              <ul>
                <li>{t("classes.seesName")}</li>
                <li>{t("classes.seesResults")}</li>
              </ul>
              <p>{t("classes.seesNothing")}</p>
              <p className="join-buttons">
                <button type="button" className="button primary" disabled={busy} onClick={() => void join()}>{t("classes.agree")}</button>
                <Link className="button" to={paths.classes}>{t("classes.cancel")}</Link>
              </p>
            </>
          )}
        </section>
      )}
    </div>
  );
}
