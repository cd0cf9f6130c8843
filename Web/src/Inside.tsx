import { Suspense, useEffect, useState } from "react";
import { areas } from "./areas";
import { Loading } from "./design/Notice";
import { followEvents, onLiveEvent } from "./events/liveEvents";
import { lazyPage } from "./frame/lazyPage";
import { NotFoundPage } from "./frame/NotFoundPage";
import { keepForOffline } from "./frame/offline";
import { placeAt, redirectFrom } from "./frame/matching";
import { navigate, useLocation } from "./routing/location";
import { ErrorBoundary } from "./shell/ErrorBoundary";
import { Shell } from "./shell/Shell";

/** The app of somebody who is signed in: what stands around every page, and the page that the address names. */
export default function Inside() {
  const { path, query } = useLocation();
  const [begun, setBegun] = useState(false);
  useEffect(() => {
    const controller = new AbortController();
    void followEvents(controller.signal);
    const unfollow = areas.map(({ applyEvent }) => (applyEvent ? onLiveEvent(applyEvent) : () => undefined));
    for (const { start } of areas) start?.();
    setBegun(true);
    const idle = window.requestIdleCallback ?? ((action: () => void) => window.setTimeout(action, 2000));
    // The other pages' chunks come while nothing else does, so that going there waits for nothing.
    idle(() => {
      if (controller.signal.aborted) return;
      for (const { load } of areas) void load().catch(() => undefined);
      keepForOffline();
    });
    return () => {
      controller.abort();
      for (const each of unfollow) each();
      for (const { forget } of areas) forget();
    };
  }, []);
  const redirect = redirectFrom(areas, path, query);
  useEffect(() => {
    if (redirect !== null) navigate(redirect, { replace: true });
  }, [redirect]);
  // What the areas keep of this person is there before their pages are.
  if (redirect !== null || !begun) return null;
  const found = placeAt(areas, path, query);
  const Page = found ? lazyPage(found.area, found.place.page) : null;
  return (
    <Shell place={found?.place ?? null} fixed={found?.route.fixed ?? false} alone={found?.route.alone ?? false}>
      <ErrorBoundary key={found ? `${found.place.area}/${found.place.page}` : ""}>
        {found && Page ? <Suspense fallback={<Loading />}><Page params={found.place.params} query={found.place.query} /></Suspense> : <NotFoundPage />}
      </ErrorBoundary>
    </Shell>
  );
}
