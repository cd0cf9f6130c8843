import { ReactNode, useCallback, useState } from "react";
import { ConversationList } from "../chat/ConversationList";
import { areas } from "../areas";
import { Icon } from "../design/Icon";
import { MonsterMark } from "../design/Monster";
import { DropArea } from "../library/DropArea";
import { Link } from "../routing/Link";
import { paths } from "../routing/paths";
import { session } from "../session/session";
import { useStore } from "../state/useStore";
import { ConnectionNotice } from "./ConnectionNotice";
import { useShortcuts } from "./shortcuts";
import { ShortcutsDialog } from "./ShortcutsDialog";

/** What stands around every page: the sidebar, or on small screens the bar at the foot. */
export function Shell({ page, fixed, children }: { page: string; fixed: boolean; children: ReactNode }) {
  const current = useStore(session);
  const user = current.phase === "signedIn" ? current.user : null;
  const [help, setHelp] = useState(false);
  useShortcuts(useCallback(() => setHelp(true), []));
  return (
    <div className="shell">
      <a className="skip-link" href="#content" onClick={skip}>Skip to the content</a>
      <header className="sidebar">
        <Link to={paths.library} className="brand"><MonsterMark /> <span>Little Monster</span></Link>
        <nav className="places" aria-label="Main">
          {areas.map(({ railItem }) => railItem && (
            <Link key={railItem.to} to={railItem.to} className="place" aria-current={railItem.pages.includes(page) ? "page" : undefined}><Icon name={railItem.icon} /> <span>{railItem.label}</span></Link>
          ))}
        </nav>
        <div className="sidebar-conversations">
          <h2>Conversations</h2>
          <ConversationList />
        </div>
        <div className="sidebar-foot">
          {user ? (
            <Link to={paths.settings} className="account" title={user.email}>
              <span className="initial" aria-hidden="true">{initial(user.display_name || user.email)}</span>
              <span className="account-name">{user.display_name || user.email}</span>
            </Link>
          ) : null}
          <button type="button" className="icon-button" onClick={() => setHelp(true)} aria-label="Keyboard shortcuts" title="Keyboard shortcuts (Ctrl /)"><Icon name="keyboard" /></button>
        </div>
      </header>
      <main id="content" className={fixed ? "content fixed" : "content"} tabIndex={-1}><ConnectionNotice />{children}</main>
      <DropArea />
      {help ? <ShortcutsDialog onClose={() => setHelp(false)} /> : null}
    </div>
  );
}

function skip(event: { preventDefault(): void }): void {
  event.preventDefault();
  document.getElementById("content")?.focus();
}

function initial(name: string): string {
  return ([...name][0] ?? "?").toUpperCase();
}
