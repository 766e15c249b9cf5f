// What a page can do that a messenger cannot: lists that filter, several files, keys, a list of sections at desk width.
// Everything here works without it as well, in more steps.
"use strict";

const DESK = matchMedia("(min-width: 64rem)");

function furnish(page) {
  for (const aside of page.querySelectorAll("[data-parts], [data-said]")) aside.open = DESK.matches;
  const said = page.querySelector(".said");
  if (said) said.scrollTop = said.scrollHeight;
  const print = page.querySelector("[data-print]");
  if (print) {
    print.hidden = false;
    print.addEventListener("click", () => window.print());
  }
  page.querySelectorAll("[data-filter]").forEach(filtering);
  page.querySelectorAll("input[list]").forEach(completing);
  page.querySelectorAll(".file").forEach(dropping);
}

DESK.addEventListener("change", () => furnish(main()));

function grow(field) {
  field.style.height = "auto";
  field.style.height = field.scrollHeight + 4 + "px";
}

// For comparing what is typed with names: without case and accents.
function bare(text) {
  return text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase().trim();
}

// The page's one field stands above a long list then, and what is typed there leaves the options that say it; all of
// them where none does, as it may be an answer in other words.
function filtering(form) {
  const field = document.querySelector(".say.aside #text");
  if (!field) return;
  const rows = [...form.querySelectorAll(".row")].filter((row) => !row.querySelector(".quiet, .primary"));
  field.addEventListener("input", () => {
    const wanted = bare(field.value);
    const found = rows.filter((row) => bare(row.textContent).includes(wanted));
    for (const row of rows) row.hidden = found.length > 0 && !found.includes(row);
  });
  form.before(field.form);
}

// A list below the field instead of the browser's own: it finds names by any of their words, also behind a comma.
function completing(field) {
  const names = [...document.getElementById(field.getAttribute("list")).options].map((option) => option.value);
  const list = document.createElement("ul");
  field.removeAttribute("list");
  list.className = "names";
  list.id = "found";
  list.setAttribute("role", "listbox");
  list.hidden = true;
  for (const [name, value] of [["role", "combobox"], ["aria-controls", "found"], ["aria-expanded", "false"], ["aria-autocomplete", "list"]]) field.setAttribute(name, value);
  field.after(list);
  let at = -1;

  const last = () => field.value.split(/[,،、;]/u).pop();
  const mark = (to) => {
    at = to;
    [...list.children].forEach((item, n) => item.setAttribute("aria-selected", n === at));
    field.setAttribute("aria-activedescendant", at >= 0 ? list.children[at].id : "");
  };
  const close = () => {
    list.hidden = true;
    field.setAttribute("aria-expanded", "false");
    mark(-1);
  };
  const take = (name) => {
    field.value = field.value.slice(0, field.value.length - last().length).replace(/\s*$/u, (gap) => gap || (field.value.includes(",") ? " " : "")) + name;
    field.dispatchEvent(new Event("input"));
    close();
    field.focus();
  };
  field.addEventListener("input", () => {
    const wanted = bare(last());
    const found = wanted ? names.filter((name) => (" " + bare(name)).includes(" " + wanted)).slice(0, 8) : [];
    const exact = found.length === 1 && bare(found[0]) === wanted;
    list.replaceChildren(...found.map((name, n) => {
      const item = document.createElement("li");
      item.id = "found-" + n;
      item.setAttribute("role", "option");
      item.textContent = name;
      item.addEventListener("mousedown", (event) => event.preventDefault());
      item.addEventListener("click", () => take(name));
      return item;
    }));
    mark(-1);
    list.hidden = !found.length || exact;
    field.setAttribute("aria-expanded", String(!list.hidden));
  });
  field.addEventListener("keydown", (event) => {
    if (list.hidden) return;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) mark((at + step + list.children.length + (at < 0 && step < 0 ? 1 : 0)) % list.children.length);
    else if (event.key === "Enter" && at >= 0) take(list.children[at].textContent);
    else if (event.key === "Escape") close();
    else return;
    event.preventDefault();
    event.stopPropagation();
  });
  field.addEventListener("blur", close);
}

function dropping(form) {
  const field = form.querySelector("input[type=file]");
  field.multiple = true;
  for (const name of ["dragover", "dragleave", "drop"]) {
    form.addEventListener(name, (event) => {
      event.preventDefault();
      form.classList.toggle("over", name === "dragover");
      if (name !== "drop" || !event.dataTransfer.files.length) return;
      field.files = event.dataTransfer.files;
      form.requestSubmit();
    });
  }
}

// Files travel one after the other; one that is too large is refused before it does.
function sendFiles(form, button) {
  const field = form.querySelector("input[type=file]");
  const most = Number(field.dataset.most) || Infinity;
  if ([...field.files].some((file) => file.size > most)) return problem(field.dataset.tooLarge);
  const shown = form.querySelector("progress");
  const place = form.elements.place.value;
  turns++;
  waiting++;
  button?.setAttribute("aria-busy", "true");
  queue = queue.then(async () => {
    let text = "";
    for (const [n, file] of [...field.files].entries()) {
      const data = new FormData();
      data.set("update", form.elements.update.value + "-" + n);
      data.set("place", n ? new DOMParser().parseFromString(text, "text/html").getElementById("chat").dataset.place : place);
      data.set("file", file);
      const answer = await uploaded(form.action, data, shown);
      if (answer.status !== 200) return problem(why(answer.text) || String(answer.status));
      text = answer.text;
    }
    problem("");
    if (text) show(text);
  }).finally(() => {
    waiting--;
    button?.removeAttribute("aria-busy");
    shown.hidden = true;
  });
}

// By XMLHttpRequest: it alone tells how much has been sent. While the line is down the same form is sent again.
async function uploaded(address, data, shown) {
  for (let tries = 0; ; tries++) {
    const answer = await new Promise((done) => {
      const request = new XMLHttpRequest();
      request.open("POST", address);
      request.setRequestHeader("X-Page", "1");
      request.upload.addEventListener("progress", (event) => {
        shown.hidden = false;
        shown.value = event.loaded / event.total;
      });
      request.addEventListener("load", () => {
        mine = request.getResponseHeader("X-Turn");
        done({ status: request.status, text: request.responseText });
      });
      request.addEventListener("error", () => done(null));
      request.send(data);
    });
    offline(!answer);
    if (answer) return answer;
    await wait(WAITS[Math.min(tries, WAITS.length - 1)]);
  }
}

async function copy(button) {
  await navigator.clipboard.writeText(button.dataset.copies);
  document.getElementById("news").textContent = button.dataset.copied;
  const label = button.lastElementChild;
  const before = label.textContent;
  label.textContent = button.dataset.copied;
  await wait(2000);
  label.textContent = before;
}

// 1 to 9 press the choice with that number while nothing is being typed; Esc closes what is open.
function keys(event) {
  const menu = document.querySelector(".menu[open]");
  if (event.key === "Escape" && menu) {
    menu.open = false;
    menu.querySelector("summary").focus();
  }
  const typing = event.target.matches("input, textarea, select");
  if (typing || event.ctrlKey || event.metaKey || event.altKey || !/^[1-9]$/.test(event.key)) return;
  const number = [...main().querySelectorAll(".choices .number")].find((shown) => shown.textContent === event.key);
  if (number) number.closest("button").click();
}
