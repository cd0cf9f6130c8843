import { useEffect, useId, useState } from "react";
import { speechAPI, Voice } from "../api/speech";
import { Loading } from "../design/Notice";
import { tellFailure } from "../design/toastStore";
import { useStore } from "../state/useStore";
import { language } from "../strings/locale";
import { t } from "../strings/t";
import { chooseVoice, chosenVoice } from "./chosenVoice";
import { SampleButton } from "./SampleButton";
import { VoiceOffers } from "./VoiceOffers";

export const anyLanguage = "mul";

/** Chooses who reads aloud, after a sample of each; voices that can be fetched are offered below. */
export function VoiceChoice({ canFetch }: { canFetch: boolean }) {
  const [voices, setVoices] = useState<readonly Voice[] | null>(null);
  const [shown, setShown] = useState<string | null>(null);
  const chosen = useStore(chosenVoice);
  const name = useId();

  const read = () => void speechAPI.voices().then(setVoices, (error: unknown) => tellFailure(error));
  useEffect(read, []);

  if (!voices) return <Loading label={t("speech.readingVoices")} />;
  const tongues = [...new Set(voices.map((voice) => voice.language))].filter((each) => each !== anyLanguage).sort((one, other) => tongueName(one).localeCompare(tongueName(other)));
  const own = voices.find((voice) => voice.id === chosen)?.language;
  const tongue = shown ?? (own && own !== anyLanguage ? own : tongues.includes(language) ? language : (tongues[0] ?? "en"));
  const fitting = voices.filter((voice) => voice.language === tongue || voice.language === anyLanguage);
  const best = fitting.find((voice) => voice.is_default) ?? fitting[0];
  return (
    <>
      <div className="field">
        <label htmlFor={`${name}-tongue`}>{t("speech.voicesOf")}</label>
        <select id={`${name}-tongue`} className="input" value={tongue} onChange={(event) => setShown(event.target.value)}>
          {tongues.map((each) => <option key={each} value={each}>{tongueName(each)}</option>)}
        </select>
      </div>
      <div role="radiogroup" aria-label={t("speech.voices")}><ul className="voices">
        <li>
          <label>
            <input type="radio" name={name} checked={!fitting.some((voice) => voice.id === chosen)} onChange={() => chooseVoice(null)} />
            <span>{t("speech.bestVoice")}{best ? <small>{t("speech.bestVoiceNow", { name: best.name })}</small> : null}</span>
          </label>
        </li>
        {fitting.map((voice) => (
          <li key={voice.id}>
            <label>
              <input type="radio" name={name} checked={voice.id === chosen} onChange={() => chooseVoice(voice.id)} />
              <span>{voice.name}<small>{facts(voice)}</small><small>{t("speech.licence", { licence: voice.licence })}</small></span>
            </label>
            <SampleButton voice={voice} />
          </li>
        ))}
      </ul></div>
      <VoiceOffers canFetch={canFetch} onArrival={read} />
    </>
  );
}

function facts(voice: Voice): string {
  const gender = voice.gender === "unknown" ? [] : [t(`speech.${voice.gender}`)];
  const quality = voice.quality === "natural" || voice.quality === "robotic" ? t(`speech.${voice.quality}`) : t("speech.plain");
  const tongue = voice.language === anyLanguage ? [t("speech.anyLanguage")] : [];
  return [voice.engine, ...gender, quality, ...tongue].join(" · ");
}

/** A language by its name, in the language of the page. */
export function tongueName(code: string): string {
  try {
    return new Intl.DisplayNames([language], { type: "language" }).of(code) ?? code;
  } catch {
    return code;
  }
}
