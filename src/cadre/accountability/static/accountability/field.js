// The pages of links: what is pressed is kept on this phone first, then sent. Without this file the
// same forms go to the node directly.
const page = document.body.dataset;
const words = document.getElementById("words").dataset;
const find = (name) => document.querySelector(`[data-show="${name}"]`);
const show = (name, on) => {
  find(name).hidden = !on;
};
const clock = (at) => `\u2068${new Date(at).toISOString().slice(11, 16)}Z\u2069`;
const filled = (text, values) => text.replace(/\{(\w+)\}/g, (whole, name) => values[name] ?? whole);

const FIRST = 5; // seconds until what could not be sent is tried again; twice as long each time
const LONGEST = 60;
const STALE = 60000; // milliseconds after which a list in sight asks how things stand
let keeps = false; // whether this browser can keep reports
let wait = FIRST;
let timer;
let busy = false;
let waited = false; // whether something waited that was not said to be sent yet
let asked = Date.now();

// --- what is pressed -----------------------------------------------------------------------------

document.addEventListener("submit", async (event) => {
  const form = event.target.closest("form[data-report]");
  if (!form || !keeps || !event.submitter) {
    return; // the form goes to the node as it is
  }
  event.preventDefault();
  const of = form.hasAttribute("data-list") ? listed : said;
  const reports = of(form, event.submitter);
  for (const each of reports) {
    await queue.keep({ key: queue.uuid(), to: page.to, at: Date.now(), ...each });
  }
  clear(form);
  find("sent").textContent = "";
  wait = FIRST;
  await deliver();
});

// What a form says, with the button that was pressed.
function said(form, button) {
  const fields = Object.fromEntries(new FormData(form));
  delete fields.key;
  if (button.name) {
    fields[button.name] = button.value;
  }
  const chosen = form.querySelector(`[name=state][value="${fields.state}"]`);
  const about = fields.about ? `\u2068${fields.about}\u2069: ` : "";
  return [{ said: fields, label: about + chosen.dataset.word }];
}

// A report for the row whose button was pressed, or for each row that is marked.
function listed(form, button) {
  const fields = new FormData(form);
  const one = button.name === "report";
  const state = one ? button.value.slice(37) : button.value;
  const entries = one ? [button.value.slice(0, 36)] : fields.getAll("marked");
  const common = { state, how: fields.get("how"), told: fields.get("told") };
  return entries.map((entry) => ({
    said: { ...common, entry },
    entry,
    label: `${row(entry).querySelector("[data-name]").textContent}: ${button.dataset.word}`,
  }));
}

const row = (entry) => document.getElementById(`entry-${entry}`);

function clear(form) {
  for (const field of form.querySelectorAll("[data-once]")) {
    field.value = "";
  }
  for (const box of form.querySelectorAll("[name=marked]")) {
    box.checked = false;
  }
  for (const more of document.querySelectorAll("details")) {
    more.open = false;
  }
}

// What the node would refuse is asked for here, since it may hear of it hours later only.
function demand() {
  for (const each of document.querySelectorAll("[data-needed-if], [data-needed-unless]")) {
    const { neededIf, neededUnless } = each.dataset;
    const names = { told: "how", holder: "whom" };
    const word = neededIf ?? neededUnless;
    each.required = (each.form.elements[names[word]].value === word) === Boolean(neededIf);
  }
}

// --- what waits ----------------------------------------------------------------------------------

// Shows what this phone has not sent yet, and gives how many that are.
async function list() {
  const waiting = await queue.waiting(page.to);
  const open = waiting.filter((each) => !each.refused);
  waited ||= open.length > 0;
  show("waiting", waiting.length);
  find("count").textContent = open.length ? filled(words.waiting, { n: open.length }) : "";
  find("reports").replaceChildren(...waiting.map(item));
  for (const mark of document.querySelectorAll("[data-unsent]")) {
    mark.textContent = "";
  }
  for (const each of open.filter((one) => one.entry && row(one.entry))) {
    row(each.entry).querySelector("[data-unsent]").textContent = line(each);
  }
  return open.length;
}

const line = (each) => filled(words.unsent, { report: each.label, time: clock(each.at) });

function item(each) {
  const element = document.createElement("li");
  element.textContent = each.refused
    ? filled(words.refused, { report: each.label, time: clock(each.at), why: each.refused })
    : line(each);
  if (each.refused) {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = words.drop;
    button.addEventListener("click", async () => {
      await queue.drop(each.key);
      await list();
    });
    element.append(" ", button);
  }
  return element;
}

// --- sending -------------------------------------------------------------------------------------

async function deliver() {
  if (busy || !keeps) {
    return;
  }
  busy = true;
  clearTimeout(timer);
  await list();
  try {
    const answer = await queue.deliver(page.to);
    asked = Date.now();
    wait = FIRST;
    show("away", false);
    show("gone", false);
    heard(answer);
    const left = await list();
    if (waited && !left) {
      waited = false;
      find("sent").textContent = words.sent;
      keep(); // the kept page says what was recorded, too
    }
    timer = left ? setTimeout(deliver) : undefined; // pressed while the others were on their way
  } catch (error) {
    await list();
    failed(error);
  }
  busy = false;
}

function failed(error) {
  show("gone", error.status === 404);
  show("away", error.status !== 404);
  if (wait === FIRST) {
    worker().then((found) => found?.sync?.register("reports")).catch(() => {});
  }
  timer = setTimeout(deliver, wait * 1000);
  wait = Math.min(LONGEST, wait * 2);
}

// What the node says it has heard. Nothing else ever changes what stands as recorded.
function heard(answer) {
  if (answer.heard) {
    find("heard").textContent = answer.heard;
    find("heard").dataset.state = answer.state;
  }
  for (const [entry, [state, text]] of Object.entries(answer.rows ?? {})) {
    if (row(entry)) {
      row(entry).dataset.state = state;
      row(entry).querySelector("[data-heard]").textContent = text;
    }
  }
  if (answer.summary) {
    find("summary").textContent = answer.summary;
  }
  show("closed", !answer.open);
  if (!answer.open) {
    forget();
  }
}

// --- without a network ---------------------------------------------------------------------------

const worker = async () => navigator.serviceWorker?.ready;

async function tell(message) {
  (await worker())?.active.postMessage(message);
}

// Has the page kept as it stands at the node, with the files that it needs.
function keep() {
  const needs = document.querySelectorAll("link[rel=stylesheet], link[rel=icon], script[src]");
  const files = [...needs].map((each) => each.href || each.src);
  return tell({ keep: location.href.split("#")[0], files });
}

function forget() {
  show("kept", false);
  return tell({ forget: location.pathname });
}

async function begin() {
  keeps = Boolean(await queue.open());
  show("keeps-nothing", !keeps);
  const waits = keeps && (await list());
  const before = navigator.serviceWorker?.controller;
  if (waits || before) {
    deliver(); // the page may be one that was kept: how do things stand by now?
  }
  if (!navigator.serviceWorker) {
    show("needs-network", true);
    return;
  }
  navigator.serviceWorker.addEventListener("message", ({ data }) => {
    if (data === "kept") {
      show("kept", true);
    } else {
      deliver();
    }
  });
  await navigator.serviceWorker.register(page.worker, { scope: page.scope });
  await (page.closed ? forget() : keep());
}

document.addEventListener("change", demand);
demand();
addEventListener("online", () => deliver());
document.addEventListener("visibilitychange", () => {
  if (!document.hidden && Date.now() - asked > STALE / 4) {
    deliver();
  }
});
if (page.asks) {
  setInterval(() => document.hidden || Date.now() - asked < STALE || deliver(), STALE / 4);
}
begin();
