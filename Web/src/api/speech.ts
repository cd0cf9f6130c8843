import { authorizedFetch, call, readAnswer } from "./client";
import { openEventStream } from "./eventStream";
import type { Dictation, SpeechModels, SpokenAudio, SpokenWord, Voice } from "./generated/schemas";
import { addressOf, queryString } from "./routes";

export type { SpeechModels, SpokenAudio, SpokenWord, Voice };

/** What is read aloud: an answer, or a text. */
export type Matter = { message_id: string } | { text: string; language?: string };

/** Some of what is read aloud, or, last, all of it as it is kept. */
export type Heard = { part: { sound: Blob; start: number; words: readonly SpokenWord[] } } | { kept: SpokenAudio };

/** What a `part` says. */
interface Part {
  media_type: string;
  /** In Base64. */
  audio: string;
  start: number;
  words: SpokenWord[];
}

export const speechAPI = {
  /** Has something read aloud, and hears it while the rest is still to be spoken. */
  async *stream(matter: Matter, voice: string | null, signal: AbortSignal): AsyncGenerator<Heard, void, undefined> {
    const body = { ...matter, ...(voice === null ? {} : { voice }) };
    for await (const { event, data } of openEventStream(addressOf("POST /tts/stream"), { method: "POST", body, signal })) {
      if (event === "part") {
        const part = JSON.parse(data) as Part;
        const sound = new Blob([Uint8Array.from(atob(part.audio), (letter) => letter.charCodeAt(0))], { type: part.media_type });
        yield { part: { sound, start: part.start, words: part.words } };
      } else if (event === "kept") {
        yield { kept: JSON.parse(data) as SpokenAudio };
      } else if (event === "error") {
        throw new Error((JSON.parse(data) as { message: string }).message);
      }
    }
  },
  voices: async (signal?: AbortSignal): Promise<Voice[]> => (await call("GET /tts/voices", { signal })).data,
  sample: async (id: string, signal?: AbortSignal): Promise<Blob> =>
    (await authorizedFetch(addressOf("GET /tts/voices/{id}/sample", { path: { id } }), { signal: signal ?? null })).blob(),
  fetchVoice: (voice: string): Promise<SpeechModels> => call("POST /speech/voices", { body: { voice, accepts: true } }),
  sound: async (id: string, signal?: AbortSignal): Promise<Blob> =>
    (await authorizedFetch(addressOf("GET /tts/audio/{id}", { path: { id } }), { signal: signal ?? null })).blob(),
  models: (signal?: AbortSignal) => call("GET /speech/models", { signal }),
  /** Writes down a short recording. */
  dictate: async (recording: Blob, language: string | null, signal?: AbortSignal): Promise<Dictation> =>
    readAnswer(
      await authorizedFetch(`/stt/dictate${queryString({ language })}`, {
        method: "POST", body: recording, headers: { "Content-Type": "application/octet-stream", Accept: "application/json" }, signal: signal ?? null,
      }),
    ),
};
