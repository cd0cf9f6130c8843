import { ReactNode, useEffect, useId, useRef } from "react";
import { t } from "../strings/t";
import { Icon } from "./Icon";

interface DialogProps {
  title: string;
  onClose: () => void;
  children: ReactNode;
  /** On a phone a sheet covers most of the screen. */
  sheet?: boolean;
  /** Stand before the button that closes. */
  actions?: ReactNode;
}

/** A modal dialog on the browser's own element: it traps the focus, closes on Escape and gives the focus back. */
export function Dialog({ title, onClose, children, sheet, actions }: DialogProps) {
  const element = useRef<HTMLDialogElement>(null);
  const id = useId();
  useEffect(() => {
    const before = document.activeElement;
    const dialog = element.current;
    if (dialog && !dialog.open) {
      dialog.showModal();
      dialog.querySelector<HTMLElement>("[data-focus-first]")?.focus();
    }
    return () => {
      dialog?.close();
      if (before instanceof HTMLElement && before.isConnected) before.focus();
    };
  }, []);
  return (
    <dialog
      ref={element} className={sheet ? "dialog sheet" : "dialog"} aria-labelledby={id}
      onCancel={(event) => {
        event.preventDefault();
        onClose();
      }}
      onMouseDown={(event) => {
        if (event.target === element.current && outside(event.clientX, event.clientY, element.current)) onClose();
      }}
    >
      <div className="dialog-head">
        <h2 id={id}>{title}</h2>
        {actions}
        <button type="button" className="icon-button" onClick={onClose} aria-label={t("design.close")} title={t("design.close")}><Icon name="close" /></button>
      </div>
      {children}
    </dialog>
  );
}

function outside(x: number, y: number, element: HTMLElement): boolean {
  const box = element.getBoundingClientRect();
  return x < box.left || x > box.right || y < box.top || y > box.bottom;
}
