import { FormEvent, useEffect, useState } from "react";
import { Icon } from "../design/Icon";

interface ToolbarProps {
  page: number;
  pages: number;
  goTo: (page: number) => void;
  percent: number;
  fitted: boolean;
  zoomIn: () => void;
  zoomOut: () => void;
  fit: () => void;
  find: () => void;
  finding: boolean;
}

export function ViewerToolbar({ page, pages, goTo, percent, fitted, zoomIn, zoomOut, fit, find, finding }: ToolbarProps) {
  const [typed, setTyped] = useState(String(page));
  useEffect(() => setTyped(String(page)), [page]);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const number = Number.parseInt(typed, 10);
    if (Number.isFinite(number)) goTo(number);
    else setTyped(String(page));
  };
  return (
    <div className="viewer-toolbar" role="toolbar" aria-label="Pages and zoom">
      <button type="button" className="icon-button" onClick={() => goTo(page - 1)} aria-disabled={page <= 1} aria-label="Previous page" title="Previous page (←)"><Icon name="back" /></button>
      <form onSubmit={submit}>
        <label className="visually-hidden" htmlFor="viewer-page">Page</label>
        <input id="viewer-page" inputMode="numeric" value={typed} onChange={(event) => setTyped(event.target.value)} onBlur={() => setTyped(String(page))} />
        <span>of {pages}</span>
      </form>
      <button type="button" className="icon-button" onClick={() => goTo(page + 1)} aria-disabled={page >= pages} aria-label="Next page" title="Next page (→)"><Icon name="forward" /></button>
      <span className="toolbar-space" />
      <button type="button" className="icon-button" onClick={find} aria-pressed={finding} aria-label="Find in the document" title="Find in the document (Ctrl F)"><Icon name="search" /></button>
      <button type="button" className="icon-button" onClick={zoomOut} aria-label="Zoom out" title="Zoom out (−)"><Icon name="zoomOut" /></button>
      <span className="viewer-percent">{percent} %</span>
      <button type="button" className="icon-button" onClick={zoomIn} aria-label="Zoom in" title="Zoom in (+)"><Icon name="zoomIn" /></button>
      <button type="button" className="icon-button toolbar-fit" onClick={fit} aria-pressed={fitted} aria-label="Fit the width" title="Fit the width (0)"><Icon name="fitWidth" /></button>
    </div>
  );
}
