import { courseAPI } from "../api/courses";
import { documents } from "../api/documents";
import { quizzes } from "../api/quizzes";
import type { SharedKind } from "../api/sharing";

export interface Thing {
  id: string;
  title: string;
}

/** What of one's own may be shared: documents, courses, or quizzes that are made. */
export async function ownThings(kind: SharedKind, signal: AbortSignal): Promise<Thing[]> {
  if (kind === "quiz") return (await quizzes.list(1, 100, null, signal)).data.filter(({ status, shared_by: by }) => status === "ready" && by === undefined);
  if (kind === "course") return (await courseAPI.list(signal)).data.filter((course) => course.shared_by === undefined).map(({ id, name }) => ({ id, title: name }));
  return (await documents.list(1, 100, {}, signal)).data.filter(({ shared_by: by }) => by === undefined);
}
