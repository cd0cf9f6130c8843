import { apiURL, authorizedFetch, call } from "./client";
import type { CompanionSession, Persona } from "./generated/schemas";
import { freshToken } from "./tokens";

export type { CompanionSession, Persona };

export interface SessionWish {
  persona?: string;
  remembers?: boolean;
  conversation_id?: string;
  course_id?: string;
  language?: string;
}

export interface PersonaWish {
  key: string;
  name: string;
  summary: string;
  style: string;
  voice?: string;
  speed: number;
}

export const companionAPI = {
  start: (wish: SessionWish, signal?: AbortSignal): Promise<CompanionSession> => call("POST /session/start", { body: wish, signal }),
  put: (persona: PersonaWish): Promise<Persona> => call("PUT /companion/personas", { body: persona }),
  /** Removes a student's own persona; one that was given is again what it was. */
  remove: (key: string): Promise<void> => call("DELETE /companion/personas/{key}", { path: { key } }),
  personas: async (signal?: AbortSignal): Promise<readonly Persona[]> => (await call("GET /companion/personas", { signal })).data,
  /** A drawing, to be shown as an image: whatever is in it can do nothing there. */
  picture: async (address: string, signal?: AbortSignal): Promise<Blob> => (await authorizedFetch(`/${address}`, { signal: signal ?? null })).blob(),
  /** The live talk of a session; a page cannot give its socket a header, so the token goes as a subprotocol. */
  async live(session: string): Promise<WebSocket> {
    const token = await freshToken();
    const address = apiURL(`/voice/live?session_id=${encodeURIComponent(session)}`).replace(/^http/, "ws");
    return new WebSocket(address, ["lm.talk.v1", `bearer.${token ?? ""}`]);
  },
};
