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

self.addEventListener("push", (event) => {
  event.waitUntil(show(event.data));
});

self.addEventListener("notificationclick", (event) => {
  event.notification.close();
  event.waitUntil(open(event.notification.data?.path));
});

/** The server has written it in the student's language. What cannot be read is shown as news all the same: browsers want to see something. */
async function show(data) {
  let notice;
  try {
    notice = data.json();
  } catch {
    notice = {};
  }
  const path = typeof notice.path === "string" ? notice.path : "";
  // The app that the student is looking at says it itself.
  if (notice.is_in_app === true && (await pages()).some((page) => page.focused)) return;
  await self.registration.showNotification(text(notice.title) || "Little Monster", {
    body: text(notice.body), lang: text(notice.language) || undefined, tag: text(notice.tag) || undefined, dir: "auto", icon: new URL("icon.svg", root).href,
    data: { path },
  });
}

function text(value) {
  return typeof value === "string" ? value : "";
}

/** Goes to a place of the app, in a window that is there already or in a new one; never anywhere else. */
async function open(path) {
  const wanted = new URL(typeof path === "string" ? path : "", root);
  const url = wanted.href.startsWith(root) ? wanted.href : root;
  const page = (await pages())[0];
  if (!page) return self.clients.openWindow(url);
  const moved = await page.navigate(url).catch(() => null);
  return (moved ?? page).focus();
}

/** Windows of the app, the one that was used last first. */
async function pages() {
  return (await self.clients.matchAll({ type: "window", includeUncontrolled: true })).filter((page) => page.url.startsWith(root));
}
