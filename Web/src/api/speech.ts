import { authorizedFetch, call, readAnswer } from "./client";
import type { Dictation, SpokenAudio } from "./generated/schemas";
import { addressOf, queryString } from "./routes";

export type { SpokenAudio };

/** What is read aloud: an answer, or a text. */
export type Matter = { message_id: string } | { text: string; language?: string };

export const speechAPI = {
  /** Has something read aloud; what is long is `pending` in the answer. */
  speak: (matter: Matter, signal?: AbortSignal): Promise<SpokenAudio> => call("POST /tts/synthesize", { body: matter, signal }),
  words: (id: string, signal?: AbortSignal): Promise<SpokenAudio> => call("GET /tts/audio/{id}/words", { path: { id }, signal }),
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
