import { KeyboardEvent, PointerEvent, useCallback, useRef, useState } from "react";
import { mediaAPI } from "../api/cards";
import { Icon } from "../design/Icon";
import { Segments } from "../design/Segments";
import { tellFailure } from "../design/toastStore";
import { t } from "../strings/t";
import { useFetchedPicture } from "../viewer/useFetchedPicture";
import { CoveredPart, CoveredPicture, moved } from "./occlusion";

interface OcclusionEditorProps {
  value: CoveredPicture;
  onChange: (value: CoveredPicture) => void;
}

const step = 0.01;

/** Covers parts of a picture: drawn with the pointer, or added and moved with keys. */
export function OcclusionEditor({ value, onChange }: OcclusionEditorProps) {
  const [drawn, setDrawn] = useState<CoveredPart | null>(null);
  const [busy, setBusy] = useState(false);
  const frame = useRef<HTMLDivElement>(null);
  const start = useRef<{ x: number; y: number } | null>(null);
  const { picture, parts, hidesAll } = value;
  const fetch = useCallback((signal: AbortSignal) => mediaAPI.get(picture, signal), [picture]);
  const { address, problem } = useFetchedPicture(picture === "" ? null : fetch);
  const set = (next: CoveredPart[]) => onChange({ ...value, parts: next });

  const choose = async (file: File | undefined) => {
    if (!file) return;
    setBusy(true);
    try {
      onChange({ ...value, picture: (await mediaAPI.keep(file)).name });
    } catch (error) {
      tellFailure(error);
    }
    setBusy(false);
  };
  const place = (event: PointerEvent) => {
    const box = frame.current?.getBoundingClientRect();
    if (!box) return { x: 0, y: 0 };
    return { x: Math.min(Math.max((event.clientX - box.left) / box.width, 0), 1), y: Math.min(Math.max((event.clientY - box.top) / box.height, 0), 1) };
  };
  const down = (event: PointerEvent) => {
    if (event.button !== 0 || (event.target instanceof Element && event.target.closest("button"))) return;
    event.preventDefault();
    frame.current?.setPointerCapture(event.pointerId);
    start.current = place(event);
  };
  const move = (event: PointerEvent) => {
    if (!start.current) return;
    const [from, to] = [start.current, place(event)];
    setDrawn({ left: Math.min(from.x, to.x), top: Math.min(from.y, to.y), width: Math.abs(from.x - to.x), height: Math.abs(from.y - to.y) });
  };
  const up = () => {
    start.current = null;
    setDrawn(null);
    if (drawn && drawn.width > step && drawn.height > step) set([...parts, drawn]);
  };
  const keys = (index: number) => (event: KeyboardEvent) => {
    const part = parts[index];
    if (!part) return;
    const [x, y] = { ArrowLeft: [-step, 0], ArrowRight: [step, 0], ArrowUp: [0, -step], ArrowDown: [0, step] }[event.key] ?? [0, 0];
    if (event.key === "Delete" || event.key === "Backspace") set(parts.filter((_, each) => each !== index));
    else if (x !== 0 || y !== 0) set(parts.map((each, at) => (at === index ? moved(part, event.shiftKey ? { width: x, height: y } : { left: x, top: y }) : each)));
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    <div className="occlusion-editor">
      <label className="button cards-gap">
        <Icon name="upload" size={18} /> {picture === "" ? t("cards.choosePicture") : t("cards.otherPicture")}
        <input type="file" className="visually-hidden" accept="image/*" disabled={busy} onChange={(event) => void choose(event.target.files?.[0])} />
      </label>
      {problem ? <p role="alert">{problem}</p> : null}
      {picture === "" || address === null ? null : (
        <>
          <div ref={frame} className="occlusion-frame" onPointerDown={down} onPointerMove={move} onPointerUp={up} onPointerCancel={up}>
            <img src={address} alt={t("cards.coveredPicture")} draggable={false} />
            {[...parts, ...(drawn ? [drawn] : [])].map((part, index) => (
              <button
                key={index} type="button" className="occlusion-part" aria-label={t("cards.part", { number: index + 1 })} aria-describedby="occlusion-keys" onKeyDown={keys(index)}
                style={{ insetInlineStart: `${part.left * 100}%`, top: `${part.top * 100}%`, width: `${part.width * 100}%`, height: `${part.height * 100}%` }}
              >
                {index + 1}
              </button>
            ))}
          </div>
          <p className="hint" id="occlusion-keys">{t("cards.occlusionKeys")}</p>
          <button type="button" className="button cards-gap" onClick={() => set([...parts, { left: 0.4, top: 0.4, width: 0.2, height: 0.1 }])}><Icon name="plus" size={18} /> {t("cards.addPart")}</button>
          <Segments
            label={t("cards.whileAsked")} value={hidesAll ? "all" : "one"} onChange={(choice) => onChange({ ...value, hidesAll: choice === "all" })}
            choices={[{ value: "all", label: t("cards.hideAll") }, { value: "one", label: t("cards.hideOne") }]}
          />
        </>
      )}
    </div>
  );
}
