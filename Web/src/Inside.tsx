import { Suspense, useEffect } from "react";
import { areas } from "./areas";
import { Loading } from "./design/Notice";
import { followEvents, onLiveEvent } from "./events/liveEvents";
import { lazyPage } from "./frame/lazyPage";
import { matchPattern, placeAt, redirectFrom } from "./frame/matching";
import { navigate, useLocation } from "./routing/location";
import { paths } from "./routing/paths";
import { ErrorBoundary } from "./shell/ErrorBoundary";
import { NotFoundPage } from "./shell/NotFoundPage";
import { Shell } from "./shell/Shell";

/** The app of somebody who is signed in: what stands around every page, and the page that the address names. */
export default function Inside() {
  const { path, query } = useLocation();
  useEffect(() => {
    const controller = new AbortController();
    void followEvents(controller.signal);
    const unfollow = areas.map(({ applyEvent }) => (applyEvent ? onLiveEvent(applyEvent) : () => undefined));
    for (const { start } of areas) start?.();
    return () => {
      controller.abort();
      for (const each of unfollow) each();
      for (const { forget } of areas) forget();
    };
  }, []);
  const outside = [paths.home, ...paths.entries].some((pattern) => matchPattern(pattern, path) !== null);
  const redirect = outside ? paths.library : redirectFrom(areas, path, query);
  useEffect(() => {
    if (redirect !== null) navigate(redirect, { replace: true });
  }, [redirect]);
  if (redirect !== null) return null;
  const found = placeAt(areas, path, query);
  const Page = found ? lazyPage(found.area, found.place.page) : null;
  const name = found ? `${found.place.area}/${found.place.page}` : "none";
  return (
    <Shell page={name} fixed={found?.route.fixed ?? false}>
      <ErrorBoundary key={name}>
        {found && Page ? <Suspense fallback={<Loading />}><Page params={found.place.params} query={found.place.query} /></Suspense> : <NotFoundPage />}
      </ErrorBoundary>
    </Shell>
  );
}
