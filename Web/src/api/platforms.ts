import { authorizedFetch, call, rawFetch, readAnswer } from "./client";
import { APIError } from "./errors";
import type { Launch, LaunchSession, LearningPlatform, LearningPlatformBody, LearningPlatformList, PlatformGrade, PlatformIdentity, UnknownVisitor } from "./generated/schemas";
import { addressOf } from "./routes";
import type { SharedKind } from "./sharing";

export type { Launch, LaunchSession, LearningPlatform, LearningPlatformBody, LearningPlatformList, PlatformGrade, PlatformIdentity, UnknownVisitor };

/** What who comes by a launch says besides its state. */
export interface LaunchWish {
  account?: "new" | "link";
  password?: string;
  code?: string;
  second_factor?: string;
}

/** The secret that ties a launch to the browser is in a cookie, out of scripts' reach. */
const headers = { "X-LM-Session": "cookie", "Content-Type": "application/json", Accept: "application/json" };

export const platforms = {
  /** Who is signed in comes as they are. */
  async enter(state: string, wish: LaunchWish, signedIn: boolean): Promise<LaunchSession> {
    const response = await (signedIn ? authorizedFetch : rawFetch)(addressOf("POST /auth/lti-session"), { method: "POST", headers, body: JSON.stringify({ state, ...wish }) });
    if (!response.ok) throw await APIError.from(response);
    return readAnswer<LaunchSession>(response);
  },
  join: (id: string): Promise<Launch> => call("POST /learning-platforms/launches/{id}/join", { path: { id } }),
  select: async (id: string, items: readonly { kind: SharedKind; id: string }[]): Promise<string | undefined> =>
    (await call("POST /learning-platforms/launches/{id}/selection", { path: { id }, body: { items: [...items] } })).ticket,
  /** Where what was chosen is taken back by a form. */
  returnAddress: (): string => addressOf("POST /auth/lti-session").replace(/lti-session$/, "lti-return"),
  mine: async (signal: AbortSignal): Promise<readonly PlatformIdentity[]> => (await call("GET /users/me/platforms", { signal })).data,
  unlink: (id: string) => call("DELETE /users/me/platforms/{id}", { path: { id } }),
  grades: async (id: string, signal: AbortSignal): Promise<readonly PlatformGrade[]> => (await call("GET /learning-platforms/classes/{id}/grades", { path: { id }, signal })).data,
  retry: (id: string) => call("POST /learning-platforms/grades/{id}/retry", { path: { id } }),
  list: (signal: AbortSignal): Promise<LearningPlatformList> => call("GET /admin/learning-platforms", { signal }),
  register: (platform: LearningPlatformBody) => call("POST /admin/learning-platforms", { body: platform }),
  change: (id: string, platform: LearningPlatformBody) => call("PUT /admin/learning-platforms/{id}", { path: { id }, body: platform }),
  remove: (id: string) => call("DELETE /admin/learning-platforms/{id}", { path: { id } }),
  newKey: () => call("POST /admin/learning-platforms/keys", {}),
  canvas: async (): Promise<Blob> => (await authorizedFetch(addressOf("GET /admin/learning-platforms/canvas"))).blob(),
};
