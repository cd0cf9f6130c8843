import { FormEvent, ReactNode, useEffect, useRef, useState } from "react";
import { documents } from "../api/documents";
import { APIError, describe, isAbort } from "../api/errors";
import { Quiz, quizzes } from "../api/quizzes";
import { Share, SharedKind, sharing } from "../api/sharing";
import { useCourse } from "../course/courseStore";
import { Dialog } from "../design/Dialog";
import { Field } from "../design/Field";
import { Icon } from "../design/Icon";
import { Loading, Problem } from "../design/Notice";
import { closeSheet, useSheet } from "../frame/sheets";
import { t } from "../strings/t";

/** The dialog for who may read a document or a course, or take a quiz, while the address asks for it. */
export function ShareDialog() {
  const document = useSheet("share-document");
  const course = useSheet("share-course");
  const quiz = useSheet("share-quiz");
  if (document) return <OfDocument key={document} id={document} />;
  if (quiz) return <OfQuiz key={quiz} id={quiz} />;
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

function OfQuiz({ id }: { id: string }) {
  const [quiz, setQuiz] = useState<Quiz | null>(null);
  useEffect(() => {
    const controller = new AbortController();
    quizzes.get(id, controller.signal).then(setQuiz, () => undefined);
    return () => controller.abort();
  }, [id]);
  return <Shares kind="quiz" id={id} title={quiz?.title ?? ""}>{quiz ? <ForCourse quiz={quiz} take={setQuiz} /> : null}</Shares>;
}

/** A quiz in a course of one's own can be given to everybody who reads the course. */
function ForCourse({ quiz, take }: { quiz: Quiz; take: (quiz: Quiz) => void }) {
  const course = useCourse(quiz.course_id ?? null);
  const [problem, setProblem] = useState<string | null>(null);
  if (!course || course.shared_by !== undefined) return null;
  const change = (given: boolean) => {
    setProblem(null);
    quizzes.giveToCourse(quiz.id, given).then(take, (error: unknown) => setProblem(describe(error)));
  };
  return (
    <>
      {problem ? <Problem>{problem}</Problem> : null}
      <label className="share-course"><input type="checkbox" checked={quiz.for_course} onChange={(event) => change(event.target.checked)} /> <span>{t("sharing.forCourse", { course: course.name })}</span></label>
    </>
  );
}

const titles = { document: "sharing.shareDocument", course: "sharing.shareCourse", quiz: "sharing.shareQuiz" } as const;
const meanings = { document: "sharing.documentMeans", course: "sharing.courseMeans", quiz: "sharing.quizMeans" } as const;

function Shares({ kind, id, title, children }: { kind: SharedKind; id: string; title: string; children?: ReactNode }) {
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
      setSaid(t(kind === "quiz" ? "sharing.addedQuiz" : "sharing.added", { name: share.name }));
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
    setSaid(t(kind === "quiz" ? "sharing.endedQuiz" : "sharing.ended", { name: share.name }));
    return form.current?.querySelector("input")?.focus();
  };

  return (
    <Dialog title={t(titles[kind])} onClose={closeSheet} sheet>
      <div className="stack share">
        {title === "" ? null : <p className="share-what" dir="auto">{title}</p>}
        <form ref={form} onSubmit={(event) => void add(event)} noValidate>
          <Field
            label={t("sharing.email")} type="email" inputMode="email" autoComplete="off" value={email} maxLength={254} autoFocus problem={wrong} required
            hint={t(meanings[kind])} onChange={(event) => setEmail(event.target.value)}
          />
          <button type="submit" className="button primary" disabled={busy || email.trim() === ""}>{t("sharing.share")}</button>
        </form>
        {children}
        {problem ? <Problem>{problem}</Problem> : null}
        <section aria-labelledby="share-people">
          <h3 id="share-people">{t(kind === "quiz" ? "sharing.takers" : "sharing.people")}</h3>
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
