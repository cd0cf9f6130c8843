import { useEffect, useState } from "react";
import { documents, LibraryDocument } from "../api/documents";
import { onLiveEvent } from "../events/liveEvents";
import { sampleCourse } from "../sample/sampleCourse";
import type { Scope } from "../asking/scope";
import { t } from "../strings/t";
import { topicsOf } from "./topics";

export interface Suggestions {
  questions: string[];
  /** Documents that can be asked; null while this is not known. */
  ready: number | null;
  busy: number;
}

const wanted = 4;

/** First questions worth asking: the sample course's own, or made from the headings of what is there. */
export function useSuggestions(scope: Scope): Suggestions {
  const [state, setState] = useState<Suggestions>({ questions: [], ready: null, busy: 0 });
  const { course } = scope;
  const key = scope.documents.map((each) => each.id).join();
  useEffect(() => {
    const controller = new AbortController();
    const look = async () => {
      const { data } = await documents.list(1, 50, { course }, controller.signal);
      const ready = data.filter((document) => document.status === "completed");
      const busy = data.filter((document) => document.status === "pending" || document.status === "processing").length;
      const asked = key === "" ? ready : ready.filter((document) => key.split(",").includes(document.id));
      setState((before) => ({ ...before, ready: ready.length, busy }));
      const questions = await questionsFor(asked, controller.signal);
      if (!controller.signal.aborted) setState({ questions, ready: ready.length, busy });
    };
    const again = () => void look().catch(() => undefined);
    again();
    // What becomes ready meanwhile can be asked.
    const unfollow = onLiveEvent(({ type }) => {
      if (type === "document.processed" || type === "document.failed" || type === "document.uploaded" || type === "resync") again();
    });
    return () => {
      unfollow();
      controller.abort();
    };
  }, [key, course]);
  return state;
}

async function questionsFor(asked: LibraryDocument[], signal: AbortSignal): Promise<string[]> {
  if (asked.length === 0) return [];
  const course = await sampleCourse().catch(() => null);
  // The longer ones have more to ask about.
  const others = asked.filter((document) => document.subject !== course?.subject).sort((a, b) => (b.chunk_count ?? 0) - (a.chunk_count ?? 0));
  const questions = course && others.length < asked.length ? course.questions.slice(0, others.length === 0 ? wanted : 2) : [];
  // One document's headings are enough: each is a question to the server.
  const [first, second] = others;
  if (first && questions.length < wanted) {
    const headings = await headingsOf(first.id, signal);
    questions.push(...headings.slice(0, wanted - 1).map((heading) => t("chat.explain", { heading })), t("chat.mainIdeas", { title: (second ?? first).title }));
  }
  return questions.slice(0, wanted);
}

const outlines = new Map<string, Promise<string[]>>();

function headingsOf(id: string, signal: AbortSignal): Promise<string[]> {
  const known = outlines.get(id);
  if (known) return known;
  const headings = documents.outlined(id, signal).then(
    ({ outline }) => topicsOf(outline ?? [], 5),
    () => [],
  );
  outlines.set(id, headings);
  return headings;
}
