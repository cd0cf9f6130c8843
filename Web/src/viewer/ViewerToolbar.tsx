import { FormEvent, useEffect, useState } from "react";
import { Icon } from "../design/Icon";
import { t } from "../strings/t";
import type { PageLabels } from "./pageLabels";

interface ToolbarProps {
  page: number;
  pages: number;
  labels: PageLabels;
  goTo: (page: number) => void;
  percent: number;
  fitted: boolean;
  zoomIn: () => void;
  zoomOut: () => void;
  fit: () => void;
  find: () => void;
  finding: boolean;
}

export function ViewerToolbar({ page, pages, labels, goTo, percent, fitted, zoomIn, zoomOut, fit, find, finding }: ToolbarProps) {
  const label = labels.of(page);
  const name = label ?? String(page);
  const [typed, setTyped] = useState(name);
  useEffect(() => setTyped(name), [name]);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    // What the document calls a page goes before its number.
    const number = labels.page(typed) ?? Number.parseInt(typed, 10);
    if (Number.isFinite(number)) goTo(number);
    else setTyped(name);
  };
  return (
    <div className="viewer-toolbar" role="toolbar" aria-label={t("viewer.pagesAndZoom")}>
      <button type="button" className="icon-button" onClick={() => goTo(page - 1)} aria-disabled={page <= 1} aria-label={t("viewer.previousPage")} title={t("viewer.previousPageKey")}><Icon name="back" /></button>
      <form onSubmit={submit}>
        <label className="visually-hidden" htmlFor="viewer-page">{t("viewer.page")}</label>
        <input id="viewer-page" inputMode={label === null ? "numeric" : "text"} value={typed} onChange={(event) => setTyped(event.target.value)} onBlur={() => setTyped(name)} />
        <span>{label === null ? t("viewer.ofPages", { pages }) : t("viewer.labelOfPages", { page, pages })}</span>
      </form>
      <button type="button" className="icon-button" onClick={() => goTo(page + 1)} aria-disabled={page >= pages} aria-label={t("viewer.nextPage")} title={t("viewer.nextPageKey")}><Icon name="forward" /></button>
      <span className="toolbar-space" />
      <button type="button" className="icon-button" onClick={find} aria-pressed={finding} aria-label={t("viewer.find")} title={t("viewer.findKey")}><Icon name="search" /></button>
      <button type="button" className="icon-button" onClick={zoomOut} aria-label={t("viewer.zoomOut")} title={t("viewer.zoomOutKey")}><Icon name="zoomOut" /></button>
      <span className="viewer-percent">{percent} %</span>
      <button type="button" className="icon-button" onClick={zoomIn} aria-label={t("viewer.zoomIn")} title={t("viewer.zoomInKey")}><Icon name="zoomIn" /></button>
      <button type="button" className="icon-button toolbar-fit" onClick={fit} aria-pressed={fitted} aria-label={t("viewer.fitWidth")} title={t("viewer.fitWidthKey")}><Icon name="fitWidth" /></button>
    </div>
  );
}
