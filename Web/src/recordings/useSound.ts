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
  skipping: boolean;
  toggle: () => void;
  seek: (seconds: number) => void;
  /** Goes there, and plays only where it played before. */
  move: (seconds: number) => void;
  setSpeed: (speed: number) => void;
  setSkipping: (skipping: boolean) => void;
}

/** A stretch in which somebody speaks, in seconds. */
export interface Spoken {
  start: number;
  end: number;
}

/** Silence that is heard all the same, in seconds: what is shorter is a breath. */
const breath = 1.2;

/** Where to go on at a moment of silence; null where somebody speaks, or does so in a moment. */
export function afterSilence(spoken: readonly Spoken[], time: number): number | null {
  const next = spoken.find(({ end }) => end > time);
  if (!next || next.start - time <= breath) return null;
  const last = spoken.filter(({ end }) => end <= time).at(-1);
  return last && time - last.end < breath / 3 ? null : next.start - breath / 3;
}

/**
 * Fetched by script, because an element's address cannot carry the access token.
 * `id` is null as long as there is none.
 */
export function useSound(id: string | null, spoken: readonly Spoken[] = []): Sound {
  const audio = useRef<HTMLAudioElement | null>(null);
  const [now, setNow] = useState({ state: "loading" as Sound["state"], playing: false, time: 0, duration: 0, speed: 1 });
  const [skipping, setSkipping] = useState(false);
  // Asked for before the sound was there.
  const wanted = useRef<number | null>(null);

  useEffect(() => {
    if (id === null) return undefined;
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
        if (wanted.current !== null) made.currentTime = wanted.current;
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

  useEffect(() => {
    if (!skipping || !now.playing || !audio.current) return;
    const place = afterSilence(spoken, now.time);
    if (place !== null && place > now.time) audio.current.currentTime = place;
  }, [skipping, now, spoken]);

  // Always the same, so that nothing is drawn anew for them.
  const orders = useMemo(() => ({
    setSkipping,
    toggle: () => void (audio.current?.paused ? audio.current.play().catch(() => undefined) : audio.current?.pause()),
    seek: (seconds: number) => {
      wanted.current = seconds;
      if (!audio.current) return;
      audio.current.currentTime = seconds;
      void audio.current.play().catch(() => undefined);
    },
    move: (seconds: number) => {
      const place = Math.max(0, seconds);
      wanted.current = place;
      if (audio.current) audio.current.currentTime = place;
      setNow((before) => ({ ...before, time: place }));
    },
    setSpeed: (speed: number) => {
      if (audio.current) audio.current.playbackRate = speed;
    },
  }), []);
  return useMemo(() => ({ ...now, skipping, ...orders }), [now, skipping, orders]);
}
