import { KeyboardEvent, useEffect, useRef, useState } from "react";
import { Icon } from "../design/Icon";
import { t } from "../strings/t";
import type { Find } from "./useFind";

/** Looks for words in the document: Enter goes to the next place, with Shift to the one before, Escape ends it. */
export function FindBar({ find }: { find: Find }) {
  const { places, at, looking, look, step, close } = find;
  const input = useRef<HTMLInputElement>(null);
  const [typed, setTyped] = useState(find.words ?? "");
  const before = useRef<Element | null>(null);

  useEffect(() => {
    before.current = document.activeElement;
    input.current?.focus();
  }, []);
  useEffect(() => {
    const timer = window.setTimeout(() => look(typed), 150);
    return () => window.clearTimeout(timer);
  }, [typed, look]);

  const end = () => {
    close();
    if (before.current instanceof HTMLElement && before.current.isConnected) before.current.focus({ preventScroll: true });
  };
  const keys = (event: KeyboardEvent) => {
    if (event.key === "Enter" && event.target === input.current) {
      event.preventDefault();
      step(event.shiftKey ? -1 : 1);
    } else if (event.key === "Escape") {
      // The dialog around a document on a phone stays open.
      event.preventDefault();
      event.stopPropagation();
      end();
    }
  };
  const none = typed.trim() === "";
  const count = none || looking || typed !== find.words ? "" : places.length === 0 ? t("viewer.notFound") : `${at + 1} of ${places.length}`;
  return (
    <div className="find-bar" role="search" onKeyDown={keys}>
      <input
        ref={input} type="search" className="input" aria-label={t("viewer.find")} placeholder={t("viewer.find")} maxLength={200}
        value={typed} onChange={(event) => setTyped(event.target.value)}
      />
      <span className="find-count" role="status">{count}</span>
      <button type="button" className="icon-button" onClick={() => step(-1)} disabled={places.length === 0} aria-label={t("viewer.previousPlace")} title={t("viewer.previousPlace")}><Icon name="back" /></button>
      <button type="button" className="icon-button" onClick={() => step(1)} disabled={places.length === 0} aria-label={t("viewer.nextPlace")} title={t("viewer.nextPlace")}><Icon name="forward" /></button>
      <button type="button" className="icon-button" onClick={end} aria-label={t("viewer.endSearch")} title={t("viewer.endSearch")}><Icon name="close" /></button>
    </div>
  );
}
