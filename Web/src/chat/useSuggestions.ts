import { useEffect, useState } from "react";
import { conversations } from "../api/conversations";
import { isSharing } from "../api/events";
import { documents, LibraryDocument } from "../api/documents";
import { onLiveEvent } from "../events/liveEvents";
import { sampleCourse } from "../sample/sampleCourse";
import type { Scope } from "../asking/scope";

export interface Suggestions {
  questions: string[];
  /** Documents that can be asked; null while this is not known. */
  ready: number | null;
  busy: number;
}

/** First questions worth asking: the server tries each on what is there before it is shown. */
export function useSuggestions(scope: Scope): Suggestions {
  const [state, setState] = useState<Suggestions>({ questions: [], ready: null, busy: 0 });
  const { course } = scope;
  const key = scope.documents.map((each) => each.id).join();
  useEffect(() => {
    const controller = new AbortController();
    const look = async () => {
      const { data } = await documents.list(1, 50, { course, shared: "too" }, controller.signal);
      const ready = data.filter((document) => document.status === "completed");
      const busy = data.filter((document) => document.status === "pending" || document.status === "processing").length;
      const asked = key === "" ? ready : ready.filter((document) => key.split(",").includes(document.id));
      setState((before) => ({ questions: asked.length > 0 ? before.questions : [], ready: ready.length, busy }));
      const questions = await questionsFor(asked, scope, controller.signal);
      if (!controller.signal.aborted) setState({ questions, ready: ready.length, busy });
    };
    const again = () => void look().catch(() => undefined);
    again();
    // What becomes ready meanwhile can be asked.
    const unfollow = onLiveEvent(({ type }) => {
      if (type === "document.processed" || type === "document.failed" || type === "document.uploaded" || type === "resync" || isSharing({ type })) again();
    });
    return () => {
      unfollow();
      controller.abort();
    };
  }, [key, course]);
  return state;
}

/** Questions that were tried on what is asked, those of the sample course among them. */
async function questionsFor(asked: LibraryDocument[], { documents: chosen, course }: Scope, signal: AbortSignal): Promise<string[]> {
  if (asked.length === 0) return [];
  const sample = await sampleCourse().catch(() => null);
  const others = asked.filter((document) => document.subject !== sample?.subject);
  const own = sample && others.length < asked.length ? sample.questions.slice(0, others.length === 0 ? 12 : 2) : [];
  const { questions } = await conversations.suggestions(chosen.map((each) => each.id), course, own, signal);
  return questions;
}
