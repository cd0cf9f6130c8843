import { ReactNode, useRef } from "react";
import { draftKey } from "../asking/drafts";
import type { Scope } from "../asking/scope";
import { navigate } from "../routing/location";
import { paths } from "../routing/paths";
import { Composer } from "./Composer";
import { useAsking } from "./useAsking";
import { useSuggestions } from "./useSuggestions";

interface QuickAskProps {
  scope: Scope;
  placeholder: string;
  /** Stands beside the field: what is asked, and the way to change it. */
  children?: ReactNode;
}

/** A question from a page that is not a conversation: it begins one, which then opens. */
export function QuickAsk({ scope, placeholder, children }: QuickAskProps) {
  const input = useRef<HTMLTextAreaElement>(null);
  const { send, busy, disabled, stop } = useAsking(null, scope, (thread) => navigate(paths.talk(scope.course, thread.id)));
  const { questions } = useSuggestions(scope);
  const place = scope.course === null ? { talk: null } : { course: scope.course };
  return (
    <div className="quick-ask">
      <Composer input={input} busy={busy} disabled={disabled} send={send} stop={stop} draft={draftKey(place)} placeholder={placeholder}>{children ?? <span />}</Composer>
      {questions.length > 0 ? (
        <ul className="quick-questions">
          {questions.slice(0, 3).map((question) => <li key={question}><button type="button" dir="auto" onClick={() => void send(question)}>{question}</button></li>)}
        </ul>
      ) : null}
    </div>
  );
}
