// Live updates. The server renders what acts have changed once for all who see the same, and sends the fragments that are
// different; they take the places of those that stand here. What somebody is typing into is left alone: then the page says
// that it has changed and waits to be asked.
"use strict";

const live = {
  source: null,

  // start listens while the page is in sight: browsers allow few connections to one server, and a page that nobody sees
  // needs none. When it comes into sight again, the server sends what has changed meanwhile.
  start() {
    if (!document.body.dataset.live || !window.EventSource) return;
    document.addEventListener("visibilitychange", () => (document.hidden ? live.stop() : live.listen()));
    window.addEventListener("pagehide", live.stop);
    window.addEventListener("pageshow", live.listen);
    live.listen();
  },

  // address asks for what changes on this page, from the acts on that it was rendered from.
  address() {
    const asked = new URLSearchParams({ at: location.pathname + location.search, acts: document.body.dataset.acts });
    return `${document.body.dataset.live}?${asked}`;
  },

  listen() {
    if (live.source || document.hidden) return;
    live.source = new EventSource(live.address());
    live.source.addEventListener("hello", (e) => live.greeted(JSON.parse(e.data)));
    live.source.addEventListener("fragments", (e) => live.take(JSON.parse(e.data)));
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

  // moved listens anew after a script has given the page another address.
  moved() {
    if (!live.source) return;
    live.stop();
    live.listen();
  },

  // lost says so when the connection has been away for a while; found takes it back. A browser comes back by itself after a
  // broken connection, but not after an answer such as 503, which a proxy gives while the program starts anew.
  away: 0,
  lost() {
    if (live.source?.readyState === EventSource.CLOSED) {
      live.source = null;
      setTimeout(live.listen, 2000 + Math.random() * 4000); // not all pages at once
    }
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

  watched: true, // whether the server sends fragments for this address; it does not when too many are watched
  greeted({ acts, watched }) {
    live.watched = watched;
    if (!watched && acts !== Number(document.body.dataset.acts) && page.objects().length) live.offer();
  },

  // heard is told of acts without their fragments: by lists that grow, and by a page that is not watched.
  heard(news) {
    if (news.html) live.grow(news);
    const shown = page.objects();
    if (!live.watched && (shown.includes("*") || news.objects.some((o) => shown.includes(o)))) live.offer();
  },

  // grow puts the act's line at the top of a list that shows the newest acts, which keeps its length.
  grow(news) {
    for (const list of page.main().querySelectorAll("[data-grows]")) {
      if (list.querySelector(`[data-act="${news.seq}"]`)) continue;
      const newer = [...list.children].findLast((line) => Number(line.dataset.act) > news.seq);
      if (newer) newer.insertAdjacentHTML("afterend", news.html);
      else list.insertAdjacentHTML("afterbegin", news.html);
      list.querySelector(`[data-act="${news.seq}"]`)?.classList.add("fresh");
      while (list.children.length > Number(list.dataset.grows)) list.lastElementChild.remove();
    }
  },

  // take puts fragments in the places of those that stand here.
  take({ acts, objects, fragments }) {
    const back = place.note();
    let held = false, whole = true;
    for (const { name, html } of fragments) {
      const done = live.put(name, html);
      held ||= done === live.typed;
      whole &&= done !== live.lacking;
    }
    document.body.dataset.acts = whole ? acts : 0;
    back();
    document.dispatchEvent(new CustomEvent("concord:renewed", { detail: { objects, fragments: fragments.map((f) => f.name) } }));
    if (held) live.offer();
    if (!whole) live.moved(); // everything is sent once
  },

  typed: "typed", // a fragment is not exchanged, because somebody is typing into it
  lacking: "lacking", // nor one that keeps what does not stand here

  // put exchanges a fragment. What has not changed in it is moved over; its place is held by a template of its name. A fragment
  // that does not stand here is not missed: a long list shows a part of itself.
  put(name, html) {
    const find = (called) => document.querySelector(`[data-fragment="${CSS.escape(called)}"]`);
    const now = find(name);
    if (!now) return "";
    const fresh = document.createElement("template");
    fresh.innerHTML = html;
    const then = fresh.content.firstElementChild;
    const slots = [...then.querySelectorAll("template[data-fragment]")];
    const kept = slots.map((slot) => find(slot.dataset.fragment));
    if (kept.includes(null)) return live.lacking;
    if (page.dirty(now, kept)) return live.typed;
    const back = [place.panels(now), place.focus(now), place.selection(now)];
    const { scrollLeft, scrollTop } = now;
    for (const [i, slot] of slots.entries()) slot.replaceWith(kept[i]);
    now.replaceWith(then);
    Object.assign(then, { scrollLeft, scrollTop });
    if (then.matches("[data-row]")) then.classList.add("fresh");
    for (const put of back) put(then);
    return "";
  },

  // offer says that the page has changed and lets its reader decide when to see it.
  offer() {
    const said = document.createElement("p");
    said.textContent = document.body.dataset.sayChanged;
    const show = document.createElement("button");
    show.className = "button";
    show.textContent = document.body.dataset.sayShow;
    show.addEventListener("click", () => location.reload());
    document.getElementById("news").replaceChildren(said, show);
  },
};

// place keeps a reader's place while fragments are exchanged: each note gives what puts it back.
const place = {
  // note is of the page: what stands at the top of the window, and the row under the keys.
  note() {
    const named = (e) => (e.id ? `#${CSS.escape(e.id)}` : e.dataset.act ? `[data-act="${e.dataset.act}"]` : `[data-fragment="${CSS.escape(e.dataset.fragment)}"]`);
    const top = scrollY > 0 && [...page.main().querySelectorAll("[data-fragment], [data-row], [data-act]")].find((e) => e.getBoundingClientRect().top >= 0);
    const mark = top && { at: named(top), y: top.getBoundingClientRect().top };
    const row = rows.all()[rows.at()], at = rows.at(), called = row && (row.id || row.dataset.act || row.dataset.fragment) && named(row);
    return () => {
      const again = row && !row.isConnected && ((called && page.main().querySelector(called)) || rows.all()[at]);
      if (again) rows.mark(again);
      const same = mark && page.main().querySelector(mark.at);
      if (same) scrollBy({ top: same.getBoundingClientRect().top - mark.y, behavior: "instant" });
    };
  },

  // panels are those that a reader opened or closed: with an id, or else by their number among all.
  panels(now) {
    const all = [...now.querySelectorAll("details")];
    if (now.matches("details")) all.unshift(now);
    return (then) => {
      const fresh = [...then.querySelectorAll("details")];
      if (then.matches("details")) fresh.unshift(then);
      for (const [i, d] of fresh.entries()) {
        const was = d.id ? all.find((o) => o.id === d.id) : all.length === fresh.length && all[i];
        if (was) d.open = was.open;
      }
    };
  },

  // focus is on an element with an id, or else on the one of its kind with the same number.
  focus(now) {
    const on = document.activeElement;
    if (!now.contains(on)) return () => {};
    const alike = (root) => (root.matches(on.tagName) ? [root] : []).concat(...root.querySelectorAll(on.tagName));
    const i = alike(now).indexOf(on);
    return (then) => {
      const again = on.isConnected ? on : (on.id && document.getElementById(on.id)) || alike(then)[i];
      again?.focus({ preventScroll: true });
    };
  },

  // selection is of words in the fragment; it is gone when they are.
  selection(now) {
    const chosen = getSelection();
    if (chosen.isCollapsed || !chosen.rangeCount) return () => {};
    const range = chosen.getRangeAt(0);
    if (!now.contains(range.startContainer) || !now.contains(range.endContainer)) return () => {};
    const before = document.createRange();
    before.selectNodeContents(now);
    before.setEnd(range.startContainer, range.startOffset);
    const start = before.toString().length, words = range.toString();
    return (then) => {
      if (then.textContent.slice(start, start + words.length) !== words) return;
      const [from, to] = [place.textAt(then, start + 1), place.textAt(then, start + words.length)];
      if (from && to) chosen.setBaseAndExtent(from.node, from.offset - 1, to.node, to.offset);
    };
  },

  // textAt finds the end of the first n characters in an element.
  textAt(root, n) {
    const walk = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
    for (let node = walk.nextNode(); node; node = walk.nextNode()) {
      if (n <= node.length) return { node, offset: n };
      n -= node.length;
    }
    return null;
  },
};
live.start();
