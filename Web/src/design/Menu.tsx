import { KeyboardEvent, ReactNode, useEffect, useId, useLayoutEffect, useRef, useState } from "react";
import { t } from "../strings/t";
import { Icon, IconName } from "./Icon";

export interface MenuItem {
  label: string;
  icon: IconName;
  danger?: boolean;
  run: () => void;
}

/** A button that opens a short list of actions; arrows, Home, End and Escape work as in a desktop menu. */
interface MenuProps {
  label: string;
  items: MenuItem[];
  /** The list opens upwards. */
  above?: boolean;
  /** The list keeps to the button's beginning and not to its end. */
  start?: boolean;
  /** What the button shows instead of three dots, and how it looks. */
  face?: ReactNode;
  className?: string;
}

export function Menu({ label, items, above, start, face, className }: MenuProps) {
  const [open, setOpen] = useState(false);
  const [turned, setTurned] = useState(false);
  const anchor = useRef<HTMLDivElement>(null);
  const button = useRef<HTMLButtonElement>(null);
  const list = useRef<HTMLDivElement>(null);
  const id = useId();

  // Where there is no room below, and more above, the list opens upwards; before it is seen.
  useLayoutEffect(() => {
    const box = list.current?.getBoundingClientRect();
    const face = button.current?.getBoundingClientRect();
    if (!open || !box || !face) return setTurned(false);
    const bounds = clipping(anchor.current);
    const [over, under] = [face.top - Math.max(bounds.top, 0), Math.min(bounds.bottom, window.innerHeight) - face.bottom];
    setTurned(!above && box.height > under && box.height <= over);
  }, [open, above]);
  useEffect(() => {
    if (!open) return undefined;
    list.current?.querySelector("button")?.focus();
    const away = (event: Event) => {
      if (event.target instanceof Node && !anchor.current?.contains(event.target)) setOpen(false);
    };
    document.addEventListener("pointerdown", away);
    document.addEventListener("focusin", away);
    return () => {
      document.removeEventListener("pointerdown", away);
      document.removeEventListener("focusin", away);
    };
  }, [open]);

  const keys = (event: KeyboardEvent) => {
    const buttons = [...(list.current?.querySelectorAll("button") ?? [])];
    const at = buttons.findIndex((each) => each === document.activeElement);
    const targets: Record<string, number> = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: buttons.length - 1 };
    const target = targets[event.key];
    if (event.key === "Escape") {
      event.stopPropagation();
      setOpen(false);
      button.current?.focus();
    } else if (target !== undefined) {
      event.preventDefault();
      buttons[(target + buttons.length) % buttons.length]?.focus();
    }
  };

  return (
    <div className="menu-anchor" ref={anchor}>
      <button
        ref={button} type="button" className={className ?? "icon-button"} aria-label={label} title={face ? label : t("design.actions")} aria-haspopup="menu" aria-expanded={open}
        aria-controls={open ? id : undefined} onClick={() => setOpen(!open)}
      >
        {face ?? <Icon name="more" />}
      </button>
      {open ? (
        <div ref={list} id={id} role="menu" aria-label={label} className={`menu${above || turned ? " above" : ""}${start ? " start" : ""}`} onKeyDown={keys}>
          {items.map((item) => (
            <button
              key={item.label} type="button" role="menuitem" tabIndex={-1} className={item.danger ? "danger" : undefined}
              onClick={() => {
                setOpen(false);
                button.current?.focus();
                item.run();
              }}
            >
              <Icon name={item.icon} size={18} />
              {item.label}
            </button>
          ))}
        </div>
      ) : null}
    </div>
  );
}

/** The box beyond which nothing of an element is seen: that of what scrolls it, or the window's. */
function clipping(element: HTMLElement | null): DOMRect {
  for (let box = element?.parentElement; box; box = box.parentElement) {
    if (getComputedStyle(box).overflowY !== "visible") return box.getBoundingClientRect();
  }
  return new DOMRect(0, 0, window.innerWidth, window.innerHeight);
}
