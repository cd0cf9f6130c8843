import { useEffect, useRef, useState } from "react";
import { recordingsAPI } from "../../api/recordings";
import { onLiveEvent } from "../../events/liveEvents";
import { t } from "../../strings/t";

/** Words that are shown: the last few sentences. */
const shown = 60;

/** What is being said, as far as the server keeps up: it is written down again, and better, when the recording is finished. */
export function LiveCaptions({ id }: { id: string }) {
  const [text, setText] = useState("");
  const last = useRef<number | null>(null);

  useEffect(() => {
    const leaving = new AbortController();
    const read = () =>
      recordingsAPI.captions(id, last.current, leaving.signal).then(
        ({ data }) => {
          const fresh = data.filter(({ number }) => number > (last.current ?? -1));
          last.current = fresh.at(-1)?.number ?? last.current;
          if (fresh.length > 0) setText((before) => `${before} ${fresh.map((each) => each.text).join(" ")}`.trim().split(" ").slice(-shown).join(" "));
        },
        () => undefined,
      );
    const unfollow = onLiveEvent((event) => {
      if (event.type === "recording.captioned" && event.payload.id === id) void read();
    });
    return () => {
      leaving.abort();
      unfollow();
    };
  }, [id]);

  return text === "" ? null : <p className="live-captions" dir="auto" role="log" aria-label={t("recordings.live")}>{text}</p>;
}
