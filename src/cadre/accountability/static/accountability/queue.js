// Reports that wait on this phone until the node has them. The page and the service worker share it.
// A report leaves the queue only when the node says that it has it: until then it is not sent.
(() => {
  const STORE = "reports";
  const MOST = 50; // in one delivery, as the node takes them

  // Resolves to the database, or to null where this browser keeps nothing.
  let opened;
  const open = () =>
    (opened ??= new Promise((resolve) => {
      try {
        const request = indexedDB.open("cadre-field", 1);
        request.onupgradeneeded = () => request.result.createObjectStore(STORE, { keyPath: "key" });
        request.onsuccess = () => resolve(request.result);
        request.onerror = request.onblocked = () => resolve(null);
      } catch {
        resolve(null);
      }
    }));

  async function inStore(mode, act) {
    const database = await open();
    if (!database) {
      throw new Error("nothing is kept here");
    }
    return new Promise((resolve, reject) => {
      const change = database.transaction(STORE, mode, { durability: "strict" });
      const request = act(change.objectStore(STORE));
      change.oncomplete = () => resolve(request.result);
      change.onerror = change.onabort = () => reject(change.error);
    });
  }

  const keep = (report) => inStore("readwrite", (store) => store.put(report));
  const drop = (key) => inStore("readwrite", (store) => store.delete(key));
  const all = () => inStore("readonly", (store) => store.getAll());
  const waiting = async (to) =>
    (await all()).filter((each) => each.to === to).sort((one, other) => one.at - other.at);

  function uuid() {
    if (crypto.randomUUID) {
      return crypto.randomUUID();
    }
    const bytes = crypto.getRandomValues(new Uint8Array(16));
    bytes[6] = (bytes[6] & 15) | 64;
    bytes[8] = (bytes[8] & 63) | 128;
    const text = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
    return text.replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-");
  }

  // How long ago something happened is told, not when: a phone's clock may be wrong by years.
  const sent = ({ key, at, said }) => ({ ...said, key, age: Math.max(0, Date.now() - at) / 1000 });

  // Sends some reports (none asks only how things stand). Gives the node's answer, or throws.
  async function post(to, reports) {
    const answer = await fetch(to, {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify({ reports: reports.map(sent) }),
      signal: AbortSignal.timeout ? AbortSignal.timeout(20000) : undefined,
      credentials: "omit",
    });
    if (!answer.ok) {
      throw Object.assign(new Error(answer.statusText), { status: answer.status });
    }
    return answer.json();
  }

  // Delivers what waits for one address, oldest first. What the node refuses stays, with the reason.
  async function deliver(to) {
    let answer = null;
    const batch = (await waiting(to)).filter((each) => !each.refused);
    for (let from = 0; from < batch.length || !answer; from += MOST) {
      answer = await post(to, batch.slice(from, from + MOST));
      for (const key of answer.taken) {
        await drop(key);
      }
      for (const [key, why] of Object.entries(answer.refused)) {
        const report = batch.find((each) => each.key === key);
        await (report && keep({ ...report, refused: why }));
      }
    }
    return answer;
  }

  async function deliverAll() {
    const open = (await all()).filter((each) => !each.refused);
    for (const to of new Set(open.map((each) => each.to))) {
      await deliver(to);
    }
  }

  self.queue = { open, keep, drop, waiting, uuid, deliver, deliverAll };
})();
