import { FormEvent, useEffect, useRef, useState } from "react";
import { documents } from "../api/documents";
import { APIError, describe, isAbort } from "../api/errors";
import { Share, SharedKind, sharing } from "../api/sharing";
import { useCourse } from "../course/courseStore";
import { Dialog } from "../design/Dialog";
import { Field } from "../design/Field";
import { Icon } from "../design/Icon";
import { Loading, Problem } from "../design/Notice";
import { closeSheet, useSheet } from "../frame/sheets";
import { t } from "../strings/t";

/** The dialog for who may read a document or a course, while the address asks for it. */
export function ShareDialog() {
  const document = useSheet("share-document");
  const course = useSheet("share-course");
  if (document) return <OfDocument key={document} id={document} />;
  return course ? <OfCourse key={course} id={course} /> : null;
}

function OfDocument({ id }: { id: string }) {
  const [title, setTitle] = useState("");
  useEffect(() => {
    const controller = new AbortController();
    documents.get(id, controller.signal).then((document) => setTitle(document.title), () => undefined);
    return () => controller.abort();
  }, [id]);
  return <Shares kind="document" id={id} title={title} />;
}

function OfCourse({ id }: { id: string }) {
  return <Shares kind="course" id={id} title={useCourse(id)?.name ?? ""} />;
}

function Shares({ kind, id, title }: { kind: SharedKind; id: string; title: string }) {
  const [shares, setShares] = useState<readonly Share[] | null>(null);
  const [email, setEmail] = useState("");
  const [wrong, setWrong] = useState<string | undefined>(undefined);
  const [problem, setProblem] = useState<string | null>(null);
  const [said, setSaid] = useState("");
  const [busy, setBusy] = useState(false);
  const form = useRef<HTMLFormElement>(null);
  useEffect(() => {
    const controller = new AbortController();
    sharing.list(kind, id, controller.signal).then(({ data }) => setShares(data), (error: unknown) => {
      if (!isAbort(error)) setProblem(describe(error));
    });
    return () => controller.abort();
  }, [kind, id]);

  const add = async (event: FormEvent) => {
    event.preventDefault();
    setBusy(true);
    setWrong(undefined);
    try {
      const share = await sharing.add(kind, id, email.trim());
      setShares((before) => [...(before ?? []).filter(({ member_id }) => member_id !== share.member_id), share]);
      setSaid(t("sharing.added", { name: share.name }));
      setEmail("");
    } catch (error) {
      setWrong(wordsFor(error));
    }
    setBusy(false);
    form.current?.querySelector("input")?.focus();
  };
  const end = async (share: Share) => {
    setProblem(null);
    try {
      await sharing.end(kind, id, share.member_id);
    } catch (error) {
      // It was left meanwhile.
      if (!(error instanceof APIError && error.status === 404)) return setProblem(describe(error));
    }
    setShares((before) => (before ?? []).filter(({ member_id }) => member_id !== share.member_id));
    setSaid(t("sharing.ended", { name: share.name }));
    return form.current?.querySelector("input")?.focus();
  };

  return (
    <Dialog title={kind === "course" ? t("sharing.shareCourse") : t("sharing.shareDocument")} onClose={closeSheet} sheet>
      <div className="stack share">
        {title === "" ? null : <p className="share-what" dir="auto">{title}</p>}
        <form ref={form} onSubmit={(event) => void add(event)} noValidate>
          <Field
            label={t("sharing.email")} type="email" inputMode="email" autoComplete="off" value={email} maxLength={254} autoFocus problem={wrong} required
            hint={kind === "course" ? t("sharing.courseMeans") : t("sharing.documentMeans")} onChange={(event) => setEmail(event.target.value)}
          />
          <button type="submit" className="button primary" disabled={busy || email.trim() === ""}>{t("sharing.share")}</button>
        </form>
        {problem ? <Problem>{problem}</Problem> : null}
        <section aria-labelledby="share-people">
          <h3 id="share-people">{t("sharing.people")}</h3>
          {shares === null && problem === null ? <Loading label={t("sharing.reading")} /> : null}
          {shares?.length === 0 ? <p className="share-none">{t("sharing.nobody")}</p> : null}
          <ul className="share-list">
            {(shares ?? []).map((share) => (
              <li key={share.member_id}>
                <span className="share-person"><Icon name="people" size={18} /></span>
                <div><p dir="auto">{share.name}</p><p className="share-email" dir="auto">{share.email}</p></div>
                <button type="button" className="button quiet" onClick={() => void end(share)} aria-label={t("sharing.endFor", { name: share.name })}>{t("sharing.end")}</button>
              </li>
            ))}
          </ul>
        </section>
        <p className="visually-hidden" role="status">{said}</p>
      </div>
    </Dialog>
  );
}

function wordsFor(error: unknown): string {
  const details = error instanceof APIError ? error.details : {};
  if (details["reason"] === "no_account") return t("sharing.unknown");
  if (details["reason"] === "own_account") return t("sharing.yourself");
  return details["email"] === undefined ? describe(error) : t("sharing.noAddress");
}
