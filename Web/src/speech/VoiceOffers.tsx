import { useEffect, useState } from "react";
import { SpeechModels, speechAPI } from "../api/speech";
import { showToast, tellFailure } from "../design/toastStore";
import { percentText } from "../strings/amounts";
import { t } from "../strings/t";

interface VoiceOffersProps {
  /** Whether this person may have a voice fetched: it is for the whole server. */
  canFetch: boolean;
  onArrival: () => void;
}

/** Voices that are not here, with what is to be known before one is fetched. */
export function VoiceOffers({ canFetch, onArrival }: VoiceOffersProps) {
  const [models, setModels] = useState<SpeechModels | null>(null);
  const [wanted, setWanted] = useState<string | null>(null);

  useEffect(() => {
    const leaving = new AbortController();
    const look = () =>
      void speechAPI.models(leaving.signal).then(
        (now) => {
          setModels(now);
          if (wanted !== null && now.voices.some((each) => each.voice === wanted && each.is_installed)) {
            setWanted(null);
            showToast(t("speech.voiceThere", { name: wanted }));
            onArrival();
          }
        },
        () => undefined,
      );
    look();
    if (wanted === null) return () => leaving.abort();
    const timer = window.setInterval(look, 2000);
    return () => {
      leaving.abort();
      window.clearInterval(timer);
    };
    // What is done on arrival does not change what is waited for.
  }, [wanted]);

  const fetchVoice = (voice: string) => {
    setWanted(voice);
    speechAPI.fetchVoice(voice).then(setModels, (error: unknown) => {
      setWanted(null);
      tellFailure(error);
    });
  };

  if (!models) return null;
  return (
    <>
      {models.voices.filter((each) => !each.is_installed).map((offer) => (
        <Offer key={offer.voice} name={offer.voice} notice={offer.notice} canFetch={canFetch} progress={wanted === offer.voice ? progress(models) : null} onFetch={() => fetchVoice(offer.voice)} />
      ))}
    </>
  );
}

function progress(models: SpeechModels): string {
  return models.percent === undefined || models.percent === null ? t("speech.fetchingSoon") : t("speech.fetching", { percent: percentText(models.percent / 100) });
}

/** What is to be known of a voice before it is fetched, in the page's language where it is known there. */
function noticeOf(voice: string, notice: string) {
  return voice === "joe" ? <p>{t("speech.noticeOfJoe")}</p> : <p lang="en">{notice}</p>;
}

interface OfferProps {
  name: string;
  notice: string;
  canFetch: boolean;
  /** What is said while it comes; null if it was not asked for. */
  progress: string | null;
  onFetch: () => void;
}

function Offer({ name, notice, canFetch, progress, onFetch }: OfferProps) {
  const [read, setRead] = useState(false);
  return (
    <div className="voice-offer">
      <h3>{t("speech.moreVoices")}</h3>
      {noticeOf(name, notice)}
      {!canFetch ? <p>{t("speech.askAdministrator")}</p> : progress !== null ? <p role="status">{progress}</p> : (
        <>
          <label><input type="checkbox" checked={read} onChange={(event) => setRead(event.target.checked)} /> {t("speech.agree")}</label>
          <button type="button" className="button" disabled={!read} onClick={onFetch}>{t("speech.fetchVoice", { name })}</button>
        </>
      )}
    </div>
  );
}
