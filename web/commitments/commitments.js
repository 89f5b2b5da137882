// The matrix: rows are fetched as one scrolls, by stretches of the same addresses that the links below the list lead to;
// what is far out of sight is let go again, so that ten thousand rows weigh no more than a few hundred. A choice in the
// filter shows its result at once.
"use strict";

const matrix = {
  table: null,
  starts: [], // the first reference of every stretch
  watcher: null,
  stale: new Set(), // references of changed rows
  waiting: 0, // the timer of their renewal
  scrolled: 0, // how far the page was scrolled
  ahead: 1400, // pixels beyond the window at which rows are fetched, and three times that at which they are let go

  // begin puts a place of the likely height for every stretch that is not here.
  begin() {
    matrix.watcher?.disconnect();
    matrix.table = page.main()?.querySelector(".matrix table[data-starts]");
    if (!matrix.table) return;
    matrix.starts = matrix.table.dataset.starts.split(" ");
    if (matrix.starts.length < 2) return;
    const now = Number(matrix.table.dataset.now);
    const here = matrix.table.querySelector("tbody");
    const high = here.offsetHeight;
    matrix.table.classList.add("far");
    const places = matrix.starts.map((_, i) => (i === now ? here : matrix.place(i, high)));
    matrix.table.append(...places);
    document.querySelector("#matrix-result .pager")?.setAttribute("hidden", "");
    if (now > 0) scrollBy({ top: here.getBoundingClientRect().top - 140, behavior: "instant" });
    matrix.watch(places);
  },

  place(i, high) {
    const place = document.createElement("tbody");
    place.setAttribute("role", "rowgroup");
    place.className = "ahead";
    place.dataset.stretch = i;
    place.style.height = `${high}px`;
    return place;
  },

  watch(places) {
    const scroller = matrix.table.closest(".matrix.many");
    matrix.watcher = new IntersectionObserver(matrix.seen, { root: scroller, rootMargin: `${matrix.ahead}px 0px` });
    for (const p of places) matrix.watcher.observe(p);
  },

  seen(entries) {
    for (const e of entries) {
      e.target.near = e.isIntersecting;
      if (e.isIntersecting && e.target.matches(".ahead")) setTimeout(matrix.fetch, 40, e.target);
      else if (!e.isIntersecting) setTimeout(matrix.letGo, 800, e.target);
    }
  },

  // address of a stretch, also of one that is on show.
  address(i) {
    const to = new URL(matrix.table.dataset.address, location.href);
    if (i > 0) to.searchParams.set("at", matrix.starts[i]);
    return to;
  },

  // fetch fills a place, unless it was only passed by.
  async fetch(place) {
    if (!place.near || place.busy || !place.isConnected) return;
    place.busy = true;
    try {
      const rows = await matrix.rowsOf(place.dataset.stretch);
      if (rows && place.isConnected && place.matches(".ahead")) matrix.fill(place, rows);
    } finally {
      place.busy = false;
    }
  },

  async rowsOf(stretch) {
    const answer = await fetch(matrix.address(Number(stretch)), { headers: { Accept: "text/html" } });
    if (!answer.ok) return null;
    const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
    return fresh.querySelector(".matrix tbody")?.childNodes ?? null;
  },

  fill(place, rows) {
    const above = place.getBoundingClientRect().bottom < 0;
    const before = place.offsetHeight;
    place.replaceChildren(...rows);
    place.classList.remove("ahead");
    place.style.height = "";
    if (above) scrollBy({ top: place.offsetHeight - before, behavior: "instant" });
  },

  // letGo empties a stretch that has been out of sight for a while and keeps its height. The one under the keys stays.
  letGo(tbody) {
    if (tbody.near || !tbody.isConnected || tbody.matches(".ahead") || tbody.querySelector(".at, :focus-within")) return;
    const box = tbody.getBoundingClientRect();
    if (box.bottom > -3 * matrix.ahead && box.top < innerHeight + 3 * matrix.ahead) {
      setTimeout(matrix.letGo, 2000, tbody);
      return;
    }
    tbody.style.height = `${box.height}px`;
    tbody.classList.add("ahead");
    tbody.replaceChildren();
  },

  // renewed notes which stretches that were fetched here have a commitment that an act has changed; the rows of the page's
  // own stretch have come with the news.
  renewed(objects) {
    const refs = objects.filter((o) => o.startsWith("commitment:")).map((o) => o.slice("commitment:".length));
    const own = matrix.table.dataset.now;
    for (const ref of refs) {
      const body = document.getElementById(ref)?.closest("tbody[data-stretch]");
      if (body && body.dataset.stretch !== own) matrix.stale.add(ref);
    }
    if (matrix.stale.size) matrix.waiting ||= setTimeout(matrix.renewRows, 100 + Math.random() * 300);
  },

  // renewRows fetches the stretches with changed rows again and lets the changed ones be seen.
  async renewRows() {
    matrix.waiting = 0;
    const refs = [...matrix.stale];
    matrix.stale.clear();
    const bodies = new Set(refs.map((r) => document.getElementById(r)?.parentElement).filter((b) => b));
    for (const tbody of bodies) {
      const at = [...tbody.children].findIndex((r) => r.classList.contains("at"));
      const rows = await matrix.rowsOf(tbody.dataset.stretch);
      if (!rows || tbody.matches(".ahead")) continue;
      tbody.replaceChildren(...rows);
      const under = tbody.children[at];
      under?.classList.add("at");
      under?.setAttribute("tabindex", "-1");
      under?.focus({ preventScroll: true });
    }
    for (const ref of refs) document.getElementById(ref)?.classList.add("fresh");
  },
};

// filter shows the result of a choice without a new page; the address follows, so that it can be shared.
const filter = {
  timer: 0,
  asked: 0,

  start() {
    const form = page.main()?.querySelector("form[data-filter]");
    if (!form || form.dataset.ready) return;
    form.dataset.ready = "1";
    form.addEventListener("change", () => filter.soon(form, 0));
    form.addEventListener("input", (e) => e.target.name === "q" && filter.soon(form, 180));
    form.addEventListener("submit", (e) => {
      e.preventDefault();
      filter.soon(form, 0);
    });
  },

  soon(form, wait) {
    clearTimeout(filter.timer);
    filter.timer = setTimeout(filter.show, wait, form);
  },

  address(form) {
    const asked = new URLSearchParams();
    for (const [key, value] of new FormData(form)) if (value) asked.append(key, value);
    const day = new URLSearchParams(location.search).get("asof");
    if (day) asked.set("asof", day);
    return `${form.getAttribute("action").split("?")[0]}?${asked}`;
  },

  async show(form) {
    const mine = ++filter.asked;
    const to = filter.address(form);
    const answer = await fetch(to, { headers: { Accept: "text/html" } });
    if (!answer.ok || mine !== filter.asked) return;
    const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
    const [now, then] = [document.getElementById("matrix-result"), fresh.getElementById("matrix-result")];
    if (!now || !then) return location.assign(to);
    history.replaceState(null, "", to);
    document.body.dataset.acts = fresh.body.dataset.acts;
    live.moved();
    now.replaceChildren(...then.childNodes);
    page.main().querySelector(".actions").replaceChildren(...fresh.querySelector("#main .actions").childNodes);
    document.querySelector(".languages").replaceChildren(...fresh.querySelector(".languages").childNodes);
    filter.settle(form);
    matrix.begin();
  },

  // settle makes what is chosen the state from which a change is told, so that a live page may renew itself.
  settle(form) {
    for (const f of form.elements) {
      if (f.matches("select")) for (const o of f.options) o.defaultSelected = o.selected;
      else if (f.matches("[type=checkbox]")) f.defaultChecked = f.checked;
      else if (f.matches("input")) f.defaultValue = f.value;
    }
  },
};

// A page that has renewed itself is shorter until every stretch has its place again; then one is back where one was.
document.addEventListener("concord:renewed", (e) => {
  filter.start();
  if (matrix.table?.isConnected) return matrix.renewed(e.detail.objects);
  const back = matrix.scrolled;
  matrix.begin();
  if (matrix.table && back > scrollY) scrollTo({ top: back, behavior: "instant" });
});
addEventListener("scroll", () => (matrix.scrolled = scrollY), { passive: true });
filter.start();
matrix.begin();
