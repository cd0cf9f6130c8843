import { ComponentType, KeyboardEvent, lazy, Suspense, useEffect, useRef } from "react";
import { areas } from "../areas";
import { Dialog } from "../design/Dialog";
import { Icon } from "../design/Icon";
import { Loading } from "../design/Notice";
import { useMediaQuery } from "../design/useMediaQuery";
import type { PanelOffer, PanelTab, PanelTabProps, Place } from "../frame/Area";
import { closePanel, openPanel, panelIn } from "../frame/panel";
import { panelsPutAway, putPanelAway } from "../frame/panelChoice";
import { useStore } from "../state/useStore";
import { t } from "../strings/t";
import { ErrorBoundary } from "./ErrorBoundary";
import { ResizeHandle } from "./ResizeHandle";

const tabs = areas.flatMap(({ panelTabs }) => panelTabs ?? []);
const contents = new Map<string, ComponentType<PanelTabProps>>(tabs.map((tab) => [tab.kind, lazy(tab.load)]));

interface Offered {
  tab: PanelTab;
  offer: PanelOffer;
}

/** What stands beside a conversation or a document, one tab of it at a time; on small screens it comes as a sheet. */
export function PanelHost({ place }: { place: Place }) {
  const beside = useMediaQuery("(min-width: 64rem)");
  const putAway = useStore(panelsPutAway);
  // The list of tabs never changes, so neither does the order of their hooks.
  const offered = tabs.map((tab) => ({ tab, offer: tab.useOffer(place) })).filter((each): each is Offered => each.offer !== null);
  const address = panelIn(place.query);
  const named = offered.find(({ tab }) => tab.kind === address?.kind);
  const standing = address === null && beside ? offered.find(({ tab, offer }) => offer.standing && !putAway.has(tab.kind)) : undefined;
  const shown = named ?? standing;
  useFocusBack(named !== undefined, beside);
  if (!shown) return null;

  const { tab, offer } = shown;
  const Content = contents.get(tab.kind);
  const close = () => {
    if (named) closePanel(offered.flatMap((each) => each.tab.parameters));
    else putPanelAway(tab.kind);
  };
  const body = Content ? (
    <ErrorBoundary key={tab.kind}>
      <Suspense fallback={<Loading />}><Content place={place} about={named ? address?.about ?? null : offer.about} beside={beside} close={close} /></Suspense>
    </ErrorBoundary>
  ) : null;
  if (!beside) {
    return <Dialog title={tab.label} onClose={close} actions={offered.length > 1 ? <Tabs offered={offered} shown={tab.kind} /> : null} sheet><div className="panel-sheet">{body}</div></Dialog>;
  }
  const escape = (event: KeyboardEvent) => {
    if (event.key === "Escape" && !event.defaultPrevented && named) close();
  };
  return (
    <aside className="beside" aria-label={tab.label} onKeyDown={escape}>
      <ResizeHandle tab={tab} />
      <div className="panel">
        <div className="panel-head">
          {offered.length > 1 ? <Tabs offered={offered} shown={tab.kind} /> : <h2><Icon name={tab.icon} size={18} /> {tab.label}</h2>}
          <button type="button" className="icon-button" onClick={close} aria-label={t("shell.closePanel")} title={t("shell.closePanel")}><Icon name="close" /></button>
        </div>
        {body}
      </div>
    </aside>
  );
}

function Tabs({ offered, shown }: { offered: Offered[]; shown: string }) {
  const list = useRef<HTMLDivElement>(null);
  const go = ({ tab, offer }: Offered) => {
    if (tab.kind !== shown) openPanel(tab.kind, offer.about, { ...Object.fromEntries(offered.flatMap((each) => each.tab.parameters).map((name) => [name, null])), ...offer.parameters });
  };
  const keys = (event: KeyboardEvent) => {
    const at = offered.findIndex(({ tab }) => tab.kind === shown);
    const targets: Record<string, number> = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: offered.length - 1 };
    const target = targets[event.key];
    if (target === undefined) return;
    event.preventDefault();
    const next = (target + offered.length) % offered.length;
    const entry = offered[next];
    if (entry) go(entry);
    list.current?.querySelectorAll("button")[next]?.focus();
  };
  return (
    <div className="tabs" ref={list} role="tablist" aria-label={t("shell.panel")} onKeyDown={keys}>
      {offered.map((each) => (
        <button
          key={each.tab.kind} type="button" role="tab" aria-selected={each.tab.kind === shown} tabIndex={each.tab.kind === shown ? 0 : -1}
          onClick={() => go(each)}
        >
          <Icon name={each.tab.icon} size={18} /> <span>{each.tab.label}</span>
        </button>
      ))}
    </div>
  );
}

/** When what was opened beside the page is closed, the keyboard is where it was opened from. */
function useFocusBack(open: boolean, beside: boolean): void {
  const last = useRef<HTMLElement | null>(null);
  const opener = useRef<HTMLElement | null>(null);
  const before = useRef(open);
  useEffect(() => {
    const note = (event: FocusEvent) => {
      if (event.target instanceof HTMLElement && event.target.closest("#content") && event.target.id !== "content") last.current = event.target;
    };
    document.addEventListener("focusin", note);
    return () => document.removeEventListener("focusin", note);
  }, []);
  useEffect(() => {
    const changed = before.current !== open;
    before.current = open;
    if (!changed) return;
    if (open) {
      opener.current = last.current;
      return;
    }
    const active = document.activeElement;
    // The panel itself may stay, with what stands there unasked.
    const lost = active === null || active === document.body || active.id === "content" || active.closest(".beside") !== null;
    if (beside && lost && opener.current?.isConnected) opener.current.focus({ preventScroll: true });
  }, [open, beside]);
}
