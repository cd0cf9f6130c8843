import { FormEvent, useState } from "react";
import { accounts } from "../api/accounts";
import { APIError, describe } from "../api/errors";
import { Field } from "../design/Field";
import { MonsterMark, ReadingMonster } from "../design/Monster";
import { Problem } from "../design/Notice";
import { Link } from "../routing/Link";
import { navigate } from "../routing/location";
import { paths } from "../routing/paths";
import { usePage } from "../routing/usePage";
import { takeUp } from "./session";

interface EntryProps {
  /** first: nobody has an account yet, and the first one is the administrator's. */
  kind: "first" | "register" | "signIn";
  mayRegister: boolean;
  /** Where to go afterwards. */
  goal: string;
  /** A session that was open has ended. */
  ended: boolean;
}

const words = {
  first: { title: "Welcome", lead: "Make the first account. It is the administrator’s.", action: "Make the account" },
  register: { title: "Make an account", lead: "Your library and your conversations are yours alone.", action: "Make the account" },
  signIn: { title: "Sign in", lead: "Go on where you stopped.", action: "Sign in" },
};

export default function EntryPage({ kind, mayRegister, goal, ended }: EntryProps) {
  const { title, action } = words[kind];
  const lead = ended && kind === "signIn" ? "Your session has ended. Sign in to go on where you stopped." : words[kind].lead;
  const heading = usePage(title);
  const fresh = kind !== "signIn";
  const [name, setName] = useState("");
  const [email, setEmail] = useState("");
  const [password, setPassword] = useState("");
  const [problem, setProblem] = useState<string | null>(null);
  const [details, setDetails] = useState<Record<string, string>>({});
  const [busy, setBusy] = useState(false);

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setBusy(true);
    setProblem(null);
    setDetails({});
    try {
      const tokens = fresh ? await accounts.register(email.trim(), password, name.trim()) : await accounts.signIn(email.trim(), password);
      navigate(goal, { replace: true });
      takeUp(tokens);
    } catch (error) {
      setBusy(false);
      if (error instanceof APIError && Object.keys(error.details).length > 0) setDetails(error.details);
      setProblem(!fresh && error instanceof APIError && error.status === 401 ? "The email address or the password is not right." : describe(error));
    }
  };

  const reason = (field: string) => (details[field] === undefined ? undefined : `It ${details[field]}.`);

  return (
    <div className="entry">
      <section className="entry-story" aria-label="About Little Monster">
        <p className="brand"><MonsterMark /> <span>Little Monster</span></p>
        <div>
          <p className="entry-claim">Ask your own lectures.</p>
          <ReadingMonster />
          <ul>
            <li>Bring lectures, slides and papers.</li>
            <li>Ask in your own words.</li>
            <li>Every answer shows its <mark>source</mark>, on the page.</li>
          </ul>
        </div>
        <p className="entry-note">Everything stays on this server.</p>
      </section>
      <main className="entry-form">
        <form onSubmit={(event) => void submit(event)}>
          <div>
            <h1 ref={heading} tabIndex={-1}>{title}</h1>
            <p className="lead">{lead}</p>
          </div>
          {problem ? <Problem>{problem}</Problem> : null}
          {fresh ? (
            <Field
              label="Name" autoComplete="name" required maxLength={80} value={name} problem={reason("display_name")}
              onChange={(event) => setName(event.target.value)}
            />
          ) : null}
          <Field
            label="Email" type="email" autoComplete="email" required value={email} problem={reason("email")}
            onChange={(event) => setEmail(event.target.value)}
          />
          <Field
            label="Password" type="password" autoComplete={fresh ? "new-password" : "current-password"} required minLength={fresh ? 10 : 1}
            maxLength={1024} value={password} problem={reason("password")} hint={fresh ? "At least 10 characters. A few words are easy to remember." : undefined}
            onChange={(event) => setPassword(event.target.value)}
          />
          <button type="submit" className="button primary large" disabled={busy}>{busy ? "One moment…" : action}</button>
          {kind === "signIn" && mayRegister ? <p>New here? <Link to={paths.register}>Make an account</Link></p> : null}
          {kind === "register" ? <p>You have an account? <Link to={paths.signIn}>Sign in</Link></p> : null}
        </form>
      </main>
    </div>
  );
}
