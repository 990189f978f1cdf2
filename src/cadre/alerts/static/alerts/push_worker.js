// Shows what the node tells this device, also with every page closed, and opens it when it is
// pressed. It keeps nothing. What it is given names nobody: a locked screen shows it.
self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));

self.addEventListener("push", (event) => event.waitUntil(show(told(event.data))));

// A browser that is shown nothing for a message ends the subscription: something always is.
function told(data) {
  try {
    return data.json();
  } catch {
    return {};
  }
}

function show({ title = "Cadre", language = "", tag = "", urgent = false, link = "" }) {
  return self.registration.showNotification(title, {
    lang: language,
    dir: "auto",
    tag, // what follows a message takes its place
    renotify: Boolean(tag),
    requireInteraction: urgent,
    data: { link },
  });
}

self.addEventListener("notificationclick", (event) => {
  event.notification.close();
  event.waitUntil(open(here(event.notification.data?.link)));
});

// The page at the address by which this device reaches the node, whatever others call it.
function here(link) {
  const { pathname, search } = new URL(link || "/messages/", self.location.origin);
  return new URL(pathname + search, self.location.origin).href;
}

async function open(address) {
  const windows = await self.clients.matchAll({ type: "window", includeUncontrolled: true });
  const found = windows.find((each) => each.url === address);
  return found ? found.focus() : self.clients.openWindow(address);
}
