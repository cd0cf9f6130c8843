/**
 * Lets the app open without a network: it then says itself that the server cannot be reached, and takes up the work when it can.
 * Only the app's own files are kept; answers of the API never are.
 */
const kept = "little-monster-__VERSION__";
/** Files that every page needs, and those of the areas; what is large comes in when it is first used. */
const files = __FILES__;
const root = self.registration.scope;

self.addEventListener("install", (event) => {
  event.waitUntil(fill().then(() => self.skipWaiting()));
});

self.addEventListener("activate", (event) => {
  event.waitUntil(dropOthers().then(() => self.clients.claim()));
});

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== "GET" || !url.href.startsWith(root)) return;
  const path = url.href.slice(root.length).split(/[?#]/)[0];
  if (path.startsWith("assets/")) event.respondWith(asset(request));
  else if (request.mode === "navigate" && isPage(path)) event.respondWith(page(request));
});

/** The app's own addresses, and not the API's description or another file. */
function isPage(path) {
  return !path.startsWith("api/") && !/^(docs|health|ready|metrics)\b/.test(path) && !/\.[^/]*$/.test(path);
}

async function fill() {
  const cache = await caches.open(kept);
  // Each by itself: a file that does not come now comes when it is used.
  await Promise.all(["", ...files].map((file) => cache.add(new Request(new URL(file, root), { cache: file === "" ? "reload" : "default" })).catch(() => undefined)));
}

async function dropOthers() {
  const names = await caches.keys();
  await Promise.all(names.filter((name) => name.startsWith("little-monster-") && name !== kept).map((name) => caches.delete(name)));
}

/** Files named by their content never change: the one that is kept is the one that is asked for. */
async function asset(request) {
  const cache = await caches.open(kept);
  const known = await cache.match(request, { ignoreVary: true });
  if (known) return known;
  const answer = await fetch(request);
  if (answer.ok && answer.status === 200) await cache.put(request, answer.clone()).catch(() => undefined);
  return answer;
}

/** The server's page is always the newest; without it, the one that is kept. */
async function page(request) {
  try {
    return await fetch(request);
  } catch (error) {
    const shell = await (await caches.open(kept)).match(root, { ignoreVary: true });
    if (!shell) throw error;
    // It names its files from the root, wherever below it the reader is.
    const html = (await shell.text()).replaceAll('="./', `="${root}`);
    return new Response(html, { headers: { "Content-Type": "text/html; charset=utf-8", "Content-Security-Policy": shell.headers.get("Content-Security-Policy") ?? "" } });
  }
}
