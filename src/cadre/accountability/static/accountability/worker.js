// Lets the pages of links open without a network. It keeps what one page needs and no more:
// the page itself as it was last seen, its style, its scripts and its icon, until the muster ends.
const LONGEST = 7 * 24 * 3600 * 1000; // nothing is kept longer than a week without the network
const PATIENCE = 5000; // how long a page may take on a bad line before the kept one is shown

self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));

const nameOf = (path) => `field:${path}`;

self.addEventListener("message", (event) => {
  const { keep, files, forget } = event.data;
  if (keep) {
    event.waitUntil(kept(keep, files));
  }
  if (forget) {
    event.waitUntil(caches.delete(nameOf(forget)));
  }
});

// Keeps a page and its files, in place of what was kept of it before.
async function kept(address, files) {
  const url = new URL(address);
  const cache = await caches.open(nameOf(url.pathname));
  const page = await fetch(address, { cache: "no-store" });
  if (!page.ok || page.redirected) {
    return;
  }
  for (const file of files) {
    if (!(await cache.match(file))) {
      await cache.add(file);
    }
  }
  for (const request of await cache.keys()) {
    const old = new URL(request.url);
    if (!files.includes(request.url) && old.search !== url.search) {
      await cache.delete(request); // the page in another language, files of another version
    }
  }
  await cache.put(address, stamped(page));
  await tell("kept");
}

function stamped(page) {
  const headers = new Headers(page.headers);
  headers.delete("Content-Encoding"); // the body is unpacked by now
  headers.delete("Content-Length");
  headers.set("X-Kept-At", String(Date.now()));
  return new Response(page.body, { status: page.status, headers });
}

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== "GET" || url.origin !== self.location.origin) {
    return;
  }
  if (request.mode === "navigate") {
    event.respondWith(page(request, url));
  } else if (url.pathname.startsWith("/static/")) {
    event.respondWith(caches.match(request).then((found) => found ?? fetch(request)));
  }
});

// The page from the node if it answers soon, else as it was kept.
async function page(request, url) {
  const fresh = fetch(request);
  const slow = new Promise((resolve) => setTimeout(resolve, PATIENCE));
  const first = await Promise.race([fresh.catch(() => undefined), slow]);
  const good = first && first.status < 500; // a proxy may answer for a node that is away
  return good ? first : ((await old(url)) ?? fresh);
}

async function old(url) {
  const name = nameOf(url.pathname);
  const found = await (await caches.open(name)).match(url.href, { ignoreSearch: true });
  if (found && Date.now() - Number(found.headers.get("X-Kept-At")) > LONGEST) {
    await caches.delete(name);
    return undefined;
  }
  return found;
}

// Where the browser can, it calls this when the link is back, also with the page closed.
self.addEventListener("sync", (event) => {
  if (event.tag === "reports") {
    event.waitUntil(self.queue.deliverAll().then(() => tell("delivered")));
  }
});

async function tell(what) {
  for (const client of await self.clients.matchAll({ includeUncontrolled: true })) {
    client.postMessage(what);
  }
}
