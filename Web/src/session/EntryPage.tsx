import { FormEvent, useEffect, useRef, useState } from "react";
import { accounts, SessionTokens } from "../api/accounts";
import { APIError, describe } from "../api/errors";
import { takesPasskeys } from "../api/passkeys";
import { Field } from "../design/Field";
import { Problem } from "../design/Notice";
import { Link } from "../routing/Link";
import { navigate } from "../routing/location";
import { paths } from "../routing/paths";
import { usePage } from "../routing/usePage";
import { rich } from "../strings/rich";
import { t } from "../strings/t";
import { CodeField } from "./CodeField";
import { EntryView } from "./EntryView";
import { PasskeySignIn } from "./PasskeySignIn";
import { invitationFault, useInvitation } from "./useInvitation";
import { ProviderButtons } from "./ProviderButtons";
import { rememberGoal } from "./goalAfterMail";
import { SessionEnd, takeUp } from "./session";
import { takeTyped } from "./typed";

export interface EntryProps {
  /** first: nobody has an account yet, and the first one is the administrator's. */
  kind: "first" | "register" | "signIn";
  mayRegister: boolean;
  /** Who lost the password gets a link by mail. */
  mailsResets: boolean;
  /** Where passkeys are good, if anywhere. */
  passkeyOrigin?: string | undefined;
  /** Where to go afterwards. */
  goal: string;
  /** A session that was open has ended. */
  ended: SessionEnd;
  /** The token of the link by which the newcomer comes. */
  invitation: string | null;
  /** Where newcomers make an account. */
  register: string;
}

const words = {
  first: { title: t("session.welcome"), lead: t("session.firstLead"), action: t("session.make") },
  register: { title: t("session.makeAccount"), lead: t("session.registerLead"), action: t("session.make") },
  signIn: { title: t("session.signIn"), lead: t("session.signInLead"), action: t("session.signIn") },
};

const leads = { student: "session.invitedLead", teacher: "session.invitedTeacher", moderator: "session.invitedModerator", administrator: "session.invitedAdministrator" } as const;

export default function EntryPage({ kind, mayRegister, mailsResets, passkeyOrigin, goal, ended, invitation, register }: EntryProps) {
  const { title, action } = words[kind];
  const fresh = kind !== "signIn";
  const { shown, fault } = useInvitation(kind === "register" ? invitation : null);
  const lead = ended && kind === "signIn" ? t(ended === "tooOld" ? "session.endedTooOld" : "session.ended") : shown ? t(shown.purpose === "class" ? "session.invitedToClass" : leads[shown.role], { name: shown.invited_by }) : words[kind].lead;
  // Where a mail went that the newcomer goes on by.
  const [mailedTo, setMailedTo] = useState<string | null>(null);
  const heading = usePage(mailedTo === null ? title : t("session.mailed"));
  // What was written before the app was there is not lost.
  const [typed] = useState(takeTyped);
  const [name, setName] = useState("");
  const [email, setEmail] = useState(typed?.email ?? "");
  const [password, setPassword] = useState(typed?.password ?? "");
  // Asked for once the password is known to be right.
  const [code, setCode] = useState<string | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const [details, setDetails] = useState<Record<string, string>>({});
  const [busy, setBusy] = useState(false);
  const form = useRef<HTMLFormElement>(null);
  // The invitation knows whom it was mailed to.
  const invited = shown?.email;
  useEffect(() => {
    if (invited !== undefined) setEmail((before) => (before === "" ? invited : before));
  }, [invited]);
  useEffect(() => {
    if (typed?.focus) form.current?.querySelector<HTMLInputElement>(`input[type=${typed.focus}]`)?.focus();
    if (typed?.submitted && !fresh) form.current?.requestSubmit();
  }, [typed, fresh]);
  useEffect(() => {
    if (mailedTo !== null) heading.current?.focus();
  }, [mailedTo, heading]);

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setBusy(true);
    setProblem(null);
    setDetails({});
    try {
      const answer = fresh ? await accounts.register(email.trim(), password, name.trim(), invitation) : await accounts.signIn(email.trim(), password, code ?? "");
      if ("mailed" in answer) {
        rememberGoal(goal);
        setBusy(false);
        setPassword("");
        return setMailedTo(email.trim());
      }
      navigate(goal, { replace: true });
      takeUp(answer);
    } catch (error) {
      setBusy(false);
      if (error instanceof APIError && error.details["code"] !== undefined) {
        if (code !== null) setProblem(t("session.codeNotRight"));
        return setCode("");
      }
      const over = error instanceof APIError ? error.details["invitation"] : undefined;
      if (over !== undefined) return setProblem(invitationFault(over));
      if (error instanceof APIError && Object.keys(error.details).length > 0) setDetails(error.details);
      setProblem(!fresh && error instanceof APIError && error.status === 401 ? t("session.notRight") : describe(error));
    }
  };

  const enter = (tokens: SessionTokens) => {
    navigate(goal, { replace: true });
    takeUp(tokens);
  };

  const reason = (field: string) => (details[field] === undefined ? undefined : t("session.fault", { reason: details[field] ?? "" }));
  const others = <ProviderButtons page={goal} invitation={kind === "register" ? invitation : null} />;
  const foot = kind === "signIn" ? (
    <>
      {takesPasskeys(passkeyOrigin) ? <PasskeySignIn onDone={enter} onProblem={setProblem} /> : null}
      {others}
      {mailsResets ? <p><Link to={paths.forgot}>{t("session.forgot")}</Link></p> : null}
      {mayRegister ? <p>{rich("session.newHere", { link: (text) => <Link to={register}>{text}</Link> })}</p> : null}
    </>
  )
    : kind === "register" ? <>{others}<p>{rich("session.haveAccount", { link: (text) => <Link to={register === paths.register ? paths.signIn : goal}>{text}</Link> })}</p></> : others;

  if (mailedTo !== null) {
    return (
      <EntryView
        title={t("session.mailed")} lead={t("session.mailedLead", { email: mailedTo })} heading={heading}
        foot={<><p>{t("session.mailedNothing")}</p><p><button type="button" className="button" onClick={() => setMailedTo(null)}>{t("session.otherAddress")}</button></p></>}
      />
    );
  }
  return (
    <EntryView
      title={title} lead={lead} action={action} busy={busy} heading={heading} form={form} submit={(event) => void submit(event)}
      problem={problem ?? fault ? <Problem>{problem ?? fault}</Problem> : null} foot={foot}
    >
      {fresh ? (
        <Field
          label={t("session.name")} autoComplete="name" required maxLength={80} value={name} problem={reason("display_name")}
          onChange={(event) => setName(event.target.value)}
        />
      ) : null}
      <Field
        label={t("session.email")} type="email" autoComplete={kind === "signIn" ? "username webauthn" : "email"} required value={email} problem={reason("email")}
        onChange={(event) => setEmail(event.target.value)}
      />
      <Field
        label={t("session.password")} type="password" autoComplete={fresh ? "new-password" : "current-password"} required minLength={fresh ? 10 : 1}
        maxLength={1024} value={password} problem={reason("password")} hint={fresh ? t("session.passwordHint") : undefined}
        onChange={(event) => setPassword(event.target.value)}
      />
      {code === null ? null : <CodeField value={code} onChange={setCode} autoFocus />}
    </EntryView>
  );
}
