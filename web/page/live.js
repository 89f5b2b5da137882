// Live updates. The server tells of each act that the reader may know; a page that shows what changed renews itself,
// unless somebody is typing into it: then it says so and waits to be asked.
"use strict";

const live = {
  waiting: 0, // the timer of a renewal that was promised

  source: null,

  // start listens while the page is in sight: browsers allow few connections to one server, and a page that nobody sees
  // needs none. When it comes into sight again, the greeting tells whether something has changed.
  start() {
    if (!document.body.dataset.live || !window.EventSource) return;
    document.addEventListener("visibilitychange", () => (document.hidden ? live.stop() : live.listen()));
    window.addEventListener("pagehide", live.stop);
    window.addEventListener("pageshow", live.listen);
    live.listen();
  },

  listen() {
    if (live.source || document.hidden) return;
    live.source = new EventSource(document.body.dataset.live);
    live.source.addEventListener("hello", (e) => {
      if (JSON.parse(e.data).acts !== Number(document.body.dataset.acts)) live.renewSoon();
    });
    live.source.addEventListener("act", (e) => live.heard(JSON.parse(e.data)));
    live.source.addEventListener("many", (e) => live.heard(JSON.parse(e.data)));
    live.source.addEventListener("open", live.found);
    live.source.addEventListener("error", live.lost);
  },

  stop() {
    live.source?.close();
    live.source = null;
    live.found();
  },

  // lost says so when the connection has been away for a while; found takes it back.
  away: 0,
  lost() {
    live.away ||= setTimeout(() => {
      const said = document.createElement("p");
      said.id = "lost";
      said.textContent = document.body.dataset.sayLost;
      document.getElementById("news").replaceChildren(said);
    }, 15000);
  },
  found() {
    clearTimeout(live.away);
    live.away = 0;
    document.getElementById("lost")?.remove();
  },

  heard(news) {
    document.dispatchEvent(new CustomEvent("concord:act", { detail: news }));
    const shown = (page.main().dataset.objects || "").split(" ");
    const touched = shown.includes("*") || news.objects.some((o) => shown.includes(o));
    if (news.html) live.grow(news);
    if (touched) live.renewSoon();
  },

  // grow puts the act's line at the top of a list that shows the newest acts, before anything else is fetched.
  grow(news) {
    for (const list of page.main().querySelectorAll("[data-grows]")) {
      if (list.querySelector(`[data-act="${news.seq}"]`)) continue;
      list.insertAdjacentHTML("afterbegin", news.html);
      list.firstElementChild.classList.add("fresh");
    }
  },

  // renewSoon waits a little, by chance more or less, so that many open pages do not ask in the same moment and several
  // acts cause one renewal.
  renewSoon() {
    if (live.waiting) return;
    live.waiting = setTimeout(() => {
      live.waiting = 0;
      if (page.dirty()) live.offer();
      else page.renew();
    }, 150 + Math.random() * 600);
  },

  // offer says that the page has changed and lets its reader decide when to see it.
  offer() {
    const place = document.getElementById("news");
    const said = document.createElement("p");
    said.textContent = document.body.dataset.sayChanged;
    const show = document.createElement("button");
    show.className = "button";
    show.textContent = document.body.dataset.sayShow;
    show.addEventListener("click", () => location.reload());
    place.replaceChildren(said, show);
  },
};
live.start();
