import { authorizedFetch, call, readAnswer } from "./client";
import type { Recording } from "./generated/schemas";
import { queryString } from "./routes";

export type { Recording };

/** Recordings that are sent while they are made, a piece at a time. */
export const recordingsAPI = {
  begin: (id: string, title: string): Promise<Recording> => call("POST /recordings", { body: { id, title } }),
  show: (id: string): Promise<Recording> => call("GET /recordings/{id}", { path: { id } }),
  /** When this comes back the piece is stored for good. */
  send: async (id: string, number: number, take: number, piece: Blob): Promise<Recording> =>
    readAnswer(
      await authorizedFetch(`/recordings/${id}/pieces/${number}${queryString({ take, sha256: await digestOf(piece) })}`, {
        method: "PUT", body: piece, headers: { "Content-Type": "application/octet-stream", Accept: "application/json" },
      }),
    ),
  /** What was heard of it while it is made, after the piece of a number. */
  captions: (id: string, after: number | null, signal?: AbortSignal) =>
    call("GET /recordings/{id}/captions", { path: { id }, query: after === null ? {} : { after }, signal }),
  finish: (id: string, pieces: number | null): Promise<Recording> =>
    call("POST /recordings/{id}/finish", { path: { id }, body: pieces === null ? {} : { pieces } }),
};

async function digestOf(piece: Blob): Promise<string> {
  const bytes = new Uint8Array(await crypto.subtle.digest("SHA-256", await piece.arrayBuffer()));
  return [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}
