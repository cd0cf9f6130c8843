import { FormEvent, useId, useState } from "react";
import { companionAPI, Persona } from "../api/companion";
import { describe } from "../api/errors";
import type { Voice } from "../api/speech";
import { Dialog } from "../design/Dialog";
import { Field } from "../design/Field";
import { Problem } from "../design/Notice";
import { closeSheet } from "../frame/sheets";
import { SampleButton } from "../speech/SampleButton";
import { anyLanguage, tongueName } from "../speech/VoiceChoice";
import { t } from "../strings/t";
import { personaKey } from "./personaText";

interface PersonaFormProps {
  /** null for a new one. */
  persona: Persona | null;
  /** The keys that there are. */
  taken: readonly string[];
  voices: readonly Voice[];
  done: (persona: Persona) => void;
}

/** Makes a persona, or changes one: its name, how it speaks, its voice and its pace. */
export function PersonaForm({ persona, taken, voices, done }: PersonaFormProps) {
  const [name, setName] = useState(persona?.name ?? "");
  const [summary, setSummary] = useState(persona?.summary ?? "");
  const [style, setStyle] = useState(persona?.style ?? "");
  const [voice, setVoice] = useState(persona?.voice ?? "");
  const [speed, setSpeed] = useState(persona?.speed ?? 1);
  const [problem, setProblem] = useState<string | null>(null);
  const id = useId();
  const chosen = voices.find((each) => each.id === voice);

  const save = async (event: FormEvent) => {
    event.preventDefault();
    try {
      done(await companionAPI.put({
        key: persona?.key ?? personaKey(name, taken), name: name.trim(), summary: summary.trim(), style: style.trim(), speed, ...(voice === "" ? {} : { voice }),
      }));
    } catch (error) {
      setProblem(describe(error));
    }
  };
  return (
    <Dialog title={persona ? t("companion.edit", { name: persona.name }) : t("companion.newPersona")} onClose={closeSheet}>
      <form onSubmit={(event) => void save(event)}>
        <div className="stack persona-form">
          {problem ? <Problem>{problem}</Problem> : null}
          <Field label={t("companion.name")} value={name} required maxLength={60} autoFocus={persona === null} onChange={(event) => setName(event.target.value)} />
          <Field label={t("companion.about")} value={summary} maxLength={200} onChange={(event) => setSummary(event.target.value)} />
          <div className="field">
            <label htmlFor={`${id}-style`}>{t("companion.style")}</label>
            <textarea id={`${id}-style`} className="input persona-style" dir="auto" rows={4} required maxLength={2000} value={style} aria-describedby={`${id}-style-hint`} onChange={(event) => setStyle(event.target.value)} />
            <p id={`${id}-style-hint`} className="hint">{t("companion.styleHint")}</p>
          </div>
          <div className="field">
            <label htmlFor={`${id}-voice`}>{t("companion.voice")}</label>
            <div className="persona-voice">
              <select id={`${id}-voice`} className="input" value={voice} onChange={(event) => setVoice(event.target.value)}>
                <option value="">{t("companion.bestVoice")}</option>
                {voice !== "" && !chosen ? <option value={voice}>{t("companion.voiceGone")}</option> : null}
                {voices.map((each) => <option key={each.id} value={each.id}>{each.language === anyLanguage ? each.name : `${each.name} · ${tongueName(each.language)}`}</option>)}
              </select>
              {chosen ? <SampleButton voice={chosen} /> : null}
            </div>
          </div>
          <div className="field">
            <label htmlFor={`${id}-speed`}>{t("companion.pace", { speed })}</label>
            <input id={`${id}-speed`} type="range" min={0.5} max={2} step={0.05} value={speed} onChange={(event) => setSpeed(Math.round(Number(event.target.value) * 100) / 100)} />
          </div>
        </div>
        <footer>
          <button type="button" className="button" onClick={closeSheet}>{t("companion.cancel")}</button>
          <button type="submit" className="button primary" disabled={name.trim() === "" || style.trim() === ""}>{t("companion.save")}</button>
        </footer>
      </form>
    </Dialog>
  );
}
