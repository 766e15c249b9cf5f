// Makes the page nicer, never necessary: sends without a reload, again and again while the line is down and always
// under the form's own id, so that nothing counts twice; keeps what is being typed; follows what is said elsewhere.
"use strict";

const WAITS = [500, 1000, 2000, 4000, 8000];
const MISTAKES = 2; // how often what ended in a mistake of theirs is sent again
const BUSY = 3; // how often what was too much is sent again by itself
const AWAY = 60; // how often while the service cannot save: some five minutes, then it is for the person to send again
const main = () => document.getElementById("chat");
const owner = () => main().dataset.owner; // whose page this is; empty: a stranger's
const kept = () => "typed " + owner() + " " + main().dataset.screen;
// What a stranger has typed must not stand in the field for the next one: it ends with the tab.
const store = () => (owner() ? localStorage : sessionStorage);
let queue = Promise.resolve(); // what was done is sent in order, one after the other
let turns = 0; // how much was sent so far: a page asked for before that is old news
let waiting = 0;
let mine = ""; // the turn that the page shows: news of it is none

// What was typed by others who used this browser before goes.
function forgetOthers() {
  const mine = "typed " + owner() + " ";
  for (const key of Object.keys(localStorage)) {
    if (key.startsWith("typed ") && !(owner() && key.startsWith(mine))) localStorage.removeItem(key);
  }
  if (main().dataset.screen === "forgotten") sessionStorage.clear();
}

const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
if (zone) document.cookie = "zone=" + zone + "; path=/; max-age=31536000; samesite=lax";

function wait(milliseconds) {
  return new Promise((done) => setTimeout(done, milliseconds));
}

// While the line is down: rarer and rarer, once a minute in the end, and at once when the browser says it is back.
function lineBack(tries) {
  const back = new Promise((done) => addEventListener("online", done, { once: true }));
  return Promise.race([back, wait(Math.min(500 * 2 ** tries, 60000))]);
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
  if (form.matches(".file")) return sendFiles(form, button);
  const data = new FormData(form);
  if (button && button.name) data.set(button.name, button.value);
  if (button) button.setAttribute("aria-busy", "true");
  const body = new URLSearchParams(data);
  turns++;
  waiting++;
  const typed = data.has("text") && { key: kept(), store: store() };
  queue = queue.then(() => deliver(form.action, body, typed)).finally(() => {
    waiting--;
    if (button) button.removeAttribute("aria-busy");
  });
}

async function deliver(address, body, typed) {
  const answer = await posted(address, body);
  const text = await answer.text();
  if (answer.ok) {
    mine = answer.headers.get("X-Turn");
    if (typed) typed.store.removeItem(typed.key);
    show(text);
  } else {
    problem(why(text) || answer.statusText);
  }
}

// What a page says about a request that was not taken.
function why(text) {
  const said = new DOMParser().parseFromString(text, "text/html").querySelector("[data-what]");
  return said ? said.textContent : "";
}

async function posted(address, body) {
  for (let tries = 0; ; tries++) {
    try {
      const headers = { "X-Page": "1" }; // the next page is the answer: one round trip
      const answer = await fetch(address, { method: "POST", body, headers, credentials: "same-origin" });
      const patience = answer.headers.get("Retry-After");
      const away = [502, 503, 504].includes(answer.status) && tries < AWAY;
      const again = away || (answer.status === 429 && tries < BUSY);
      if (!again && (answer.status !== 500 || tries >= MISTAKES)) {
        offline(false);
        if (answer.ok) problem("");
        return answer;
      }
      if (patience) {
        problem(why(await answer.text())); // not now: the page says why, and what was typed stands in the field
        await wait(1000 * Math.min(Number(patience) || 1, 60));
        continue;
      }
    } catch {
      offline(true);
      await lineBack(tries);
      continue;
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
  listen();
  tell();
  if (same) {
    const again = [...main().querySelectorAll("button")].find((button) => button.value === pressed);
    const back = again || (typing ? main().querySelector("[data-keep]") : document.getElementById("asked"));
    if (back && document.activeElement === document.body) back.focus({ preventScroll: true });
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
  forgetOthers();
  furnish(main());
  const field = main().querySelector("[data-keep]");
  if (!field) return;
  field.value = store().getItem(kept()) || field.value;
  field.setSelectionRange(field.value.length, field.value.length); // what was refused is mended at its end
  const changed = () => {
    count(field);
    if (field.tagName === "TEXTAREA") grow(field);
  };
  changed();
  field.addEventListener("input", () => {
    store().setItem(kept(), field.value);
    changed();
  });
}

// Counts words as the server does: what stands between spaces and has a letter or a digit; ideographs by their number.
function count(field) {
  const shown = main().querySelector("[data-count]");
  if (!shown) return;
  const { unspaced, per } = JSON.parse(shown.dataset.count);
  const ideograph = new RegExp(unspaced, "gu");
  const ideographs = (field.value.match(ideograph) || []).length;
  const spaced = field.value.replace(ideograph, " ").split(/\s+/u).filter((word) => /[\p{L}\p{N}]/u.test(word)).length;
  const words = spaced + Math.ceil(ideographs / (per[document.documentElement.lang] || per.zh));
  shown.querySelector("[data-words]").textContent = words;
}

document.addEventListener("submit", (event) => {
  const form = event.target;
  const button = event.submitter;
  if (!form.matches("[data-act], .menu form") || leaves(form, button)) return;
  event.preventDefault();
  if (button && button.dataset.copies && navigator.clipboard) return copy(button);
  send(form, button);
});

// Leaving is another page, which is opened as one.
function leaves(form, button) {
  if (button && button.name) return ["leave", "elsewhere"].includes(button.value);
  return /^\s*\/(leave|elsewhere)\s*$/i.test(form.elements.text?.value || "");
}

document.addEventListener("keydown", (event) => {
  if (event.target.matches("textarea[data-keep]") && event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
    event.preventDefault();
    event.target.form.requestSubmit();
  }
});

async function refresh() {
  const before = turns;
  if (waiting || main().dataset.screen === "forgotten") return; // a farewell stays until its reader goes on
  const answer = await fetch("/chat", { credentials: "same-origin" });
  const text = await answer.text();
  if (!answer.ok || turns !== before) return;
  const theirs = new DOMParser().parseFromString(text, "text/html").getElementById("chat")?.dataset;
  if (theirs && (theirs.state !== main().dataset.state || theirs.owner !== owner())) show(text);
}

const soon = () => setTimeout(() => refresh().catch(() => {}), 300);
let news = null;

// Whether news comes from a turn that this page shows already; 0 stands for news that nobody's turn brought.
const isMine = (turn) => Number(turn) > 0 && Number(turn) <= Number(mine);

// Strangers are told nothing: a page listens once somebody has said something on it.
function listen() {
  if (!owner() || (news && news.readyState !== EventSource.CLOSED)) return;
  news = new EventSource("/chat/stream");
  news.addEventListener("news", (event) => setTimeout(() => isMine(event.data) || refresh().catch(() => {}), 300));
  news.addEventListener("open", soon);
  news.addEventListener("error", soon); // the session may have ended in another tab
}

document.addEventListener("visibilitychange", () => document.hidden || soon());
addEventListener("pagehide", () => news?.close());
addEventListener("pageshow", (event) => event.persisted && soon());

addEventListener("keydown", keys);
addEventListener("click", (event) => {
  const menu = document.querySelector(".menu[open]");
  if (menu && !menu.contains(event.target)) menu.open = false;
});

prepare();
listen();
