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
import { PageTabs } from "../frame/PageTabs";
import { closeSheet, openSheet, useSheet } from "../frame/sheets";
import { MemorySection } from "../memories/MemorySection";
import { NotificationSettings } from "../notifications/NotificationSettings";
import { assetURL } from "../routing/base";
import { Link } from "../routing/Link";
import { paths } from "../routing/paths";
import { usePage } from "../routing/usePage";
import { CodeField } from "../session/CodeField";
import { noProof, ProofFields } from "../session/ProofFields";
import { leave, session, updateUser } from "../session/session";
import { signOut } from "../session/signOut";
import { VoiceChoice } from "../speech/VoiceChoice";
import { useStore } from "../state/useStore";
import { chooseLanguage, Language, languageChoice, LanguageChoice, languages } from "../strings/locale";
import { t } from "../strings/t";
import { Devices } from "./Devices";
import { ExportAccount } from "./ExportAccount";
import { EmailSettings } from "./EmailSettings";
import { ImportAccount } from "./ImportAccount";
import { LinkedIdentities, useWaysIn } from "./LinkedIdentities";
import { LinkedPlatforms } from "./LinkedPlatforms";
import { PersonalTokens } from "./PersonalTokens";
import { Passkeys } from "./Passkeys";
import { SecondFactor } from "./SecondFactor";

const themes = [
  { value: "auto", label: t("settings.likeSystem") },
  { value: "light", label: t("settings.light") },
  { value: "dark", label: t("settings.dark") },
] as const;

const sections = {
  account: ({ user }: { user: User }) => <Account user={user} />,
  appearance: () => (
    <>
      <Section title={t("settings.appearanceTitle")}><Theme /></Section>
      <Section title={t("settings.language")}><Segments label={t("settings.language")} value={languageChoice} choices={tongues} onChange={chooseLanguage} /></Section>
      <Section title={t("settings.keyboard")}><KeyboardHelp /></Section>
    </>
  ),
  speech: ({ user }: { user: User }) => (
    <Section title={t("speech.voices")}>
      <VoiceChoice canFetch={user.role === "administrator"} />
      <p><Link to={paths.personas}>{t("companion.choosePersona")}</Link></p>
    </Section>
  ),
  memory: () => <MemorySection />,
  notifications: () => <NotificationSettings />,
  devices: ({ user }: { user: User }) => (
    <>
      <Section title={t("settings.signedIn")}><Devices /></Section>
      <LinkedPlatforms />
      <Section title={t("settings.tokens")}><PersonalTokens user={user} /></Section>
      <Section title={t("settings.session")}><SessionActions /></Section>
    </>
  ),
  data: ({ user }: { user: User }) => (
    <>
      <Section title={t("settings.exportTitle")}><ExportAccount user={user} /></Section>
      <Section title={t("settings.importTitle")}><ImportAccount /></Section>
      <Section title={t("settings.deleteTitle")}><DeleteAccount user={user} /></Section>
    </>
  ),
} as const;

const tongues: readonly { value: LanguageChoice; label: string }[] = [
  { value: "auto", label: t("settings.likeBrowser") },
  // Each by its own name, for who cannot read the page's.
  ...(Object.entries(languages) as [Language, string][]).map(([value, label]) => ({ value, label })),
];

type SectionName = keyof typeof sections;

const labels: Record<SectionName, string> = {
  account: t("settings.account"), appearance: t("settings.appearance"), speech: t("settings.speech"), memory: t("settings.memory"),
  notifications: t("settings.notifications"),
  devices: t("settings.devices"), data: t("settings.data"),
};

const roleNames = { administrator: t("settings.administrator"), moderator: t("settings.moderator"), teacher: t("settings.teacher") } as const;

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
      <PageTabs label={t("settings.sections")}>
        {(Object.keys(sections) as SectionName[]).map((each) => <Link key={each} to={paths.settings(each)} aria-current={each === name ? "page" : undefined}>{labels[each]}</Link>)}
      </PageTabs>
      <Shown user={current.user} />
      <p className="settings-foot"><a href={assetURL("docs")}>{t("settings.api")}</a> <a href={assetURL("licenses.txt")}>{t("settings.works")}</a></p>
    </div>
  );
}

function isSection(name: string): name is SectionName {
  return Object.hasOwn(sections, name);
}

function Account({ user }: { user: User }) {
  const [ways, renew] = useWaysIn();
  const hasOthers = ways !== null && (ways.data.length > 0 || ways.providers.length > 0);
  return (
    <>
      <Section title={t("settings.you")}><Profile user={user} /></Section>
      <Section title={t("settings.email")}><EmailSettings user={user} /></Section>
      {hasOthers ? <Section title={t("settings.identities")}><LinkedIdentities user={user} ways={ways} onChange={renew} /></Section> : null}
      {ways?.has_password === false ? null : (
        <>
          <Section title={t("settings.password")}><Password takesCode={user.has_second_factor} /></Section>
          <Section title={t("settings.passkeys")}><Passkeys user={user} /></Section>
          <Section title={t("settings.secondFactor")}><SecondFactor user={user} /></Section>
        </>
      )}
    </>
  );
}

function Theme() {
  return <Segments label={t("settings.theme")} value={useStore(themeChoice)} choices={themes} onChange={chooseTheme} />;
}

function KeyboardHelp() {
  return <button type="button" className="button" onClick={() => openSheet("shortcuts")}>{t("settings.showShortcuts")}</button>;
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
      showToast(t("settings.nameSaved"));
    } catch (error) {
      setProblem(describe(error));
    }
  };
  return (
    <form onSubmit={(event) => void save(event)}>
      <p className="settings-fact">{user.role === "student" ? user.email : `${user.email} · ${roleNames[user.role]}`}</p>
      {problem ? <Problem>{problem}</Problem> : null}
      <Field label={t("settings.name")} autoComplete="name" required maxLength={80} value={name} onChange={(event) => setName(event.target.value)} />
      <button type="submit" className="button" disabled={name.trim() === "" || name.trim() === user.display_name}>{t("settings.saveName")}</button>
      <p><Link to={paths.profile}>{t("profile.place")}</Link></p>
    </form>
  );
}

function Password({ takesCode }: { takesCode: boolean }) {
  const [before, setBefore] = useState("");
  const [code, setCode] = useState("");
  const [after, setAfter] = useState("");
  const [problem, setProblem] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const save = async (event: FormEvent) => {
    event.preventDefault();
    setProblem(null);
    setBusy(true);
    try {
      await accounts.changePassword(before, after, code);
      setBefore("");
      setCode("");
      setAfter("");
      showToast(t("settings.passwordChanged"));
    } catch (error) {
      setProblem(describe(error));
    } finally {
      setBusy(false);
    }
  };
  return (
    <form onSubmit={(event) => void save(event)}>
      {problem ? <Problem>{problem}</Problem> : null}
      <Field label={t("settings.currentPassword")} type="password" autoComplete="current-password" required value={before} onChange={(event) => setBefore(event.target.value)} />
      <Field
        label={t("settings.newPassword")} type="password" autoComplete="new-password" required minLength={10} maxLength={1024} hint={t("settings.tenCharacters")}
        value={after} onChange={(event) => setAfter(event.target.value)}
      />
      {takesCode ? <CodeField value={code} onChange={setCode} /> : null}
      <button type="submit" className="button" disabled={busy}>{t("settings.changePassword")}</button>
    </form>
  );
}

function SessionActions() {
  return (
    <div className="settings-row">
      <button type="button" className="button" onClick={() => void signOut(false)}>{t("settings.signOut")}</button>
      <button type="button" className="button" onClick={() => void signOut(true)}>{t("settings.signOutAll")}</button>
    </div>
  );
}

function DeleteAccount({ user }: { user: User }) {
  const open = useSheet("delete-account") !== null;
  const [proof, setProof] = useState(noProof);
  const [problem, setProblem] = useState<string | null>(null);
  const remove = async (event: FormEvent) => {
    event.preventDefault();
    setProblem(null);
    try {
      await accounts.removeAccount(proof.password, proof.code);
      await leave();
    } catch (error) {
      setProblem(describe(error));
    }
  };
  return (
    <>
      <p>{t("settings.deleteWhy")}</p>
      <button type="button" className="button danger" onClick={() => openSheet("delete-account")}>{t("settings.deleteStart")}</button>
      {open ? (
        <Dialog title={t("settings.deleteAsk")} onClose={closeSheet}>
          <form onSubmit={(event) => void remove(event)}>
            <div className="stack">
              <p>{t("settings.gone", { email: user.email })}</p>
              {problem ? <Problem>{problem}</Problem> : null}
              <ProofFields user={user} value={proof} onChange={setProof} autoFocus />
            </div>
            <footer>
              <button type="button" className="button" onClick={closeSheet}>{t("settings.keep")}</button>
              <button type="submit" className="button danger">{t("settings.deleteAll")}</button>
            </footer>
          </form>
        </Dialog>
      ) : null}
    </>
  );
}
