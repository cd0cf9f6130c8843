import { FormEvent, useEffect, useState } from "react";
import { describe } from "../api/errors";
import { AvatarColour, avatarColours, Profile, profiles } from "../api/profile";
import { Field } from "../design/Field";
import { Initial } from "../design/Initial";
import { Loading, Problem } from "../design/Notice";
import { showToast } from "../design/toastStore";
import { Link } from "../routing/Link";
import { paths } from "../routing/paths";
import { usePage } from "../routing/usePage";
import { session, updateUser } from "../session/session";
import { useStore } from "../state/useStore";
import { dayText } from "../strings/days";
import { t } from "../strings/t";
import { Figures } from "./Figures";

/** The student's own profile: what they say of themselves, and the figures of what they have brought and learned. */
export function ProfilePage() {
  const heading = usePage(t("profile.place"));
  const current = useStore(session);
  const id = current.phase === "signedIn" ? current.user.id : null;
  const [profile, setProfile] = useState<Profile | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const [attempt, setAttempt] = useState(0);
  useEffect(() => {
    if (id === null) return undefined;
    const controller = new AbortController();
    setProblem(null);
    profiles.read(id, controller.signal).then(setProfile, (error: unknown) => {
      if (!controller.signal.aborted) setProblem(describe(error));
    });
    return () => controller.abort();
  }, [id, attempt]);
  if (id === null) return null;
  return (
    <div className="page profile">
      <header className="profile-head">
        <Initial name={profile ? profile.display_name || profile.email : ""} colour={profile?.avatar_colour} large />
        <div>
          <h1 ref={heading} tabIndex={-1} dir="auto">{profile ? profile.display_name : t("profile.place")}</h1>
          {profile ? <p className="sub">{[profile.email, t("profile.since", { day: dayText(profile.created_at) })].join(" · ")}</p> : null}
        </div>
      </header>
      <Figures id={id} />
      {problem ? <Problem action={{ label: t("profile.tryAgain"), run: () => setAttempt(attempt + 1) }}>{problem}</Problem>
        : profile === null ? <Loading label={t("profile.reading")} /> : <ProfileForm key={profile.id} profile={profile} onSave={setProfile} />}
      <p className="profile-foot"><Link to={paths.settings()}>{t("profile.account")}</Link></p>
    </div>
  );
}

function ProfileForm({ profile, onSave }: { profile: Profile; onSave: (profile: Profile) => void }) {
  const [name, setName] = useState(profile.display_name);
  const [colour, setColour] = useState<AvatarColour | null>(profile.avatar_colour ?? null);
  const [subjects, setSubjects] = useState((profile.subjects ?? []).join(", "));
  const [problem, setProblem] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const save = async (event: FormEvent) => {
    event.preventDefault();
    setProblem(null);
    setBusy(true);
    try {
      const named = subjects.split(/[,;\n]/).map((each) => each.trim()).filter((each) => each !== "");
      const saved = await profiles.change(profile.id, { display_name: name.trim(), subjects: named, ...(colour ? { avatar_colour: colour } : {}) });
      onSave(saved);
      setSubjects((saved.subjects ?? []).join(", "));
      const current = session.get();
      if (current.phase === "signedIn") updateUser({ ...current.user, display_name: saved.display_name, ...(saved.avatar_colour ? { avatar_colour: saved.avatar_colour } : {}) });
      showToast(t("profile.saved"));
    } catch (error) {
      setProblem(describe(error));
    } finally {
      setBusy(false);
    }
  };
  return (
    <form className="profile-form" onSubmit={(event) => void save(event)}>
      <h2>{t("profile.about")}</h2>
      {problem ? <Problem>{problem}</Problem> : null}
      <Field label={t("profile.name")} autoComplete="name" required maxLength={80} value={name} onChange={(event) => setName(event.target.value)} />
      <fieldset className="colour-choice profile-colours">
        <legend>{t("profile.colour")}</legend>
        {avatarColours.map((each) => (
          <label key={each} title={t(`course.${each}`)}>
            <input type="radio" name="avatar-colour" checked={colour === each} aria-label={t(`course.${each}`)} onChange={() => setColour(each)} />
            <Initial name={name} colour={each} />
          </label>
        ))}
      </fieldset>
      <Field label={t("profile.subjects")} value={subjects} maxLength={1400} hint={t("profile.subjectsHint")} onChange={(event) => setSubjects(event.target.value)} />
      <button type="submit" className="button primary" disabled={busy || name.trim() === ""}>{t("profile.save")}</button>
    </form>
  );
}
