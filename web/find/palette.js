// The palette: Ctrl or Cmd with K. It asks /find as the page of that name does, and goes where its answers point.
"use strict";

const palette = {
  box: document.getElementById("palette"),
  field: document.getElementById("palette-find"),
  list: document.getElementById("palette-hits"),
  asked: 0,

  open() {
    if (palette.box.open) return palette.box.close();
    palette.field.value = "";
    palette.box.showModal();
    palette.ask();
  },

  // ask shows the answers to what stands in the field; an answer that comes after a newer one is dropped.
  async ask() {
    const mine = ++palette.asked;
    const q = new URLSearchParams(location.search).get("asof");
    const answer = await fetch(`/find.json?limit=12&q=${encodeURIComponent(palette.field.value)}${q ? `&asof=${q}` : ""}`);
    if (!answer.ok || mine !== palette.asked) return;
    const { hits } = await answer.json();
    palette.list.replaceChildren(...hits.map(palette.line));
    if (!hits.length) palette.list.replaceChildren(palette.nothing());
    palette.choose(0);
  },

  line(hit, i) {
    const li = document.createElement("li");
    li.id = `hit-${i}`;
    li.role = "option";
    li.dataset.href = hit.href;
    const title = document.createElement("span");
    title.textContent = hit.title;
    if (hit.language) title.lang = hit.language;
    const group = document.createElement("small");
    group.textContent = hit.detail ? `${hit.label} · ${hit.detail}` : hit.label;
    li.append(title, group);
    return li;
  },

  nothing() {
    const li = document.createElement("li");
    li.role = "option";
    li.setAttribute("aria-disabled", "true");
    li.textContent = document.body.dataset.sayNone;
    return li;
  },

  chosen: () => palette.list.querySelector("[aria-selected=true]"),

  choose(i) {
    const all = [...palette.list.children];
    all.forEach((li, n) => li.setAttribute("aria-selected", String(n === i)));
    const li = all[i];
    if (!li) return;
    palette.field.setAttribute("aria-activedescendant", li.id);
    li.scrollIntoView({ block: "nearest" });
  },

  move(by) {
    const n = palette.list.children.length;
    if (n) palette.choose(([...palette.list.children].indexOf(palette.chosen()) + by + n) % n);
  },

  go(li) {
    if (li?.dataset.href) location.href = li.dataset.href;
  },
};

document.addEventListener("keydown", (e) => {
  if (page.letter(e).toLowerCase() === "k" && (e.ctrlKey || e.metaKey) && !e.shiftKey && !e.altKey) {
    e.preventDefault();
    palette.open();
  }
});
palette.field.addEventListener("input", () => palette.ask());
palette.field.addEventListener("keydown", (e) => {
  if (e.key === "ArrowDown") palette.move(1);
  else if (e.key === "ArrowUp") palette.move(-1);
  else if (e.key === "Enter" && palette.chosen()?.dataset.href) palette.go(palette.chosen());
  else return;
  e.preventDefault();
});
palette.list.addEventListener("click", (e) => palette.go(e.target.closest("li")));
palette.box.addEventListener("click", (e) => { if (e.target === palette.box) palette.box.close(); });
