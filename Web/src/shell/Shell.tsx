import { ReactNode, useCallback } from "react";
import { areas } from "../areas";
import type { Place } from "../frame/Area";
import { useScrollMemory } from "../frame/scrollMemory";
import { closeSheet, openSheet, useSheet } from "../frame/sheets";
import { VerifyNotice } from "../session/VerifyNotice";
import { useStore } from "../state/useStore";
import { t } from "../strings/t";
import { ConnectionNotice } from "./ConnectionNotice";
import { LowMenu, PhoneBar } from "./PhoneBar";
import { MoreSheet } from "./MoreSheet";
import { PanelHost } from "./PanelHost";
import { Palette } from "./Palette";
import { Rail } from "./Rail";
import { railIsNarrow } from "./railWidth";
import { useShortcuts } from "./shortcuts";
import { ShortcutsDialog } from "./ShortcutsDialog";
import { useScreenKeyboard, useSmallScreen } from "./useSmallScreen";

const content = () => document.getElementById("content");

/** What stands around every page: the rail, or on small screens the bar at the foot; the panel beside it; what lies over it. */
export function Shell({ place, fixed, alone, children }: { place: Place | null; fixed: boolean; /** Only what lies over it. */ alone: boolean; children: ReactNode }) {
  const small = useSmallScreen();
  const narrow = useStore(railIsNarrow);
  useScreenKeyboard();
  useScrollMemory(content);
  useShortcuts(useCallback(() => openSheet("shortcuts"), []), place);
  const shortcuts = useSheet("shortcuts") !== null;
  return (
    <div className="shell" data-rail={small || alone ? "none" : narrow ? "narrow" : "wide"}>
      <a className="skip-link" href="#content" onClick={skip}>{t("shell.skip")}</a>
      {alone ? null : small ? <LowMenu /> : <Rail place={place} narrow={narrow} />}
      <div className="workspace">
        <main id="content" className={fixed ? "content fixed" : "content"} tabIndex={-1}><ConnectionNotice />{alone ? null : <VerifyNotice />}{children}</main>
        {place && !alone ? <PanelHost place={place} /> : null}
      </div>
      {small && !alone ? <PhoneBar place={place} /> : null}
      {areas.map(({ name, overlays: Overlays }) => Overlays && <Overlays key={name} />)}
      <MoreSheet />
      <Palette />
      {shortcuts ? <ShortcutsDialog onClose={closeSheet} /> : null}
    </div>
  );
}

function skip(event: { preventDefault(): void }): void {
  event.preventDefault();
  content()?.focus();
}
