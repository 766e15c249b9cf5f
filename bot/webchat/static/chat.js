// Makes the page nicer, never necessary: sends without a reload, again and again while the line is down and always
// under the form's own id, so that nothing counts twice; keeps what is being typed; follows what is said elsewhere.
"use strict";

const WAITS = [500, 1000, 2000, 4000, 8000];
const main = () => document.getElementById("chat");
const kept = () => "typed " + main().dataset.screen;
let queue = Promise.resolve(); // what was done is sent in order, one after the other
let turns = 0; // how much was sent so far: a page asked for before that is old news
let waiting = 0;

const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
if (zone) document.cookie = "zone=" + zone + "; path=/; max-age=31536000; samesite=lax";

function wait(milliseconds) {
  return new Promise((done) => setTimeout(done, milliseconds));
}

function offline(is) {
  const notice = main().querySelector("[data-offline]");
  if (notice) notice.hidden = !is;
}

function problem(text) {
  const notice = main().querySelector("[data-problem]");
  notice.textContent = text;
  notice.hidden = !text;
}

function send(form, button) {
  const data = new FormData(form);
  if (button && button.name) data.set(button.name, button.value);
  if (button) button.setAttribute("aria-busy", "true");
  const body = form.enctype === "multipart/form-data" ? data : new URLSearchParams(data);
  turns++;
  waiting++;
  queue = queue.then(() => deliver(form.action, body, data.has("text") && kept())).finally(() => {
    waiting--;
    if (button) button.removeAttribute("aria-busy");
  });
}

async function deliver(address, body, key) {
  const answer = await posted(address, body);
  const text = await answer.text();
  if (answer.ok) {
    if (key) localStorage.removeItem(key);
    show(text);
  } else {
    const said = new DOMParser().parseFromString(text, "text/html").querySelector("[data-what]");
    problem(said ? said.textContent : answer.statusText);
  }
}

async function posted(address, body) {
  for (let tries = 0; ; tries++) {
    try {
      const answer = await fetch(address, { method: "POST", body, credentials: "same-origin" });
      if (answer.status < 500) {
        offline(false);
        return answer;
      }
    } catch {
      // The line is down: said below, and tried again.
    }
    offline(true);
    await wait(WAITS[Math.min(tries, WAITS.length - 1)]);
  }
}

function show(text) {
  const fresh = new DOMParser().parseFromString(text, "text/html");
  const theirs = fresh.getElementById("chat");
  if (!theirs) return location.assign("/chat");
  const same = theirs.dataset.screen === main().dataset.screen && theirs.dataset.place === main().dataset.place;
  const pressed = document.activeElement && document.activeElement.value;
  document.documentElement.lang = fresh.documentElement.lang;
  document.documentElement.dir = fresh.documentElement.dir;
  document.title = fresh.title;
  document.querySelector(".top").replaceWith(fresh.querySelector(".top"));
  const typing = document.activeElement && document.activeElement.id === "text";
  main().replaceWith(theirs);
  prepare();
  tell();
  if (same) {
    const again = [...main().querySelectorAll("button")].find((button) => button.value === pressed);
    if (again) again.focus({ preventScroll: true });
    else if (typing) main().querySelector("[data-keep]").focus({ preventScroll: true });
    return;
  }
  const field = main().querySelector("[data-keep]");
  const asked = document.getElementById("asked");
  const tapped = main().querySelectorAll(".choices .button:not(.quiet)").length > 0;
  (tapped || !field ? asked : field)?.focus({ preventScroll: true });
  document.getElementById("now").scrollIntoView({ block: "start" });
}

// Says aloud what is new above the question; the question itself is read when it gets the focus.
function tell() {
  const lines = [...main().querySelectorAll(".now > .news p, .now > .note, .now > .error")];
  document.getElementById("news").textContent = lines.map((line) => line.textContent).join(" ");
}

function prepare() {
  const field = main().querySelector("[data-keep]");
  if (!field) return;
  field.value = localStorage.getItem(kept()) || field.value;
  field.setSelectionRange(field.value.length, field.value.length); // what was refused is mended at its end
  count(field);
  field.addEventListener("input", () => {
    localStorage.setItem(kept(), field.value);
    count(field);
  });
}

function count(field) {
  const shown = main().querySelector("[data-count]");
  if (!shown) return;
  const segmenter = new Intl.Segmenter(document.documentElement.lang, { granularity: "word" });
  const words = [...segmenter.segment(field.value)].filter((part) => part.isWordLike).length;
  const limit = field.dataset.limit;
  shown.textContent = words ? words + (limit ? " / " + limit : "") : "";
}

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (!form.matches("[data-act], .menu form")) return;
  event.preventDefault();
  const button = event.submitter;
  if (button && button.dataset.copies && navigator.clipboard) navigator.clipboard.writeText(button.dataset.copies);
  send(form, button);
});

document.addEventListener("keydown", (event) => {
  if (event.target.matches("textarea[data-keep]") && event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
    event.preventDefault();
    event.target.form.requestSubmit();
  }
});

async function refresh() {
  const before = turns;
  if (waiting) return;
  const answer = await fetch("/chat", { credentials: "same-origin" });
  const text = await answer.text();
  if (!answer.ok || turns !== before) return;
  const state = new DOMParser().parseFromString(text, "text/html").getElementById("chat")?.dataset.state;
  if (state && state !== main().dataset.state) show(text);
}

const soon = () => setTimeout(() => refresh().catch(() => {}), 300);
const news = new EventSource("/chat/stream");
news.addEventListener("news", soon);
news.addEventListener("open", soon);
document.addEventListener("visibilitychange", () => document.hidden || soon());
addEventListener("pagehide", () => news.close());

prepare();
if (main().querySelector(".said")) document.getElementById("now").scrollIntoView({ block: "start" });
