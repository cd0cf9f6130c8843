import { FormEvent, useCallback, useEffect, useRef, useState } from "react";
import { companionAPI, CompanionSession, Persona } from "../api/companion";
import { describe, isAbort } from "../api/errors";
import { Icon } from "../design/Icon";
import { Loading, Problem } from "../design/Notice";
import type { PageProps } from "../frame/Area";
import { Link } from "../routing/Link";
import { navigate } from "../routing/location";
import { paths } from "../routing/paths";
import { usePage } from "../routing/usePage";
import { useStore } from "../state/useStore";
import { t } from "../strings/t";
import { CaptionList } from "./CaptionList";
import { personaName } from "./personaText";
import { LiveTalk } from "./LiveTalk";
import type { TalkState } from "./liveMessages";

const stateWords: Record<TalkState, string> = {
  connecting: t("companion.connecting"), listening: t("companion.listening"), thinking: t("companion.thinking"),
  speaking: t("companion.speaking"), muted: t("companion.muted"), lost: t("companion.lost"),
};

/** A conversation by voice, over the whole window: a ring that moves with the sound, captions, and a line to write instead. */
export function LivePage({ params, query }: PageProps) {
  const conversation = params["talk"] ?? null;
  const wished = query.get("persona");
  const remembers = query.get("memory") !== "off";
  const [session, setSession] = useState<CompanionSession | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const [personas, setPersonas] = useState<readonly Persona[]>([]);
  const [talk, setTalk] = useState<LiveTalk | null>(null);
  const element = useRef<HTMLDialogElement>(null);
  const heading = usePage(t("companion.place"));

  const start = useCallback((persona: string | null, id: string | null, signal: AbortSignal) => {
    setProblem(null);
    companionAPI.start({ ...(persona ? { persona } : {}), ...(id ? { conversation_id: id } : {}), ...(remembers ? {} : { remembers }) }, signal).then(setSession, (error: unknown) => {
      if (!isAbort(error)) setProblem(describe(error));
    });
  }, [remembers]);

  const leaving = useRef(new AbortController());
  useEffect(() => {
    const controller = new AbortController();
    leaving.current = controller;
    start(wished, conversation, controller.signal);
    companionAPI.personas(controller.signal).then(setPersonas, () => undefined);
    return () => controller.abort();
  }, [start, conversation, wished]);

  useEffect(() => {
    const dialog = element.current;
    if (dialog && !dialog.open) dialog.showModal();
    return () => dialog?.close();
  }, []);

  const open = useCallback((of: CompanionSession) => {
    const made = new LiveTalk();
    setTalk(made);
    made.begin(of.session_id).catch((error: unknown) => setProblem(describe(error)));
    return made;
  }, []);
  useEffect(() => {
    if (!session) return;
    const made = open(session);
    return () => made.end();
  }, [session, open]);

  const leave = () => navigate(session ? paths.talk(null, session.session_id) : paths.talk());
  return (
    <dialog
      ref={element} className="live" aria-labelledby="live-title"
      onCancel={(event) => {
        event.preventDefault();
        leave();
      }}
    >
      <header className="live-head">
        <h1 id="live-title" ref={heading} tabIndex={-1}>{session ? personaName(session.persona) : t("companion.place")}</h1>
        {personas.length > 1 && session ? (
          <label className="live-persona">
            <span className="visually-hidden">{t("companion.persona")}</span>
            <select value={session.persona.key} onChange={(event) => start(event.target.value, session.session_id, leaving.current.signal)}>
              {personas.map((each) => <option key={each.key} value={each.key}>{personaName(each)}</option>)}
            </select>
          </label>
        ) : null}
        <Link to={paths.personas} className="icon-button" aria-label={t("companion.choosePersona")} title={t("companion.choosePersona")}><Icon name="people" /></Link>
      </header>
      {problem ? <Problem action={{ label: t("companion.tryAgain"), run: () => start(session?.persona.key ?? null, session?.session_id ?? conversation, leaving.current.signal) }}>{problem}</Problem> : null}
      {talk && session ? <Live key={session.persona.key} talk={talk} greeting={t("companion.greeting", { name: personaName(session.persona) })} leave={leave} again={() => setSession({ ...session })} /> : problem ? null : <Loading label={t("companion.connecting")} />}
      {talk && session ? null : <div className="live-controls"><button type="button" className="button live-end" onClick={leave}><Icon name="close" /> {t("companion.end")}</button></div>}
    </dialog>
  );
}

function Live({ talk, greeting, leave, again }: { talk: LiveTalk; greeting: string; leave: () => void; again: () => void }) {
  const { state, captions, hears } = useStore(talk.store);
  const [muted, setMuted] = useState(false);
  const [text, setText] = useState("");
  const ring = useRef<HTMLDivElement>(null);

  useEffect(() => {
    let frame = 0;
    let shown = 0;
    const show = () => {
      shown += (talk.level - shown) * 0.35;
      ring.current?.style.setProperty("--level", shown.toFixed(3));
      frame = requestAnimationFrame(show);
    };
    show();
    return () => cancelAnimationFrame(frame);
  }, [talk]);

  const mute = () => {
    talk.mute(!muted);
    setMuted(!muted);
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (text.trim() === "") return;
    talk.write(text.trim());
    setText("");
  };
  return (
    <>
      <div className="live-stage">
        <div ref={ring} className={`live-ring live-${state}`} aria-hidden="true"><span /></div>
        <p className="live-state" role="status">{stateWords[state]}</p>
      </div>
      <CaptionList captions={captions} greeting={greeting} />
      {captions.notice ? <p className="live-notice" role="alert"><Icon name="info" size={18} /> {captions.notice}</p> : null}
      <div className="live-bottom">
        <form className="live-write" onSubmit={submit}>
          <label className="visually-hidden" htmlFor="live-text">{t("companion.write")}</label>
          <input id="live-text" dir="auto" maxLength={4000} autoComplete="off" value={text} placeholder={t("companion.write")} onChange={(event) => setText(event.target.value)} />
          <button type="submit" className="icon-button" disabled={text.trim() === "" || state === "lost"} aria-label={t("companion.send")} title={t("companion.send")}><Icon name="send" /></button>
        </form>
        <div className="live-controls">
          {state === "lost" ? (
            <button type="button" className="button primary" onClick={again}><Icon name="retry" /> {t("companion.tryAgain")}</button>
          ) : (
            <button type="button" className="button" aria-pressed={muted} disabled={!hears} onClick={mute}><Icon name="microphone" /> {muted ? t("companion.unmute") : t("companion.mute")}</button>
          )}
          {state === "speaking" || state === "thinking" ? (
            <button type="button" className="button" onClick={() => talk.interrupt()}><Icon name="stop" /> {t("companion.interrupt")}</button>
          ) : null}
          <button type="button" className="button live-end" onClick={leave}><Icon name="close" /> {t("companion.end")}</button>
        </div>
      </div>
    </>
  );
}
