import { useEffect, useMemo, useRef, useState } from "react";
import { isAbort } from "../api/errors";
import { transcripts } from "../api/transcripts";
import { tellFailure } from "../design/toastStore";

/** The sound of a recording as the page plays it. */
export interface Sound {
  state: "loading" | "ready" | "missing";
  playing: boolean;
  /** Seconds. */
  time: number;
  duration: number;
  speed: number;
  toggle: () => void;
  seek: (seconds: number) => void;
  setSpeed: (speed: number) => void;
}

/** Fetched by script, because an element's address cannot carry the access token. */
export function useSound(id: string): Sound {
  const audio = useRef<HTMLAudioElement | null>(null);
  const [now, setNow] = useState({ state: "loading" as Sound["state"], playing: false, time: 0, duration: 0, speed: 1 });

  useEffect(() => {
    const leaving = new AbortController();
    let url = "";
    transcripts.sound(id, leaving.signal).then(
      (blob) => {
        url = URL.createObjectURL(blob);
        const made = new Audio(url);
        audio.current = made;
        const show = () => setNow({ state: "ready", playing: !made.paused, time: made.currentTime, duration: Number.isFinite(made.duration) ? made.duration : 0, speed: made.playbackRate });
        for (const type of ["loadedmetadata", "durationchange", "play", "pause", "timeupdate", "seeked", "ratechange", "ended"]) made.addEventListener(type, show);
        made.onerror = () => setNow((before) => ({ ...before, state: "missing" }));
        show();
      },
      (error: unknown) => {
        if (isAbort(error)) return;
        setNow((before) => ({ ...before, state: "missing" }));
        tellFailure(error);
      },
    );
    return () => {
      leaving.abort();
      audio.current?.pause();
      audio.current = null;
      if (url) URL.revokeObjectURL(url);
    };
  }, [id]);

  return useMemo(() => ({
    ...now,
    toggle: () => void (audio.current?.paused ? audio.current.play().catch(() => undefined) : audio.current?.pause()),
    seek: (seconds: number) => {
      if (!audio.current) return;
      audio.current.currentTime = seconds;
      void audio.current.play().catch(() => undefined);
    },
    setSpeed: (speed: number) => {
      if (audio.current) audio.current.playbackRate = speed;
    },
  }), [now]);
}
