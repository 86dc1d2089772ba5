// Finds the screen while somebody types, and sends nothing of it to anybody. Pictures come from the page of all pictures,
// what recognises from the index; without either the form is sent as it is without this script.

import { questions } from "./distinguish.js";
import { Recogniser } from "./recognise.js";

const FEW = 3;
// Who stops typing for so long (ms) has typed what they wanted: a password is taken out of the box, and the rest is told.
const SETTLED = 1000;

const form = document.querySelector("form[data-index]");
const box = form.querySelector("textarea");
const found = document.querySelector("#found");
const list = found.querySelector("ul.pictures");
const none = list.querySelector(".lost");
const asking = found.querySelector(".asking"); // none where the pages are files: questions are a server's
const nothing = document.querySelector("#nothing");
const secret = document.querySelector("#secret");
const told = document.querySelector("#told");

async function fetched(address) {
  const answer = await fetch(address);
  if (!answer.ok) throw new Error(`${answer.status} ${address}`);
  return answer;
}

async function data(address) {
  return (await fetched(address)).json();
}

async function page(address) {
  const answer = await fetched(address);
  return new DOMParser().parseFromString(await answer.text(), "text/html");
}

// The items of the page of all pictures by screen and by error number, in their order there; links as on that page.
async function items(address) {
  const all = new Map();
  for (const item of (await page(address)).querySelectorAll("li[data-screen], li[data-number]")) {
    const link = item.querySelector("a");
    link.href = new URL(link.getAttribute("href"), new URL(address, location.href)).href;
    all.set(item.dataset.screen ?? item.dataset.number, item);
  }
  return all;
}

// What there is in the language of the drawings: what can be asked, and the cards.
async function drawings() {
  const [made, cards] = await Promise.all([data(form.dataset.features), items(form.dataset.cards)]);
  return { made, cards };
}

// A link to the pages of questions: it names screens, and nothing that was typed.
function link(...parameters) {
  const drawn = form.dataset.screen ? [`screen=${form.dataset.screen}`] : [];
  return `?${[...parameters, ...drawn].join("&")}`;
}

function put({ kind, text }) {
  if (text === null) return [JSON.parse(asking.dataset.any)[kind]];
  const [before, after] = JSON.parse(asking.dataset.worded)[kind].split("{words}");
  const words = document.createElement("span");
  words.lang = form.dataset.drawn;
  words.textContent = text;
  return [before, words, after];
}

// Show the question that tells these screens apart, and those of them that are seen beside it; one alone needs none.
function ask(made, screens, seen) {
  if (!asking) return;
  const splits = ({ shown, absent }) => [shown, absent].every((part) => part.some((screen) => seen.includes(screen)));
  const all = questions(made, screens);
  const place = all.findIndex(splits);
  asking.hidden = place < 0;
  if (asking.hidden) return;
  asking.querySelector("h2").replaceChildren(...put(all[place]));
  const [yes, no, unsure] = asking.querySelectorAll("a");
  yes.href = link(`among=${all[place].shown}`, "asked=1");
  no.href = link(`among=${all[place].absent}`, "asked=1");
  unsure.href = link(`among=${screens}`, "asked=1", `unsure=${place + 1}`);
}

// Show what a text without secrets may be about.
function find(recogniser, { made, cards }, text) {
  const among = (some) => recogniser.data.entries.map(({ screen }) => screen).filter((screen) => some.includes(screen));
  const { candidates, number } = recogniser.identify(text);
  const screens = candidates.map(({ screen }) => screen).filter((screen) => cards.has(screen));
  const few = screens.slice(0, FEW);
  const numbered = number !== null && cards.has(number);
  const wanted = numbered ? [number, ...few] : few;
  found.hidden = wanted.length === 0;
  nothing.hidden = !found.hidden || !text.trim();
  const near = numbered ? [] : among(recogniser.near(candidates));
  ask(made, near, near.filter((screen) => few.includes(screen)));
  // Cards that stay are not touched, lest the eye or the focus lose them.
  if (list.dataset.shown === String(wanted)) return;
  list.dataset.shown = String(wanted);
  const shown = wanted.map((name) => cards.get(name).cloneNode(true));
  if (numbered) {
    shown[0].className = "numbered";
    shown[0].querySelector("a").textContent = list.dataset.numbered.replace("{number}", number);
  }
  list.replaceChildren(...shown, none);
  if (asking) none.querySelector("a").href = link("among=all", `not=${among(few)}`);
}

// Tell those who do not see the pictures what they are, once somebody has typed.
function tell() {
  const names = found.hidden ? [] : [...list.querySelectorAll("li:not(.lost) a")].map((each) => each.textContent);
  const question = nothing.hidden ? "" : nothing.querySelector("h2").textContent;
  const words = names.length ? `${told.dataset.found} ${names.join(" / ")}` : question;
  if (told.textContent !== words) told.textContent = words;
}

// Take over what another language of the drawings changes on this page, and its address.
async function redraw(address) {
  const other = await page(address);
  Object.assign(form.dataset, other.querySelector("form[data-index]").dataset);
  for (const part of [".languages", "#found .screen-languages", "#nothing", ".others"]) {
    document.querySelector(part)?.replaceChildren(...other.querySelector(part).childNodes);
  }
  history.replaceState(null, "", address);
  delete list.dataset.shown;
}

async function start() {
  const [index, first] = await Promise.all([data(form.dataset.index), drawings()]);
  const recogniser = new Recogniser(index);
  let drawn = first;
  let composing = false;
  let frame = 0;
  let pause = 0;

  function settle() {
    clearTimeout(pause);
    const cleaned = recogniser.withoutSecrets(box.value);
    find(recogniser, drawn, cleaned.text);
    if (cleaned.had) box.value = cleaned.text.trim();
    secret.hidden = !cleaned.had;
    tell();
    return cleaned.had;
  }

  // While an input method composes, the letters are not yet those that will stand there.
  function typed() {
    cancelAnimationFrame(frame);
    clearTimeout(pause);
    if (composing) return;
    frame = requestAnimationFrame(() => find(recogniser, drawn, recogniser.withoutSecrets(box.value).text));
    pause = setTimeout(settle, SETTLED);
  }

  async function submitted(event) {
    if (!box.value.trim()) return; // Nothing is sent then but the wish to find; the answer says what is missing.
    event.preventDefault();
    const address = event.submitter?.getAttribute("formaction");
    if (address) {
      await redraw(address);
      drawn = await drawings();
    }
    const had = settle();
    const shown = had ? secret : [found, nothing].find((part) => !part.hidden);
    (shown ? shown.querySelector("[tabindex]") : box).focus();
  }

  box.addEventListener("compositionstart", () => {
    composing = true;
  });
  box.addEventListener("compositionend", () => {
    composing = false;
    typed();
  });
  box.addEventListener("input", typed);
  box.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.shiftKey || event.isComposing || composing) return;
    event.preventDefault();
    form.requestSubmit();
  });
  form.addEventListener("submit", submitted);
  form.dataset.ready = "";
  if (box.value) typed();
}

start().catch(() => {
  // An old browser or a lost connection: the form is sent, and the server answers the same.
});
