import { FormEvent, KeyboardEvent, ReactNode, RefObject, useLayoutEffect, useState } from "react";
import { Icon } from "../design/Icon";

interface ComposerProps {
  input: RefObject<HTMLTextAreaElement>;
  busy: boolean;
  disabled: boolean;
  send: (text: string) => void;
  stop: () => void;
  children: ReactNode;
}

const longest = 8000;

/** Where questions are written: Enter sends, Shift and Enter make a new line. */
export function Composer({ input, busy, disabled, send, stop, children }: ComposerProps) {
  const [text, setText] = useState("");
  const ready = text.trim() !== "" && !busy && !disabled;

  useLayoutEffect(() => {
    const area = input.current;
    if (!area) return;
    area.style.height = "auto";
    area.style.height = `${Math.min(area.scrollHeight, 200)}px`;
  }, [text, input]);

  const submit = (event: FormEvent | KeyboardEvent) => {
    event.preventDefault();
    if (!ready) return;
    send(text.trim());
    setText("");
  };

  return (
    <form className="composer" onSubmit={submit}>
      <label className="visually-hidden" htmlFor="question">Your question</label>
      <textarea
        id="question" ref={input} rows={1} value={text} maxLength={longest} placeholder="Ask about your documents"
        onChange={(event) => setText(event.target.value)}
        onKeyDown={(event) => {
          if (event.key === "Enter" && !event.shiftKey && !event.nativeEvent.isComposing) submit(event);
        }}
      />
      <div className="composer-row">
        {children}
        {busy ? (
          <button type="button" className="send" onClick={stop} aria-label="Stop the answer"><Icon name="stop" /></button>
        ) : (
          <button type="submit" className="send" disabled={!ready} aria-label="Send the question"><Icon name="send" /></button>
        )}
      </div>
    </form>
  );
}
