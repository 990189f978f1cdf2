// Keeps a board live: its numbers come by a stream, its names by asking for the part anew, seldom.
// Where there is no stream the board asks every quarter of a minute, and says that it is not live.
const board = document.querySelector("[data-live]");
const line = document.querySelector("[data-live-state]");
const spoken = document.querySelector("[data-live-said]");
const EVERY = 15000; // milliseconds between two questions without a stream
const SELDOM = 5000; // the least between two with one; up to twice as much, so that not all ask at once
const AGAIN = 60000; // until a stream that was refused is tried again
let latest = Date.now();
let asked = 0;
let timer;
let polling;
let failed = false;
let latestValues;
let telling;

const filled = (text, values) => text.replace(/\{(\w+)\}/g, (whole, name) => values[name] ?? whole);

function state(name) {
  const time = new Date(latest).toISOString().slice(11, 16);
  line.dataset.liveState = name;
  line.textContent = filled(line.dataset[name] ?? "", { time: `\u2068${time}Z\u2069` });
}

function refresh() {
  timer ??= setTimeout(() => {
    timer = undefined;
    if (!document.hidden) {
      asked = Date.now();
      board.dispatchEvent(new Event("refresh"));
    }
  }, Math.max(0, asked + SELDOM - Date.now()) + Math.random() * SELDOM);
}

function numbers(values) {
  for (const place of document.querySelectorAll("[data-number]")) {
    const value = values[place.dataset.number];
    if (place.localName === "progress") {
      place.value = value;
    } else if (value !== undefined) {
      place.textContent = filled(place.dataset.say ?? "{it}", { ...values, it: value });
    }
  }
  latestValues = values;
  telling ??= setTimeout(tell, EVERY); // a voice that never stops helps nobody
}

function tell() {
  telling = undefined;
  spoken.textContent = filled(spoken.dataset.liveSaid, latestValues);
}

function live() {
  clearInterval(polling);
  polling = undefined;
  failed = false;
  latest = Date.now();
  state("on");
}

function poll() {
  polling ??= setInterval(refresh, EVERY);
  state(failed ? "off" : "asking");
}

function listen() {
  const stream = new EventSource(board.dataset.live);
  stream.onopen = live;
  stream.onmessage = (event) => {
    live();
    numbers(JSON.parse(event.data));
    refresh();
  };
  stream.addEventListener("lost", poll);
  stream.addEventListener("over", () => {
    stream.close();
    clearInterval(polling);
    state("over");
    refresh();
  });
  stream.onerror = () => {
    poll();
    if (stream.readyState === EventSource.CLOSED) {
      setTimeout(listen, AGAIN);
    }
  };
}

board.addEventListener("htmx:after:request", (event) => {
  const status = event.detail?.ctx?.response?.status ?? 0;
  failed = status === 0 || status >= 400;
  if (!failed) {
    latest = Date.now();
  }
  if (polling) {
    poll();
  }
});
board.addEventListener("htmx:error", () => {
  failed = true;
  if (polling) {
    poll();
  }
});
document.addEventListener("visibilitychange", () => document.hidden || refresh());
if (board.dataset.live && window.EventSource) {
  listen();
} else {
  poll();
}
