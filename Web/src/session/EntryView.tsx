import type { FormEvent, ReactNode, RefObject } from "react";
import { MonsterMark, ReadingMonster } from "../design/Monster";
import { rich } from "../strings/rich";
import { t } from "../strings/t";

interface EntryViewProps {
  title: string;
  lead: string;
  /** What the button says; without it there is none. */
  action?: string;
  /** Above the fields. */
  problem?: ReactNode;
  /** The fields. */
  children?: ReactNode;
  /** Below the button. */
  foot?: ReactNode;
  busy?: boolean;
  heading?: RefObject<HTMLHeadingElement>;
  form?: RefObject<HTMLFormElement>;
  submit?: (event: FormEvent) => void;
}

/** How the page of sign-in looks. It needs nothing but its words, so that the build can write it into the page itself. */
export function EntryView({ title, lead, action, problem, children, foot, busy = false, heading, form, submit }: EntryViewProps) {
  return (
    <div className="entry">
      <section className="entry-story" aria-label={t("session.about")}>
        <p className="brand"><MonsterMark /> <span>Little Monster</span></p>
        <div>
          <p className="entry-claim">{t("session.claim")}</p>
          <ReadingMonster />
          <ul>
            <li>{t("session.bring")}</li>
            <li>{t("session.ask")}</li>
            <li>{rich("session.shows", { mark: (text) => <mark>{text}</mark> })}</li>
          </ul>
        </div>
        <p className="entry-note">{t("session.stays")}</p>
      </section>
      <main className="entry-form">
        <form ref={form} onSubmit={submit}>
          <div>
            <h1 ref={heading} tabIndex={-1}>{title}</h1>
            <p className="lead">{lead}</p>
          </div>
          {problem}
          {children}
          {action === undefined ? null : <button type="submit" className="button primary large" disabled={busy}>{busy ? t("session.busy") : action}</button>}
          {foot}
        </form>
      </main>
    </div>
  );
}
