import { useEffect, useRef, useState } from "react";
import { companionAPI } from "../api/companion";
import { t } from "../strings/t";
import type { Captions } from "./liveMessages";

/** What was said and answered. It is spoken, so a screen reader does not read it again by itself. */
export function CaptionList({ captions, greeting }: { captions: Captions; greeting: string }) {
  const list = useRef<HTMLDivElement>(null);
  useEffect(() => {
    list.current?.scrollTo({ top: list.current.scrollHeight });
  }, [captions]);
  return (
    <div className="live-captions" ref={list} role="region" aria-label={t("companion.captions")} tabIndex={0}>
      <p className="live-answer" dir="auto">{greeting}</p>
      {captions.turns.map((turn, index) => (
        <div key={index} className="live-turn">
          <p className="live-said" dir="auto">{turn.said}</p>
          {turn.answer === "" ? null : <p className="live-answer" dir="auto">{turn.answer}</p>}
          {turn.picture === null ? null : <Drawing address={turn.picture} said={turn.said} />}
        </div>
      ))}
      {captions.partial === "" ? null : <p className="live-said live-partial" dir="auto">{captions.partial}…</p>}
    </div>
  );
}

function Drawing({ address, said }: { address: string; said: string }) {
  const [source, setSource] = useState<string | null>(null);
  useEffect(() => {
    const leaving = new AbortController();
    let url: string | null = null;
    companionAPI.picture(address, leaving.signal).then((blob) => {
      url = URL.createObjectURL(blob);
      setSource(url);
    }, () => undefined);
    return () => {
      leaving.abort();
      if (url) URL.revokeObjectURL(url);
    };
  }, [address]);
  return source === null ? null : <img className="live-picture" src={source} alt={t("companion.drawing", { said })} />;
}
