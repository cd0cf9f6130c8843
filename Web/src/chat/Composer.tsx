import { FormEvent, KeyboardEvent, ReactNode, RefObject, useEffect, useLayoutEffect, useState } from "react";
import { Icon } from "../design/Icon";
import { useStore } from "../state/useStore";
import { drafts, writeDraft } from "../asking/drafts";
import { rich } from "../strings/rich";
import { DictateButton } from "../speech/DictateButton";
import { t } from "../strings/t";

interface ComposerProps {
  input: RefObject<HTMLTextAreaElement>;
  busy: boolean;
  disabled: boolean;
  /** False when the text should stay. */
  send: (text: string) => Promise<boolean>;
  stop: () => void;
  children: ReactNode;
  placeholder?: string;
  /** What the text is kept under while the student is elsewhere. */
  draft: string;
}

const longest = 8000;

/** Where questions are written: Enter sends, Shift and Enter make a new line. */
export function Composer({ input, busy, disabled, send, stop, children, draft, placeholder = t("chat.placeholder") }: ComposerProps) {
  const text = useStore(drafts).get(draft) ?? "";
  const ready = text.trim() !== "" && !busy && !disabled;

  useLayoutEffect(() => {
    const area = input.current;
    if (!area) return;
    area.style.height = "auto";
    area.style.height = `${Math.min(area.scrollHeight, 200)}px`;
  }, [text, input]);

  // Who presses Enter while the conversation is still on its way need not press it again.
  const [wanted, setWanted] = useState<string | null>(null);
  const write = (value: string) => writeDraft(draft, value);
  const go = () => {
    setWanted(null);
    write("");
    void send(text.trim()).then((sent) => {
      if (!sent) write(text);
    });
  };
  const submit = (event: FormEvent | KeyboardEvent) => {
    event.preventDefault();
    if (ready) go();
    else if (disabled && text.trim() !== "") setWanted(draft);
  };
  useEffect(() => {
    if (wanted === draft && ready) go();
  }, [wanted, draft, ready]);

  return (
    <form className="composer" onSubmit={submit}>
      <label className="visually-hidden" htmlFor="question">{t("chat.yourQuestion")}</label>
      <textarea
        id="question" ref={input} dir="auto" rows={1} value={text} maxLength={longest} placeholder={placeholder}
        onChange={(event) => {
          setWanted(null);
          write(event.target.value);
        }}
        onKeyDown={(event) => {
          if (event.key === "Enter" && !event.shiftKey && !event.nativeEvent.isComposing) submit(event);
        }}
      />
      <div className="composer-row">
        {children}
        <span className="composer-hint" aria-hidden="true">{rich("chat.keysHint", { key: (text) => <kbd>{text}</kbd> })}</span>
        <DictateButton disabled={disabled} take={(said) => {
          const before = drafts.get().get(draft) ?? "";
          write((before === "" || before.endsWith(" ") ? before + said : `${before} ${said}`).slice(0, longest));
          input.current?.focus();
        }} />
        {busy ? (
          <button type="button" className="send" onClick={stop} aria-label={t("chat.stop")} title={t("chat.stop")}><Icon name="stop" /></button>
        ) : (
          <button type="submit" className="send" disabled={!ready} aria-label={t("chat.send")} title={t("chat.send")}><Icon name="send" /></button>
        )}
      </div>
    </form>
  );
}
