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

/** Seconds before an address ends at which another is asked for. */
const spare = 30;

/**
 * Plays a recording, a part at a time as a player fetches it: an hour need not be here before its first word is heard.
 * `id` is null as long as there is none; `length` is how long it is, for files that do not tell.
 */
export function useSound(id: string | null, spoken: readonly Spoken[] = [], length = 0): Sound {
  const audio = useRef<SoundElement | null>(null);
  const [now, setNow] = useState({ state: "loading" as Sound["state"], playing: false, time: 0, duration: 0, speed: 1 });
  const [skipping, setSkipping] = useState(false);
  // Asked for before the sound was there.
  const wanted = useRef<number | null>(null);

  useEffect(() => {
    if (id === null) return undefined;
    const made = new SoundElement(id, (state) => {
      const { element } = made;
      setNow({ state, playing: !element.paused, time: element.currentTime, duration: Number.isFinite(element.duration) ? element.duration : 0, speed: element.playbackRate });
    });
    audio.current = made;
    void made.open(wanted.current ?? 0, false);
    return () => {
      audio.current = null;
      made.close();
    };
  }, [id]);

  useEffect(() => {
    if (!skipping || !now.playing || !audio.current) return;
    const place = afterSilence(spoken, now.time);
    if (place !== null && place > now.time) audio.current.move(place);
  }, [skipping, now, spoken]);

  // Always the same, so that nothing is drawn anew for them.
  const orders = useMemo(() => ({
    setSkipping,
    toggle: () => (audio.current?.element.paused ? audio.current.play() : audio.current?.element.pause()),
    seek: (seconds: number) => {
      wanted.current = seconds;
      audio.current?.move(seconds);
      audio.current?.play();
    },
    move: (seconds: number) => {
      const place = Math.max(0, seconds);
      wanted.current = place;
      audio.current?.move(place);
      setNow((before) => ({ ...before, time: place }));
    },
    setSpeed: (speed: number) => {
      audio.current?.setSpeed(speed);
    },
  }), []);
  return useMemo(() => ({ ...now, duration: now.duration || length, skipping, ...orders }), [now, length, skipping, orders]);
}

/** The browser's player on an address that ends after a while: then another is asked for, and it goes on where it was. */
class SoundElement {
  readonly element = new Audio();
  private readonly leaving = new AbortController();
  private until = 0;
  private opening = false;

  constructor(private readonly id: string, private readonly show: (state: Sound["state"]) => void) {
    this.element.preload = "metadata";
    for (const type of ["loadedmetadata", "durationchange", "play", "pause", "timeupdate", "seeked", "ratechange", "ended"]) {
      this.element.addEventListener(type, () => this.element.readyState > 0 && show("ready"));
    }
    this.element.addEventListener("error", () => this.failed());
  }

  async open(place: number, playing: boolean): Promise<void> {
    if (this.opening) return;
    this.opening = true;
    const speed = this.element.playbackRate;
    try {
      const { url, until } = await transcripts.soundAddress(this.id, this.leaving.signal);
      this.until = until - spare * 1000;
      this.element.src = url;
      this.element.currentTime = place;
      this.setSpeed(speed);
      if (playing) void this.element.play().catch(() => undefined);
    } catch (error) {
      if (isAbort(error)) return;
      this.show("missing");
      tellFailure(error);
    } finally {
      this.opening = false;
    }
  }

  play(): void {
    // What was left alone for long, or failed for want of a network, begins anew.
    if (Date.now() > this.until || this.element.error) void this.open(this.element.currentTime, true);
    else void this.element.play().catch(() => undefined);
  }

  move(place: number): void {
    if (Date.now() > this.until && this.until > 0) void this.open(place, !this.element.paused);
    else this.element.currentTime = place;
  }

  /** A new source begins with the speed of its own. */
  setSpeed(speed: number): void {
    this.element.defaultPlaybackRate = speed;
    this.element.playbackRate = speed;
  }

  close(): void {
    this.leaving.abort();
    this.element.pause();
    this.element.removeAttribute("src");
    this.element.load();
  }

  private failed(): void {
    if (this.leaving.signal.aborted || !this.element.src) return;
    if (Date.now() > this.until && this.until > 0) void this.open(this.element.currentTime, !this.element.paused);
    else this.show(this.element.readyState > 0 ? "ready" : "missing");
  }
}
