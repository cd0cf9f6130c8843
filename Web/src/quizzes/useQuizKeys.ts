import { useEffect, useRef } from "react";
import type { Answer, QuizQuestion } from "../api/quizzes";
import { chosenBy } from "./chosenBy";

interface QuizKeys {
  question: QuizQuestion | undefined;
  answer: Answer | null;
  change: (answer: Answer | null) => void;
  onward: () => void;
  flag: () => void;
  back: () => void;
  skip: () => void;
}

/** 1 to 9 and A to Z choose, Enter goes on, F flags, S skips, the arrows go back and forth. Letters belong to who is writing. */
export function useQuizKeys(keys: QuizKeys): void {
  const now = useRef(keys);
  now.current = keys;
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
      const { question, answer, change, onward, flag, back, skip } = now.current;
      const target = event.target instanceof HTMLElement ? event.target : null;
      if (document.querySelector("dialog[open]")) return;
      const writes = target?.closest("textarea, select, input:not([type=radio]):not([type=checkbox])") != null;
      if (event.key === "Enter") {
        // A new line needs Shift; buttons and links do what they say.
        if (event.shiftKey || target?.closest("button, a, form, select, summary")) return;
        event.preventDefault();
        return onward();
      }
      if (writes || event.shiftKey) return;
      const chosen = question ? chosenBy(event.key, question, answer) : undefined;
      if (chosen !== undefined) {
        event.preventDefault();
        return change(chosen);
      }
      const radio = target?.matches("input[type=radio]") ?? false;
      const actions: Record<string, () => void> = { f: flag, s: skip, ...(radio ? {} : { ArrowLeft: back, ArrowRight: skip }) };
      const action = actions[event.key.length === 1 ? event.key.toLowerCase() : event.key];
      if (!action) return;
      event.preventDefault();
      action();
    };
    document.addEventListener("keydown", press);
    return () => document.removeEventListener("keydown", press);
  }, []);
}
