// Has this browser take push messages, or no longer. The list of devices works without this file;
// what a browser alone can do is shown only where it can: the parts are named by data-push.
const box = document.querySelector("[data-push-key]");
const form = box.querySelector("form[data-push=begin]");

const show = (name) => {
  box.querySelector(`[data-push=${name}]`).hidden = false;
};

async function markOf(endpoint) {
  const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(endpoint));
  return Array.from(new Uint8Array(digest), (each) => each.toString(16).padStart(2, "0")).join("");
}

// The row of this device on the list of those that are told, if it is one of them.
async function rowOf(subscription) {
  const mark = subscription && (await markOf(subscription.endpoint));
  return box.querySelector(`[data-told="${mark}"]`);
}

const asBytes = (key) => Uint8Array.from(atob(key.replace(/-/g, "+").replace(/_/g, "/")), (each) => each.charCodeAt(0));

// A subscription under another key of the node is of no use: it is ended first.
async function subscribed(manager) {
  await (await manager.getSubscription())?.unsubscribe();
  return manager.subscribe({ userVisibleOnly: true, applicationServerKey: asBytes(box.dataset.pushKey) });
}

async function start(manager) {
  if ((await Notification.requestPermission()) !== "granted") {
    show("denied");
    return;
  }
  const { endpoint, keys } = (await subscribed(manager)).toJSON();
  Object.entries({ endpoint, ...keys }).forEach(([name, value]) => {
    form.elements[name].value = value;
  });
  form.submit();
}

const guessed = () => navigator.userAgentData?.platform || navigator.platform || "";

function offer(manager) {
  form.elements.label.value ||= guessed();
  form.hidden = false;
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    start(manager).catch(() => show("failed"));
  });
}

// The browser forgets first: where that fails, the node stops all the same.
function stopHere(row, subscription) {
  const stop = row.querySelector("form");
  row.querySelector("[data-push=this]").hidden = false;
  stop.querySelector("button").textContent = box.dataset.stopHere;
  stop.addEventListener("submit", async (event) => {
    event.preventDefault();
    await subscription.unsubscribe().catch(() => false);
    stop.submit();
  });
}

async function begin() {
  box.querySelector("[data-push=scriptless]").hidden = true;
  if (!("PushManager" in window) || !navigator.serviceWorker) {
    show("unable");
    return;
  }
  const { worker, scope } = box.dataset;
  const { pushManager } = await navigator.serviceWorker.register(worker, { scope });
  await navigator.serviceWorker.ready;
  const subscription = await pushManager.getSubscription();
  const row = await rowOf(subscription);
  if (row) {
    stopHere(row, subscription);
  } else {
    offer(pushManager);
  }
}

begin().catch(() => show("failed"));
