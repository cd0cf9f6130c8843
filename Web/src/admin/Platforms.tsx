import { FormEvent, useEffect, useState } from "react";
import { APIError, describe, isAbort } from "../api/errors";
import { LearningPlatform, LearningPlatformBody, LearningPlatformList, platforms } from "../api/platforms";
import { copyText } from "../design/clipboard";
import { Dialog } from "../design/Dialog";
import { Field } from "../design/Field";
import { Icon } from "../design/Icon";
import { Loading, Problem } from "../design/Notice";
import { showToast } from "../design/toastStore";
import { closeSheet, openSheet, useSheet } from "../frame/sheets";
import { dayText } from "../strings/days";
import { t } from "../strings/t";

const lines = (text: string) => text.split(/[\n,]/).map((line) => line.trim()).filter((line) => line !== "");

/** Which learning platforms may launch this server, and what they must be told of it. */
export function Platforms() {
  const [list, setList] = useState<LearningPlatformList | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const [attempt, setAttempt] = useState(0);
  const about = useSheet("platform");
  useEffect(() => {
    const controller = new AbortController();
    setProblem(null);
    platforms.list(controller.signal).then(setList, (error: unknown) => {
      if (!isAbort(error)) setProblem(describe(error));
    });
    return () => controller.abort();
  }, [attempt]);
  const again = () => setAttempt((before) => before + 1);
  const doing = async (work: () => Promise<unknown>, done: string) => {
    setProblem(null);
    try {
      await work();
      showToast(done);
      again();
    } catch (error) {
      setProblem(describe(error));
    }
  };
  const canvas = async () => {
    try {
      const address = URL.createObjectURL(await platforms.canvas());
      const link = document.createElement("a");
      link.href = address;
      link.download = "little-monster-canvas.json";
      link.click();
      URL.revokeObjectURL(address);
    } catch (error) {
      setProblem(describe(error));
    }
  };
  if (list === null) return problem ? <Problem action={{ label: t("admin.tryAgain"), run: again }}>{problem}</Problem> : <Loading label={t("admin.readingPlatforms")} />;
  const told = [[t("admin.loginURL"), list.tool.login_url], [t("admin.redirectURL"), list.tool.redirect_url], [t("admin.keysetURL"), list.tool.keys_url], [t("admin.targetURL"), list.tool.target_url]] as const;
  const edited = list.data.find(({ id }) => id === about) ?? null;
  return (
    <>
      <p className="sub">{t("admin.platformsWhat")}</p>
      {problem ? <Problem>{problem}</Problem> : null}
      <section className="platform-part" aria-labelledby="platform-tool">
        <h2 id="platform-tool">{t("admin.tellPlatform")}</h2>
        <dl className="platform-tool">
          {told.map(([name, value]) => (
            <div key={name}>
              <dt>{name}</dt>
              <dd><code>{value}</code> <button type="button" className="icon-button" onClick={() => void copyText(value)} aria-label={t("admin.copyOf", { name })} title={t("admin.copyOf", { name })}><Icon name="copy" size={18} /></button></dd>
            </div>
          ))}
        </dl>
        <p className="platform-buttons">
          <button type="button" className="button" onClick={() => void canvas()}>{t("admin.canvas")}</button>
          <button type="button" className="button" onClick={() => void doing(() => platforms.newKey(), t("admin.keyMade"))}>{t("admin.newKey")}</button>
        </p>
        <p className="people-facts">{t("admin.signsWith", { id: list.key_ids[0] ?? "" })}</p>
      </section>
      <section className="platform-part" aria-labelledby="platform-list">
        <h2 id="platform-list">{t("admin.platforms")}</h2>
        <p className="invite"><button type="button" className="button primary" onClick={() => openSheet("platform", "new")}><Icon name="plus" size={18} /> {t("admin.register")}</button></p>
        {list.data.length === 0 ? <div className="empty"><h3>{t("admin.noPlatforms")}</h3><p>{t("admin.noPlatformsMeans")}</p></div> : (
          <ul className="people" aria-label={t("admin.platforms")}>
            {list.data.map((platform) => (
              <li key={platform.id}>
                <div>
                  <p><strong dir="auto">{platform.name}</strong>{platform.makes_teachers ? <span className="tag">{t("admin.makesTeachers")}</span> : null}</p>
                  <p className="people-facts">{[platform.issuer, platform.client_id, t("admin.deploymentCount", { count: platform.deployment_ids.length }), t("admin.since", { day: dayText(platform.created_at) })].join(" · ")}</p>
                </div>
                <div className="people-buttons">
                  <button type="button" className="button" onClick={() => openSheet("platform", platform.id)} aria-label={t("admin.changeOf", { name: platform.name })}>{t("admin.change")}</button>
                </div>
              </li>
            ))}
          </ul>
        )}
      </section>
      {about === "new" || edited ? (
        <PlatformDialog key={about} platform={edited} onDone={(done) => { closeSheet(); showToast(done); again(); }} />
      ) : null}
    </>
  );
}

const empty = { name: "", issuer: "", client_id: "", deployment_ids: "", authorization_url: "", token_url: "", keys_url: "", token_audience: "", frame_origins: "" };
type Texts = typeof empty;

/** What is written of a platform, as its own page of settings shows it. */
function PlatformDialog({ platform, onDone }: { platform: LearningPlatform | null; onDone: (done: string) => void }) {
  const [texts, setTexts] = useState<Texts>(() => (platform === null ? empty : {
    ...platform, token_audience: platform.token_audience ?? "", deployment_ids: platform.deployment_ids.join(", "), frame_origins: platform.frame_origins.join(", "),
  }));
  const [makesTeachers, setMakesTeachers] = useState(platform?.makes_teachers ?? true);
  const [problem, setProblem] = useState<string | null>(null);
  const [details, setDetails] = useState<Record<string, string>>({});
  const [busy, setBusy] = useState(false);
  const [removing, setRemoving] = useState(false);
  const title = platform === null ? t("admin.register") : t("admin.changeOf", { name: platform.name });
  const work = async (doing: () => Promise<unknown>, done: string) => {
    setBusy(true);
    setProblem(null);
    setDetails({});
    try {
      await doing();
      onDone(done);
    } catch (error) {
      setBusy(false);
      if (error instanceof APIError) setDetails(error.details);
      setProblem(error instanceof APIError && error.details["reason"] === "known" ? t("admin.platformKnown") : describe(error));
    }
  };
  const save = (event: FormEvent) => {
    event.preventDefault();
    const { token_audience: audience, ...rest } = texts;
    const body: LearningPlatformBody = {
      name: rest.name, issuer: rest.issuer, client_id: rest.client_id, authorization_url: rest.authorization_url, token_url: rest.token_url, keys_url: rest.keys_url,
      deployment_ids: lines(rest.deployment_ids), frame_origins: lines(rest.frame_origins), makes_teachers: makesTeachers, ...(audience.trim() === "" ? {} : { token_audience: audience }),
    };
    void work(() => (platform === null ? platforms.register(body) : platforms.change(platform.id, body)), t("admin.platformSaved"));
  };
  const field = (name: keyof Texts, label: string, hint?: string, required = true) => (
    <Field
      label={label} hint={hint} required={required} value={texts[name]} problem={details[name]} maxLength={2000} spellCheck={false} autoCapitalize="off" autoComplete="off"
      onChange={(event) => setTexts((before) => ({ ...before, [name]: event.target.value }))}
    />
  );
  return (
    <Dialog title={title} onClose={closeSheet} sheet>
      <form onSubmit={save}>
        <div className="stack">
          {problem ? <Problem>{problem}</Problem> : null}
          {field("name", t("admin.platformName"), t("admin.platformNameHint"))}
          {field("issuer", t("admin.issuer"), t("admin.issuerHint"))}
          {field("client_id", t("admin.clientID"))}
          {field("deployment_ids", t("admin.deployments"), t("admin.deploymentsHint"))}
          {field("authorization_url", t("admin.authorizationURL"))}
          {field("token_url", t("admin.tokenURL"))}
          {field("keys_url", t("admin.keysURL"))}
          {field("token_audience", t("admin.tokenAudience"), t("admin.tokenAudienceHint"), false)}
          {field("frame_origins", t("admin.frameOrigins"), t("admin.frameOriginsHint"), false)}
          <label className="platform-check"><input type="checkbox" checked={makesTeachers} onChange={(event) => setMakesTeachers(event.target.checked)} /> <span>{t("admin.makesTeachersOf")}</span></label>
          {platform === null ? null : removing ? (
            <>
              <p>{t("admin.removePlatformMeans")}</p>
              <button type="button" className="button danger" disabled={busy} onClick={() => void work(() => platforms.remove(platform.id), t("admin.platformRemoved"))}>{t("admin.removePlatformNow")}</button>
            </>
          ) : <button type="button" className="button quiet" onClick={() => setRemoving(true)}>{t("admin.removePlatform")}</button>}
        </div>
        <footer>
          <button type="button" className="button" onClick={closeSheet}>{t("admin.cancel")}</button>
          <button type="submit" className="button primary" disabled={busy}>{t("admin.save")}</button>
        </footer>
      </form>
    </Dialog>
  );
}
