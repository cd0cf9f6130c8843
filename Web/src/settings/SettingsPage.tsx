import { FormEvent, ReactNode, useState } from "react";
import { accounts, User } from "../api/accounts";
import { describe } from "../api/errors";
import { Dialog } from "../design/Dialog";
import { Field } from "../design/Field";
import { Problem } from "../design/Notice";
import { Segments } from "../design/Segments";
import { chooseTheme, themeChoice } from "../design/theme";
import { showToast } from "../design/toastStore";
import type { PageProps } from "../frame/Area";
import { NotFoundPage } from "../frame/NotFoundPage";
import { closeSheet, openSheet, useSheet } from "../frame/sheets";
import { assetURL } from "../routing/base";
import { Link } from "../routing/Link";
import { paths } from "../routing/paths";
import { usePage } from "../routing/usePage";
import { leave, session, updateUser } from "../session/session";
import { signOut } from "../session/signOut";
import { useStore } from "../state/useStore";
import { chooseLanguage, Language, languageChoice, LanguageChoice, languages } from "../strings/locale";
import { t } from "../strings/t";

const themes = [
  { value: "auto", label: "Like the system" },
  { value: "light", label: "Light" },
  { value: "dark", label: "Dark" },
] as const;

const sections = {
  account: ({ user }: { user: User }) => (
    <>
      <Section title="You"><Profile user={user} /></Section>
      <Section title="Password"><Password /></Section>
    </>
  ),
  appearance: () => (
    <>
      <Section title="Appearance"><Theme /></Section>
      <Section title={t("settings.language")}><Segments label={t("settings.language")} value={languageChoice} choices={tongues} onChange={chooseLanguage} /></Section>
      <Section title="Keyboard"><KeyboardHelp /></Section>
    </>
  ),
  devices: () => <Section title="Session"><SessionActions /></Section>,
  data: ({ user }: { user: User }) => <Section title="Delete the account"><DeleteAccount user={user} /></Section>,
} as const;

const tongues: readonly { value: LanguageChoice; label: string }[] = [
  { value: "auto", label: t("settings.likeBrowser") },
  // Each by its own name, for who cannot read the page's.
  ...(Object.entries(languages) as [Language, string][]).map(([value, label]) => ({ value, label })),
];

type SectionName = keyof typeof sections;

const labels: Record<SectionName, string> = {
  account: t("settings.account"), appearance: t("settings.appearance"), devices: t("settings.devices"), data: t("settings.data"),
};

/** The student's own settings, a section at a time. */
export function SettingsPage({ params }: PageProps) {
  const name = params["section"] ?? "account";
  const heading = usePage(t("settings.place"));
  const current = useStore(session);
  if (current.phase !== "signedIn") return null;
  if (!isSection(name)) return <NotFoundPage />;
  const Shown = sections[name];
  return (
    <div className="page settings sectioned">
      <header className="page-head"><h1 ref={heading} tabIndex={-1}>{t("settings.place")}</h1></header>
      <nav className="page-tabs" aria-label={t("settings.sections")}>
        {(Object.keys(sections) as SectionName[]).map((each) => <Link key={each} to={paths.settings(each)} aria-current={each === name ? "page" : undefined}>{labels[each]}</Link>)}
      </nav>
      <Shown user={current.user} />
      <p className="settings-foot"><a href={assetURL("docs")}>The API</a> <a href={assetURL("licenses.txt")}>Works of others in this app</a></p>
    </div>
  );
}

function isSection(name: string): name is SectionName {
  return Object.hasOwn(sections, name);
}

function Theme() {
  return <Segments label="Theme" value={useStore(themeChoice)} choices={themes} onChange={chooseTheme} />;
}

function KeyboardHelp() {
  return <button type="button" className="button" onClick={() => openSheet("shortcuts")}>Show the shortcuts</button>;
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
  return (
    <div className="settings-row">
      <button type="button" className="button" onClick={() => void signOut(false)}>Sign out</button>
      <button type="button" className="button" onClick={() => void signOut(true)}>Sign out everywhere</button>
    </div>
  );
}

function DeleteAccount({ user }: { user: User }) {
  const open = useSheet("delete-account") !== null;
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
      <button type="button" className="button danger" onClick={() => openSheet("delete-account")}>Delete the account…</button>
      {open ? (
        <Dialog title="Delete your account?" onClose={closeSheet}>
          <form onSubmit={(event) => void remove(event)}>
            <div className="stack">
              <p>Everything that {user.email} brought here will be gone for good.</p>
              {problem ? <Problem>{problem}</Problem> : null}
              <Field label="Password" type="password" autoComplete="current-password" required autoFocus value={password} onChange={(event) => setPassword(event.target.value)} />
            </div>
            <footer>
              <button type="button" className="button" onClick={closeSheet}>Keep the account</button>
              <button type="submit" className="button danger">Delete everything</button>
            </footer>
          </form>
        </Dialog>
      ) : null}
    </>
  );
}
