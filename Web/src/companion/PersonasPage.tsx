import { useEffect, useState } from "react";
import { companionAPI, Persona } from "../api/companion";
import { describe, isAbort } from "../api/errors";
import { speechAPI, Voice } from "../api/speech";
import { Dialog } from "../design/Dialog";
import { Icon } from "../design/Icon";
import { Loading, Problem } from "../design/Notice";
import { showToast, tellFailure } from "../design/toastStore";
import { closeSheet, openSheet, useSheet } from "../frame/sheets";
import { Link } from "../routing/Link";
import { paths } from "../routing/paths";
import { usePage } from "../routing/usePage";
import { t } from "../strings/t";
import { PersonaForm } from "./PersonaForm";
import { personaName, personaSummary } from "./personaText";

/** Who can speak with the student: those that are given, and their own. */
export function PersonasPage() {
  const heading = usePage(t("companion.personas"));
  const [personas, setPersonas] = useState<readonly Persona[] | null>(null);
  const [voices, setVoices] = useState<readonly Voice[]>([]);
  const [problem, setProblem] = useState<string | null>(null);
  const [attempt, setAttempt] = useState(0);
  const edited = useSheet("persona");
  const removing = useSheet("remove-persona");

  useEffect(() => {
    const leaving = new AbortController();
    setProblem(null);
    companionAPI.personas(leaving.signal).then(setPersonas, (error: unknown) => {
      if (!isAbort(error)) setProblem(describe(error));
    });
    // Without them a persona speaks all the same.
    speechAPI.voices(leaving.signal).then(setVoices, () => undefined);
    return () => leaving.abort();
  }, [attempt]);

  const read = () => setAttempt((before) => before + 1);
  const undo = (persona: Persona) => companionAPI.remove(persona.key).then(() => {
    showToast(t("companion.givenBack", { name: persona.name }));
    read();
  }, (error: unknown) => tellFailure(error));
  const gone = personas?.find(({ key }) => key === removing);
  const remove = () => {
    if (!gone) return;
    companionAPI.remove(gone.key).then(() => {
      showToast(t("companion.removed", { name: gone.name }));
      closeSheet();
      read();
    }, (error: unknown) => tellFailure(error));
  };

  return (
    <div className="page personas-page">
      <header className="page-head">
        <div>
          <h1 ref={heading} tabIndex={-1}>{t("companion.personas")}</h1>
          <p className="sub">{t("companion.personasWhat")}</p>
        </div>
        <button type="button" className="button primary" disabled={personas === null} onClick={() => openSheet("persona")}><Icon name="plus" size={18} /> {t("companion.newPersona")}</button>
      </header>
      {problem ? <Problem action={{ label: t("companion.tryAgain"), run: read }}>{problem}</Problem> : null}
      {personas === null && !problem ? <Loading label={t("companion.readingPersonas")} /> : null}
      <ul className="personas">
        {(personas ?? []).map((persona) => (
          <PersonaCard key={persona.key} persona={persona} voices={voices} undo={() => void undo(persona)} />
        ))}
      </ul>
      {edited !== null && personas !== null ? (
        <PersonaForm
          key={edited} persona={personas.find(({ key }) => key === edited) ?? null} taken={personas.map(({ key }) => key)} voices={voices}
          done={(persona) => {
            setPersonas(personas.some(({ key }) => key === persona.key) ? personas.map((each) => (each.key === persona.key ? persona : each)) : [...personas, persona]);
            closeSheet();
          }}
        />
      ) : null}
      {gone ? (
        <Dialog title={t("companion.removeAsk", { name: gone.name })} onClose={closeSheet}>
          <div className="stack"><p>{t("companion.removeWhat")}</p></div>
          <footer>
            <button type="button" className="button" onClick={closeSheet}>{t("companion.keepPersona")}</button>
            <button type="button" className="button danger" onClick={remove}>{t("companion.remove")}</button>
          </footer>
        </Dialog>
      ) : null}
    </div>
  );
}

function PersonaCard({ persona, voices, undo }: { persona: Persona; voices: readonly Voice[]; undo: () => void }) {
  const name = personaName(persona);
  const voice = voices.find(({ id }) => id === persona.voice);
  return (
    <li className="persona" data-row={persona.key}>
      <div className="persona-body">
        <h2 dir="auto">{name}</h2>
        {personaSummary(persona) === "" ? null : <p dir="auto">{personaSummary(persona)}</p>}
        <p className="persona-facts">
          <span>{voice ? t("companion.speaksAs", { voice: voice.name }) : persona.voice ? t("companion.voiceGone") : t("companion.bestVoice")}</span>
          {persona.speed === 1 ? null : <span>{t("companion.pace", { speed: persona.speed })}</span>}
          {persona.is_changed ? <span>{t("companion.changed")}</span> : null}
        </p>
      </div>
      <div className="persona-actions">
        <Link to={paths.live(null, { persona: persona.key })} className="button" aria-label={t("companion.talkWith", { name })}><Icon name="microphone" size={18} /> {t("companion.talk")}</Link>
        <button type="button" className="icon-button" aria-label={t("companion.edit", { name })} title={t("companion.editShort")} onClick={() => openSheet("persona", persona.key)}><Icon name="pencil" size={18} /></button>
        {persona.is_changed ? (
          <button type="button" className="icon-button" aria-label={t("companion.giveBack", { name })} title={t("companion.giveBackShort")} onClick={undo}><Icon name="retry" size={18} /></button>
        ) : persona.is_built_in ? null : (
          <button type="button" className="icon-button" aria-label={t("companion.removeOf", { name })} title={t("companion.remove")} onClick={() => openSheet("remove-persona", persona.key)}><Icon name="trash" size={18} /></button>
        )}
      </div>
    </li>
  );
}
