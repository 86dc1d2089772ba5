// Follows the author: shows what was saved as soon as it can be shown, and follows the guide in its frame with all panels.
"use strict";

const bench = document.querySelector("main.bench");
const connection = document.getElementById("connection");
const guide = document.getElementById("guide");
const REPLACED = ["switches", "news", "beside"];
const AGAIN = 1000;

const later = (milliseconds) => new Promise((done) => setTimeout(done, milliseconds));

let sought = "";
let opened = new Map();

function rememberPanels() {
  opened = new Map([...document.querySelectorAll("[data-panel]")].map((panel) => [panel.dataset.panel, panel.open]));
}

function restorePanels() {
  for (const panel of document.querySelectorAll("[data-panel]")) {
    if (opened.has(panel.dataset.panel)) panel.open = opened.get(panel.dataset.panel);
  }
}

// Letters and digits typed with the input method on are meant as half-width.
const plain = (words) => words.normalize("NFKC").toLowerCase();

function filter(list, count) {
  let found = 0;
  for (const item of list.children) {
    item.hidden = !plain(item.textContent).includes(plain(sought));
    found += item.hidden ? 0 : 1;
  }
  count.textContent = sought ? `${bench.dataset.found} ${found}` : "";
}

function addSearch() {
  const list = document.querySelector(".states");
  if (!list) return;
  const label = document.createElement("label");
  const box = document.createElement("input");
  const count = document.createElement("p");
  label.textContent = bench.dataset.search;
  box.type = "search";
  box.className = "search";
  box.value = sought;
  count.setAttribute("role", "status");
  box.addEventListener("input", () => {
    sought = box.value;
    filter(list, count);
  });
  label.append(box);
  list.before(label, count);
  filter(list, count);
}

function centre() {
  const picture = document.querySelector(".picture");
  const card = picture?.querySelector(".current");
  if (!card) return;
  const [around, inner] = [picture.getBoundingClientRect(), card.getBoundingClientRect()];
  picture.scrollLeft += inner.left + inner.width / 2 - around.left - around.width / 2;
  picture.scrollTop += inner.top + inner.height / 2 - around.top - around.height / 2;
}

function prepare() {
  restorePanels();
  addSearch();
  centre();
}

// The address of the preview for where the guide is now, or null where it is at no position (such as a sign-in).
function framed() {
  const there = guide?.contentWindow?.location;
  const path = there?.pathname.replace(/^\/marked\//, "/");
  if (!path || !/^\/[a-z]{2,3}(-[a-z0-9]+)*\/[a-z][a-z0-9-]*\//.test(path)) return null;
  const query = new URLSearchParams(location.search);
  const screen = new URLSearchParams(there.search).get("screen");
  query.delete("changed");
  if (screen) query.set("screen", screen);
  else query.delete("screen");
  return `/preview${path}${query.size ? `?${query}` : ""}`;
}

let shown = bench.dataset.good;

// Every page that tells of another version than the guide was last asked for makes it ask again.
function show(good) {
  if (good === shown) return;
  shown = good;
  guide?.contentWindow.location.reload();
}

let refreshing = 0;

// Takes everything but the guide's own page from the preview's page at an address.
async function refresh(address) {
  const turn = ++refreshing;
  const answer = await fetch(address, { cache: "no-store" });
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  if (turn !== refreshing) return;
  const fresh = page.querySelector("main.bench");
  if (!fresh || Boolean(page.getElementById("guide")) !== Boolean(guide)) {
    location.reload();
    return;
  }
  rememberPanels();
  const writing = document.activeElement?.matches(".search");
  for (const id of REPLACED) {
    const [old, now] = [document.getElementById(id), page.getElementById(id)];
    if (old && now && old.innerHTML !== now.innerHTML) old.replaceWith(document.adoptNode(now));
  }
  document.title = page.title;
  const [path, query] = [new URL(answer.url).pathname, new URL(answer.url).searchParams];
  query.delete("changed");
  history.replaceState(null, "", `${path}${query.size ? `?${query}` : ""}`);
  bench.dataset.stamp = fresh.dataset.stamp;
  show(fresh.dataset.good);
  document.querySelector("label:has(> .search) + p")?.remove();
  document.querySelector("label:has(> .search)")?.remove();
  prepare();
  if (writing) document.querySelector(".search")?.focus();
}

async function follow() {
  for (;;) {
    try {
      const answer = await fetch(`${bench.dataset.news}?stamp=${bench.dataset.stamp}`, { cache: "no-store" });
      if (!answer.ok) throw new Error(String(answer.status));
      const news = await answer.json();
      // A preview that was started again counts from the beginning, and may have been started with another version.
      if (!connection.hidden) location.reload();
      if (String(news.stamp) !== bench.dataset.stamp) {
        show(news.good);
        await refresh(framed() ?? location.href);
      } else if (answer.headers.has("Retry-After")) {
        await later(AGAIN);
      }
    } catch {
      connection.textContent = bench.dataset.ended;
      connection.hidden = false;
      await later(AGAIN);
    }
  }
}

// Following a click in the guide is not worth a message when it fails: the next news says that the preview has ended.
guide?.addEventListener("load", () => {
  const address = framed();
  if (address && new URL(address, location.href).href !== location.href) refresh(address).catch(() => {});
});

prepare();
follow();
