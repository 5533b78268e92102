// The page to enter a complaint. It reads and judges nothing: it sends what is entered to chcheck
// on this computer, and shows what comes back.
"use strict";

const byId = (id) => document.getElementById(id);
const DATA = JSON.parse(byId("data").textContent);
const FIRST = ["complaint", "landlord", "policy", "nation", "record", "as_at"];
const LISTS = { events: "event", statements: "statement" };
const NOTHING = byId("says").textContent;
const WAIT = 350;

const keysOf = (list) => DATA.lists[list] || [];
let values = {};
let rows = { events: [], statements: [] };
let fields = {};
let choices = new Map();
let asked = 0;
let timer = 0;
let unsaved = false;
let stopped = false;
let made = 0;

function make(tag, settings = {}, ...inside) {
  const one = document.createElement(tag);
  for (const [name, value] of Object.entries(settings)) {
    if (name in one && name !== "list") one[name] = value;
    else one.setAttribute(name, value);
  }
  one.append(...inside);
  return one;
}

// A field ------------------------------------------------------------------------------------

function field(key, holder, list) {
  const id = `f${(made += 1)}`;
  const set = (value) => {
    if (value.length) holder[key.name] = value;
    else delete holder[key.name];
    changed();
  };
  const value = holder[key.name] || "";
  const message = make("p", { className: "message", id: `${id}-message` });
  const whole = make("div", { className: `field is-${key.kind}` });
  let control;
  if (key.kind === "items" && key.choices.length) {
    control = boxes(key, id, value, set);
    whole.append(control, message);
  } else {
    control = key.choices.length || key.kind === "yes-no"
      ? chosen(key, value) : typed(key, list, Array.isArray(value) ? value.join(", ") : value);
    control.id = id;
    control.addEventListener("input", () => set(control.value));
    const hint = make("p", { className: "hint", id: `${id}-hint`, textContent: key.says });
    const name = make("label", { htmlFor: id, textContent: key.label });
    const line = make("span", { className: "control" }, control);
    if (key.kind === "date" || key.kind === "dates") line.append(...calendar(key, control));
    whole.append(name, hint, line, message);
    describe(control, true, false);
  }
  return { whole, control, message, label: key.label, show: (says) => showMessage(control, message, says) };
}

function typed(key, list, value) {
  const control = make("input", { type: "text", value, spellcheck: false });
  control.setAttribute("autocomplete", "off");
  if (list === "events" && (key.name === "event" || key.kind === "event")) {
    control.setAttribute("list", "event-names");
  } else if (!list && DATA.suggestions[key.name]) {
    control.setAttribute("list", `known-${key.name}`);
  }
  return control;
}

function chosen(key, value) {
  const control = make("select");
  const words = key.choices.length ? key.choices : ["yes", "no"];
  const other = value && !words.includes(value) ? [value] : [];
  for (const word of ["", ...words, ...other]) {
    control.append(make("option", { value: word, textContent: word || "not given" }));
  }
  control.value = value;
  return control;
}

function boxes(key, id, value, set) {
  const given = new Set(Array.isArray(value) ? value : value.split(",").map((one) => one.trim()));
  const group = make("fieldset", { className: "boxes", id });
  group.append(make("legend", { textContent: `${key.label}: ${key.says.toLowerCase()}` }));
  const all = [...key.choices, ...[...given].filter((one) => one && !key.choices.includes(one))];
  all.forEach((word, place) => {
    const box = make("input", { type: "checkbox", id: `${id}-${place}`, value: word });
    box.checked = given.has(word);
    box.addEventListener("change", () =>
      set([...group.querySelectorAll("input:checked")].map((one) => one.value)));
    group.append(make("span", {}, box, make("label", { htmlFor: box.id, textContent: word })));
  });
  return group;
}

function calendar(key, control) {
  const native = make("input", { type: "date", tabIndex: -1, className: "native" });
  native.setAttribute("aria-hidden", "true");
  native.addEventListener("change", () => {
    if (!native.value) return;
    const [year, month, day] = native.value.split("-").map(Number);
    const name = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
    control.value = `${day} ${name[month - 1]} ${year}`;
    control.dispatchEvent(new Event("input"));
    control.focus();
  });
  const button = make("button", { type: "button", className: "calendar", textContent: "Calendar" });
  button.setAttribute("aria-label", `Choose from a calendar: ${key.label}`);
  button.addEventListener("click", () => native.showPicker());
  return [native, button];
}

function describe(control, hinted, wrong) {
  const parts = [];
  if (hinted) parts.push(`${control.id}-hint`);
  if (wrong) parts.push(`${control.id}-message`);
  if (parts.length) control.setAttribute("aria-describedby", parts.join(" "));
  else control.removeAttribute("aria-describedby");
}

function showMessage(control, message, says) {
  message.textContent = says;
  const isGroup = control.tagName === "FIELDSET";
  if (!isGroup) control.setAttribute("aria-invalid", says ? "true" : "false");
  describe(control, !isGroup, Boolean(says));
  const closed = says && control.closest("details:not([open])");
  if (closed) closed.open = true;
}

// The complaint, and the rows ----------------------------------------------------------------

function showValues() {
  fields = {};
  const keys = DATA.keys.filter((key) => !["lines", "maps"].includes(key.kind));
  const known = new Set(keys.map((key) => key.name));
  const others = Object.keys(values).filter((name) => !known.has(name)).map(plainKey);
  const first = byId("values");
  const more = byId("more-values");
  first.replaceChildren();
  more.querySelector(".fields").replaceChildren();
  for (const key of [...keys, ...others]) {
    fields[key.name] = field(key, values, "");
    const isFirst = FIRST.includes(key.name);
    (isFirst ? first : more.querySelector(".fields")).append(fields[key.name].whole);
    if (!isFirst && values[key.name]) more.open = true;
  }
}

function plainKey(name) {
  const label = name.charAt(0).toUpperCase() + name.slice(1).replaceAll("_", " ");
  return { name, label, says: "", kind: "text", choices: [], required: false };
}

function addRow(list, entry = {}, at = rows[list].length) {
  const row = { list, values: entry, fields: {}, kind: list === "events" ? null : "", listed: "", seen: new Set() };
  const noun = LISTS[list];
  row.legend = make("legend");
  row.message = make("p", { className: "message", id: `r${(made += 1)}-message` });
  row.main = make("div", { className: "main" });
  row.more = make("details", {},
    make("summary", { textContent: `More about this ${noun}` }), make("div", { className: "fields" }));
  row.up = button("Up", () => moveRow(row, -1));
  row.down = button("Down", () => moveRow(row, 1));
  row.out = button("Remove", () => removeRow(row));
  row.note = make("p", { className: "note" });
  row.own = make("div", { className: "fields own" });
  row.whole = make("li", {}, make("fieldset", {}, row.legend, row.main, row.message, row.note,
    row.own, make("div", { className: "tools" }, row.up, row.down, row.out), row.more));
  const shown = list === "events" ? ["date", "event", "note"] : ["words", "about"];
  for (const key of keysOf(list).filter((one) => shown.includes(one.name))
    .sort((one, other) => shown.indexOf(one.name) - shown.indexOf(other.name))) {
    row.fields[key.name] = field(key, row.values, list);
    row.main.append(row.fields[key.name].whole);
  }
  rows[list].splice(at, 0, row);
  byId(list).insertBefore(row.whole, byId(list).children[at] || null);
  fillMore(row);
  renumber(list);
  return row;
}

function button(text, act) {
  const one = make("button", { type: "button", textContent: text });
  one.addEventListener("click", act);
  return one;
}

// The further fields of a row are those of its event, then those of every event, then what else a
// timeline that was opened says. Those on which a time limit turns are shown at once.
function fillMore(row) {
  const kind = choices.get(row.kind) || { keys: [], open: false };
  const main = [...row.main.querySelectorAll("[id]")];
  const isMain = (key) => row.fields[key.name] && main.includes(row.fields[key.name].control);
  const every = keysOf(row.list).filter((key) => !isMain(key));
  const named = new Set([...kind.keys, ...keysOf(row.list)].map((key) => key.name));
  for (const name of Object.keys(row.values)) row.seen.add(name);
  const others = [...row.seen].filter((name) => !named.has(name))
    .map((name) => (row.list === "events" && DATA.known[name]) || plainKey(name));
  const listed = [kind.open, ...[...kind.keys, ...every, ...others].map((key) => key.name)].join(" ");
  if (listed === row.listed && row.known === row.kind) return;
  row.known = row.kind;
  row.listed = listed;
  const rest = row.more.querySelector(".fields");
  row.own.replaceChildren();
  rest.replaceChildren();
  const put = (key, inside) => {
    row.fields[key.name] = field(key, row.values, row.list);
    inside.append(row.fields[key.name].whole);
    const filled = (row.values[key.name] || "").length > 0;
    if (filled && inside === rest && row.kind !== null) row.more.open = true;
  };
  for (const key of kind.keys) put(key, kind.open ? row.own : rest);
  for (const key of [...every, ...others]) put(key, rest);
}

function renumber(list) {
  const noun = LISTS[list];
  rows[list].forEach((row, place) => {
    const name = `${noun} ${place + 1}`;
    row.legend.textContent = name.charAt(0).toUpperCase() + name.slice(1);
    row.up.disabled = place === 0;
    row.down.disabled = place === rows[list].length - 1;
    row.up.setAttribute("aria-label", `Move ${name} up`);
    row.down.setAttribute("aria-label", `Move ${name} down`);
    row.out.setAttribute("aria-label", `Remove ${name}`);
  });
}

function moveRow(row, by) {
  const list = rows[row.list];
  const from = list.indexOf(row);
  const to = from + by;
  list.splice(from, 1);
  list.splice(to, 0, row);
  byId(row.list).insertBefore(row.whole, byId(row.list).children[by > 0 ? to + 1 : to] || null);
  renumber(row.list);
  const button = by < 0 ? row.up : row.down;
  (button.disabled ? (by < 0 ? row.down : row.up) : button).focus();
  changed(true);
}

function removeRow(row) {
  const list = rows[row.list];
  const at = list.indexOf(row);
  list.splice(at, 1);
  row.whole.remove();
  renumber(row.list);
  const next = list[Math.min(at, list.length - 1)];
  (next ? next.out : byId(`add-${row.list}`)).focus();
  changed(true);
}

function firstField(row) {
  return row.main.querySelector("input, select");
}

// What is entered, and what comes back -------------------------------------------------------

function draft() {
  const lists = {};
  for (const list of Object.keys(rows)) lists[list] = rows[list].map((row) => row.values);
  return { values, lists };
}

function changed(now = false) {
  unsaved = true;
  clearTimeout(timer);
  timer = setTimeout(look, now ? 0 : WAIT);
}

async function post(act, body, query = "") {
  const answer = await fetch(act + query, { method: "POST", body });
  if (!answer.ok) throw new Error(`${answer.status}`);
  return answer.json();
}

async function look() {
  clearTimeout(timer);
  const number = (asked += 1);
  try {
    const shown = await post("look", JSON.stringify({ draft: draft() }));
    if (number !== asked) return;
    if (shown.wrong) outdated(shown.wrong.join(" "));
    else show(shown);
  } catch {
    if (!stopped && number === asked) {
      outdated("chcheck has stopped, so this page cannot check or save. Start chcheck form again.");
    }
  }
}

function outdated(says) {
  byId("found").replaceChildren();
  byId("nothing").hidden = false;
  byId("nothing").textContent = says;
  byId("says").textContent = says;
}

function show(shown) {
  choices = new Map(shown.events.map((event) => [event.name, event]));
  const names = byId("event-names");
  if (names.children.length !== shown.events.length) {
    names.replaceChildren(...shown.events.map((event) =>
      make("option", { value: event.name, label: event.says })));
  }
  rows.events.forEach((row, place) => {
    if (place >= shown.kinds.length) return;
    row.kind = shown.kinds[place];
    fillMore(row);
  });
  clearMessages();
  const list = byId("put-right").querySelector("ul");
  list.replaceChildren(...shown.mistakes.map(placed));
  byId("put-right").hidden = !shown.mistakes.length;
  for (const note of shown.notes) noteAt(note);
  const found = byId("found");
  if (shown.answer) {
    // It is made on this computer, by templates that escape every text of the complaint.
    found.innerHTML = shown.answer;
  } else {
    found.replaceChildren();
  }
  byId("nothing").hidden = Boolean(shown.answer || shown.mistakes.length);
  const says = shown.says || NOTHING;
  if (byId("says").textContent !== says) byId("says").textContent = says;
}

function clearMessages() {
  for (const one of Object.values(fields)) one.show("");
  for (const list of Object.values(rows)) {
    for (const row of list) {
      row.message.textContent = row.note.textContent = "";
      for (const one of Object.values(row.fields)) one.show("");
    }
  }
}

// Show a message where it belongs, and return its line for the list of all of them.
function placed({ at: [name, number, key], says }) {
  const row = number >= 0 ? (rows[name] || [])[number] : null;
  const target = row ? row.fields[key] : fields[name];
  let control = target && target.control;
  if (target) {
    const before = target.message.textContent;
    target.show(before ? `${before}\n${says}` : says);
  } else if (row) {
    row.message.textContent = `${row.message.textContent}\n${says}`.trim();
    control = firstField(row);
    const event = row.fields.event || row.fields.words;
    event.control.setAttribute("aria-describedby", `${event.control.id}-hint ${row.message.id}`);
    event.control.setAttribute("aria-invalid", "true");
  } else if (name in rows) {
    control = byId(`add-${name}`);
  }
  const parts = [row && row.legend.textContent, target && target.label].filter(Boolean);
  const place = parts.length ? `${parts.join(", ")}: ` : "";
  if (!control) return make("li", { textContent: `${place}${says}` });
  const link = make("a", { href: `#${control.id}`, textContent: `${place}${says}` });
  link.addEventListener("click", (event) => {
    event.preventDefault();
    control.focus();
  });
  return make("li", {}, link);
}

function noteAt({ at: [name, number], says }) {
  const row = number >= 0 ? (rows[name] || [])[number] : null;
  if (row) row.note.textContent = `${row.note.textContent}\n${says}`.trim();
}

// Opening, saving, finishing -----------------------------------------------------------------

function start(given) {
  values = given.values;
  for (const list of Object.keys(rows)) {
    rows[list] = [];
    byId(list).replaceChildren();
    for (const entry of given.lists[list] || []) addRow(list, entry);
  }
  if (!rows.events.length) addRow("events");
  byId("said").open = rows.statements.length > 0;
  byId("more-values").open = false;
  showValues();
  clearTimeout(timer);
  unsaved = false;
  look();
}

function mayReplace() {
  return !unsaved || window.confirm("What you entered is not saved. Go on without it?");
}

async function openFile() {
  const file = byId("file").files[0];
  byId("file").value = "";
  if (!file || !mayReplace()) return;
  const opened = await post("open", await file.arrayBuffer(), `?name=${encodeURIComponent(file.name)}`);
  byId("opened").textContent = opened.wrong ? opened.wrong.join(" ") : "";
  if (!opened.wrong) start(opened);
}

async function addLines() {
  const text = byId("lines").value;
  const added = await post("lines", JSON.stringify({ text, draft: draft() }));
  const last = rows.events.at(-1);
  if (last && !Object.values(last.values).some((value) => value.length)) {
    rows.events.pop();
    last.whole.remove();
  }
  const shown = added.entries.map((entry) => addRow("events", entry));
  if (!rows.events.length) addRow("events");
  byId("lines").value = "";
  byId("paste").open = false;
  firstField(shown[0] || rows.events[0]).focus();
  changed(true);
}

function send(act, target) {
  const form = byId("send");
  form.action = act;
  form.target = target;
  form.elements.draft.value = JSON.stringify(draft());
  form.submit();
}

async function stop() {
  if (!mayReplace()) return;
  stopped = true;
  unsaved = false;
  await post("stop", "{}");
  const says = make("p", { textContent: "chcheck has stopped. You can close this page." });
  const title = make("h1", { textContent: "Finished", tabIndex: -1 });
  byId("main").replaceChildren(title, says);
  document.querySelector(".bar").remove();
  title.focus();
}

byId("add-events").addEventListener("click", () => firstField(addRow("events")).focus());
byId("add-statements").addEventListener("click", () => firstField(addRow("statements")).focus());
byId("add-lines").addEventListener("click", addLines);
byId("file").addEventListener("change", openFile);
byId("new").addEventListener("click", () => {
  if (mayReplace()) start({ values: {}, lists: {} });
});
byId("save-timeline").addEventListener("click", () => {
  send("timeline", "");
  unsaved = false;
});
byId("save-report").addEventListener("click", () => send("report", ""));
byId("show-report").addEventListener("click", () => send("show", "_blank"));
byId("stop").addEventListener("click", stop);
byId("entry").addEventListener("submit", (event) => event.preventDefault());
window.addEventListener("beforeunload", (event) => {
  if (unsaved) event.preventDefault();
});
for (const [name, known] of Object.entries(DATA.suggestions)) {
  document.body.append(make("datalist", { id: `known-${name}` },
    ...known.map((value) => make("option", { value }))));
}
start({ values: {}, lists: {} });
