import { FormEvent, ReactNode, useState } from "react";
import { accounts, User } from "../api/accounts";
import { describe } from "../api/errors";
import { Dialog } from "../design/Dialog";
import { Field } from "../design/Field";
import { Problem } from "../design/Notice";
import { Segments } from "../design/Segments";
import { chooseTheme, themeChoice } from "../design/theme";
import { finishDeletions } from "../design/UndoableDeletion";
import { showToast } from "../design/toastStore";
import { assetURL } from "../routing/base";
import { usePage } from "../routing/usePage";
import { ShortcutsDialog } from "../shell/ShortcutsDialog";
import { leave, session, updateUser } from "../session/session";
import { useStore } from "../state/useStore";

const themes = [
  { value: "auto", label: "Like the system" },
  { value: "light", label: "Light" },
  { value: "dark", label: "Dark" },
] as const;

export function SettingsPage() {
  const heading = usePage("Settings");
  const current = useStore(session);
  const theme = useStore(themeChoice);
  if (current.phase !== "signedIn") return null;
  const { user } = current;
  return (
    <div className="page settings">
      <h1 ref={heading} tabIndex={-1}>Settings</h1>
      <Section title="Appearance"><Segments label="Theme" value={theme} choices={themes} onChange={chooseTheme} /></Section>
      <Section title="Keyboard"><KeyboardHelp /></Section>
      <Section title="You"><Profile user={user} /></Section>
      <Section title="Password"><Password /></Section>
      <Section title="Session"><SessionActions /></Section>
      <Section title="Delete the account"><DeleteAccount user={user} /></Section>
      <p className="settings-foot"><a href={assetURL("docs")}>The API</a> <a href={assetURL("licenses.txt")}>Works of others in this app</a></p>
    </div>
  );
}

function KeyboardHelp() {
  const [open, setOpen] = useState(false);
  return (
    <>
      <button type="button" className="button" onClick={() => setOpen(true)}>Show the shortcuts</button>
      {open ? <ShortcutsDialog onClose={() => setOpen(false)} /> : null}
    </>
  );
}

function Section({ title, children }: { title: string; children: ReactNode }) {
  return <section className="settings-section"><h2>{title}</h2><div>{children}</div></section>;
}

function Profile({ user }: { user: User }) {
  const [name, setName] = useState(user.display_name);
  const [problem, setProblem] = useState<string | null>(null);
  const save = async (event: FormEvent) => {
    event.preventDefault();
    setProblem(null);
    try {
      updateUser(await accounts.rename(name.trim()));
      showToast("Your name was saved.");
    } catch (error) {
      setProblem(describe(error));
    }
  };
  return (
    <form onSubmit={(event) => void save(event)}>
      <p className="settings-fact">{user.email}{user.role === "administrator" ? " · Administrator" : ""}</p>
      {problem ? <Problem>{problem}</Problem> : null}
      <Field label="Name" autoComplete="name" required maxLength={80} value={name} onChange={(event) => setName(event.target.value)} />
      <button type="submit" className="button" disabled={name.trim() === "" || name.trim() === user.display_name}>Save the name</button>
    </form>
  );
}

function Password() {
  const [before, setBefore] = useState("");
  const [after, setAfter] = useState("");
  const [problem, setProblem] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const save = async (event: FormEvent) => {
    event.preventDefault();
    setProblem(null);
    setBusy(true);
    try {
      await accounts.changePassword(before, after);
      setBefore("");
      setAfter("");
      showToast("Your password was changed. Other devices are signed out.");
    } catch (error) {
      setProblem(describe(error));
    } finally {
      setBusy(false);
    }
  };
  return (
    <form onSubmit={(event) => void save(event)}>
      {problem ? <Problem>{problem}</Problem> : null}
      <Field label="Current password" type="password" autoComplete="current-password" required value={before} onChange={(event) => setBefore(event.target.value)} />
      <Field
        label="New password" type="password" autoComplete="new-password" required minLength={10} maxLength={1024} hint="At least 10 characters."
        value={after} onChange={(event) => setAfter(event.target.value)}
      />
      <button type="submit" className="button" disabled={busy}>Change the password</button>
    </form>
  );
}

function SessionActions() {
  const end = async (everywhere: boolean) => {
    try {
      await finishDeletions();
      await (everywhere ? accounts.signOutEverywhere() : accounts.signOut());
    } catch (error) {
      showToast(describe(error));
      return;
    }
    await leave();
  };
  return (
    <div className="settings-row">
      <button type="button" className="button" onClick={() => void end(false)}>Sign out</button>
      <button type="button" className="button" onClick={() => void end(true)}>Sign out everywhere</button>
    </div>
  );
}

function DeleteAccount({ user }: { user: User }) {
  const [open, setOpen] = useState(false);
  const [password, setPassword] = useState("");
  const [problem, setProblem] = useState<string | null>(null);
  const remove = async (event: FormEvent) => {
    event.preventDefault();
    setProblem(null);
    try {
      await accounts.removeAccount(password);
      await leave();
    } catch (error) {
      setProblem(describe(error));
    }
  };
  return (
    <>
      <p>Your documents, conversations and sessions are deleted with it. This cannot be undone.</p>
      <button type="button" className="button danger" onClick={() => setOpen(true)}>Delete the account…</button>
      {open ? (
        <Dialog title="Delete your account?" onClose={() => setOpen(false)}>
          <form onSubmit={(event) => void remove(event)}>
            <div className="stack">
              <p>Everything that {user.email} brought here will be gone for good.</p>
              {problem ? <Problem>{problem}</Problem> : null}
              <Field label="Password" type="password" autoComplete="current-password" required autoFocus value={password} onChange={(event) => setPassword(event.target.value)} />
            </div>
            <footer>
              <button type="button" className="button" onClick={() => setOpen(false)}>Keep the account</button>
              <button type="submit" className="button danger">Delete everything</button>
            </footer>
          </form>
        </Dialog>
      ) : null}
    </>
  );
}
