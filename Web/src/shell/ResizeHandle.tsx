import { KeyboardEvent, PointerEvent, useEffect, useRef, useState } from "react";
import type { PanelTab } from "../frame/Area";
import { keepText, keptText } from "../state/kept";
import { t } from "../strings/t";

/** The panel takes no less and no more of the room than these shares. */
const least = 0.25;
const greatest = 0.7;

/** At the edge of what stands beside the page: drawn with the pointer, or moved with the arrow keys. Each kind of panel keeps its own width. */
export function ResizeHandle({ tab }: { tab: PanelTab }) {
  const handle = useRef<HTMLDivElement>(null);
  const key = `little-monster-panel-${tab.kind}`;
  const [share, setShare] = useState(() => storedShare(key, tab.share));
  useEffect(() => setShare(storedShare(key, tab.share)), [key, tab.share]);
  useEffect(() => {
    handle.current?.parentElement?.style.setProperty("--panel-share", `${(share * 100).toFixed(1)}%`);
  }, [share]);

  const change = (next: number) => {
    const kept = Math.max(least, Math.min(greatest, next));
    setShare(kept);
    keepText(key, kept.toFixed(3));
  };
  const drag = (event: PointerEvent) => {
    const box = handle.current?.parentElement?.parentElement?.getBoundingClientRect();
    if (box && event.currentTarget.hasPointerCapture(event.pointerId)) change((box.right - event.clientX) / box.width);
  };
  const keys = (event: KeyboardEvent) => {
    const targets: Record<string, number> = { ArrowLeft: share + 0.04, ArrowRight: share - 0.04, Home: greatest, End: least };
    const target = targets[event.key];
    if (target === undefined) return;
    event.preventDefault();
    change(target);
  };
  return (
    <div
      ref={handle} className="resize-handle" role="separator" tabIndex={0} aria-orientation="vertical" aria-label={t("shell.resize")}
      aria-valuemin={least * 100} aria-valuemax={greatest * 100} aria-valuenow={Math.round(share * 100)} onKeyDown={keys} onPointerMove={drag}
      onPointerDown={(event) => {
        event.preventDefault();
        event.currentTarget.setPointerCapture(event.pointerId);
      }}
      onDoubleClick={() => change(tab.share)}
    />
  );
}

function storedShare(key: string, otherwise: number): number {
  const value = Number.parseFloat(keptText(key) ?? "");
  return value >= least && value <= greatest ? value : otherwise;
}
