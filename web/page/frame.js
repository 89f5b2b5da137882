// What the scripts share, and what every page has: the clock's zone, the theme, the keys for lists and for going places.
// Nothing here is needed to use Concord; it is faster with it.
"use strict";

const page = {
  main: () => document.getElementById("main"),

  // typing says whether a key press is meant for a field.
  typing(target) {
    return target.closest("input, textarea, select, [contenteditable]") !== null;
  },

  // letter is the key pressed. A keyboard set to Russian gives "ф" where "a" is printed: then the place of the key counts.
  letter(e) {
    if (e.key.length === 1 && e.key > "\u007f" && /^Key[A-Z]$/.test(e.code)) return e.code.slice(3).toLowerCase();
    return e.getModifierState("CapsLock") && !e.shiftKey ? e.key.toLowerCase() : e.key;
  },

  // objects are those whose change changes the page; "*" is all.
  objects: () => (page.main().dataset.objects || "").split(" ").filter((o) => o),

  // dirty says whether somebody has typed something into a part of the page that is not yet sent, or is in the middle of it. What is
  // typed into parts that are kept is not lost, unless a hand is on it.
  dirty(part, kept = []) {
    const fields = part.querySelectorAll("input, textarea, select");
    return [...fields].some((f) => {
      if (f.type === "hidden") return false;
      if (f === document.activeElement && f.matches("input, textarea")) return true;
      if (kept.some((k) => k.contains(f))) return false;
      if (f.matches("select")) return [...f.options].some((o) => o.selected !== o.defaultSelected) && [...f.options].some((o) => o.defaultSelected);
      if (f.type === "checkbox" || f.type === "radio") return f.checked !== f.defaultChecked;
      return f.value !== f.defaultValue;
    });
  },
};

// rows moves through the list of a page: an element marked data-list, whose children (of a table: rows marked data-row)
// are its lines. Enter follows the line's first link.
const rows = {
  all: () => [...page.main().querySelectorAll("[data-list] > li, [data-list] tr[data-row]")],
  at: () => rows.all().findIndex((r) => r.classList.contains("at")),
  put(i) {
    const all = rows.all();
    if (i < 0 || !all.length) return;
    const row = all[Math.min(i, all.length - 1)];
    row.scrollIntoView({ block: "nearest" });
    rows.mark(row);
  },
  mark(row) {
    for (const r of rows.all()) r.classList.toggle("at", r === row);
    row.setAttribute("tabindex", "-1");
    row.focus({ preventScroll: true });
  },
  open() {
    rows.all()[rows.at()]?.querySelector("a[href]")?.click();
  },
};

const keys = {
  chord: "", // "g" when it was pressed just now
  places: { o: "/", t: "/texts", c: "/commitments", m: "/meetings", r: "/record" },
  press(e) {
    if (e.altKey || e.ctrlKey || e.metaKey || page.typing(e.target) || document.querySelector("dialog[open]")) return;
    const chord = keys.chord, letter = page.letter(e);
    keys.chord = "";
    if (chord === "g" && keys.places[letter]) location.href = keys.places[letter];
    else if (letter === "g") keys.chord = "g";
    else if (letter === "j") rows.put(rows.at() + 1);
    else if (letter === "k") rows.put(Math.max(rows.at() - 1, 0));
    else if (e.key === "Enter" && e.target.matches("[data-list] > li, tr[data-row]")) rows.open();
    else if (e.key === "?") location.href = "/keys";
    else if (e.key === "/") document.getElementById("find").focus();
    else return;
    e.preventDefault();
  },
};
document.addEventListener("keydown", keys.press);

// A panel closes on Escape and on a click beside it.
document.addEventListener("keydown", (e) => {
  if (e.key !== "Escape") return;
  const open = document.querySelector("details.drop[open]");
  open?.removeAttribute("open");
  open?.querySelector("summary").focus();
});
document.addEventListener("click", (e) => {
  for (const d of document.querySelectorAll("details.drop[open]")) if (!d.contains(e.target)) d.removeAttribute("open");
});

// The theme changes without a new page; the server is told, so that the next page has it.
document.querySelector(".theme").addEventListener("submit", (e) => {
  e.preventDefault();
  const theme = e.submitter.value;
  document.documentElement.dataset.theme = theme;
  fetch("/preferences", { method: "POST", body: new URLSearchParams({ theme, back: "/keys" }), redirect: "manual" });
  document.querySelector(theme === "dark" ? ".icon.dark" : ".icon.light").focus();
});

// On a narrow screen the rail is a row that may be longer than the screen.
{
  const list = document.querySelector(".rail ul"), here = list.querySelector("[aria-current]");
  if (here) list.scrollLeft = here.offsetLeft - list.clientWidth / 2;
}

// The server writes clock times in the visitor's zone when it knows it.
const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
if (zone) document.cookie = `zone=${zone}; path=/; max-age=31536000; samesite=lax`;
