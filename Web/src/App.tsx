import { useEffect } from "react";
import { ChatPage } from "./chat/ChatPage";
import { applyToConversations, forgetConversations, loadConversations } from "./chat/conversationsStore";
import { nextScope } from "./chat/scope";
import { Loading, Problem } from "./design/Notice";
import { Toasts } from "./design/Toasts";
import { followEvents, onLiveEvent } from "./events/liveEvents";
import { documentDeletion } from "./library/deletion";
import { applyToLibrary, forgetLibrary } from "./library/libraryStore";
import { LibraryPage } from "./library/LibraryPage";
import { forgetUploads, showInterrupted } from "./library/uploads";
import { navigate, useLocation } from "./routing/location";
import { parseRoute, paths, Route } from "./routing/paths";
import { SearchPage } from "./search/SearchPage";
import { EntryPage } from "./session/EntryPage";
import { session, startSession } from "./session/session";
import { SettingsPage } from "./settings/SettingsPage";
import { ErrorBoundary } from "./shell/ErrorBoundary";
import { NotFoundPage } from "./shell/NotFoundPage";
import { Shell } from "./shell/Shell";
import { useStore } from "./state/useStore";
import { DocumentPage } from "./viewer/DocumentPage";

export function App() {
  const current = useStore(session);
  return (
    <>
      {current.phase === "starting" ? <div className="whole-page"><Loading label="Starting" /></div> : null}
      {current.phase === "unreachable" ? (
        <main className="whole-page"><Problem action={{ label: "Try again", run: () => void startSession() }}>{current.message}</Problem></main>
      ) : null}
      {current.phase === "signedOut" ? <SignedOut hasUsers={current.server.has_users} mayRegister={current.server.registration_open} ended={current.ended} /> : null}
      {current.phase === "signedIn" ? <SignedIn key={current.user.id} /> : null}
      <Toasts />
    </>
  );
}

function useRoute(): Route {
  const { path, query } = useLocation();
  return parseRoute(path, query);
}

function SignedOut({ hasUsers, mayRegister, ended }: { hasUsers: boolean; mayRegister: boolean; ended: boolean }) {
  const route = useRoute();
  const { path, query } = useLocation();
  const entry = route.name === "signIn" || route.name === "register" || route.name === "welcome";
  // Who asked for a page inside comes back to it after signing in.
  const goal = entry || route.name === "home" ? paths.library : query === "" ? path : `${path}?${query}`;
  const kind = !hasUsers ? "first" : route.name === "register" && mayRegister ? "register" : "signIn";
  return <EntryPage key={kind} kind={kind} mayRegister={mayRegister} goal={goal} ended={ended} />;
}

function SignedIn() {
  const route = useRoute();
  useEffect(() => {
    const controller = new AbortController();
    void followEvents(controller.signal);
    void loadConversations();
    showInterrupted();
    const unfollowLibrary = onLiveEvent(applyToLibrary);
    const unfollowConversations = onLiveEvent(applyToConversations);
    return () => {
      controller.abort();
      unfollowLibrary();
      unfollowConversations();
      forgetLibrary();
      documentDeletion.forget();
      forgetUploads();
      forgetConversations();
      nextScope.set([]);
    };
  }, []);
  const inside = !["home", "welcome", "signIn", "register"].includes(route.name);
  useEffect(() => {
    if (!inside) navigate(paths.library, { replace: true });
  }, [inside]);
  return inside ? <Shell route={route}><ErrorBoundary key={route.name}><Page route={route} /></ErrorBoundary></Shell> : null;
}

function Page({ route }: { route: Route }) {
  switch (route.name) {
    case "library": return <LibraryPage />;
    case "document": return <DocumentPage key={route.id} id={route.id} passage={route.passage} />;
    case "chat": return <ChatPage conversation={route.conversation} document={route.document} passage={route.passage} />;
    case "search": return <SearchPage />;
    case "settings": return <SettingsPage />;
    default: return <NotFoundPage />;
  }
}
