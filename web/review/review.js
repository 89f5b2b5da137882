// The review of proposals by keyboard: a letter decides or opens a form, digits refuse, j and k go on, u undoes. In the
// forms the ends of the words move and the place of a cut is chosen in the sentence itself.
"use strict";

const review = {
  busy: false, // a decision is on its way: further keys wait for the next page
  tokens: [],

  start() {
    document.documentElement.classList.add("scripted");
    document.addEventListener("keydown", review.press, true);
    document.addEventListener("submit", (e) => {
      if (e.target.closest("[data-edit]") && e.submitter?.name === "nudge") return review.nudge(e);
      const unsaved = drafts.forms().find((form) => form !== e.target && drafts.differs(form));
      if (unsaved && !drafts.ask()) {
        e.preventDefault();
        unsaved.closest("details").open = true;
        return;
      }
      review.busy = true;
    });
    window.addEventListener("pageshow", () => (review.busy = false));
    document.addEventListener("click", review.clicked);
    document.addEventListener("change", (e) => e.target.matches("[data-cut]") && review.showCut(true));
    document.addEventListener("keydown", review.step);
    document.addEventListener("mouseup", review.selected);
    document.addEventListener("toggle", review.toggled, true);
    document.addEventListener("concord:drafted", review.drafted);
    document.addEventListener("concord:renewed", review.bind); // somebody else did something to the proposal
    review.bind();
    document.getElementById("failed")?.focus();
  },

  // bind looks at the proposal that is on the page now.
  bind() {
    review.tokens = [...document.querySelectorAll("#words .t")];
    for (const b of document.querySelectorAll("[data-opens]")) b.setAttribute("aria-controls", b.dataset.opens);
    review.toggled();
  },

  clicked(e) {
    const opener = e.target.closest("[data-opens]");
    if (opener) review.open(opener.dataset.opens);
    else if (e.target.closest("#words")) review.cut(e.target);
  },

  sheets: () => [...document.querySelectorAll("details.sheet-form")],

  // open shows one form and closes the others; the one that is open already closes.
  open(id) {
    const sheet = document.getElementById(id);
    if (!sheet) return;
    const opens = !sheet.open;
    for (const other of review.sheets()) other.open = false;
    sheet.open = opens;
    if (!opens) return;
    const first = sheet.querySelector("[data-first], textarea, select, .quick button, input:not([type=hidden])");
    first?.focus();
    sheet.scrollIntoView({ block: "nearest" });
  },

  toggled() {
    for (const b of document.querySelectorAll("[data-opens]")) b.setAttribute("aria-expanded", String(document.getElementById(b.dataset.opens)?.open === true));
    const cutting = document.getElementById("split")?.open === true;
    document.getElementById("words")?.classList.toggle("cutting", cutting);
    review.showCut(cutting);
  },

  press(e) {
    if (e.altKey || e.ctrlKey || e.metaKey || document.querySelector("dialog[open]")) return;
    const sheet = review.sheets().find((d) => d.open);
    if (e.key === "Escape" && sheet) {
      if (!drafts.discard(sheet)) return;
      sheet.open = false;
      document.activeElement?.blur();
      e.preventDefault();
      return;
    }
    if (page.typing(e.target) || e.repeat || keys.chord) return; // behind a "g" the letter is a place to go to
    const letter = page.letter(e), digits = sheet?.id === "refuse" && /^[1-9]$/.test(letter);
    if (!digits && !/^[a-z]$/.test(letter)) return;
    const at = digits ? sheet : document;
    const what = at.querySelector(`[data-key="${letter}"]`);
    if (!what || (!digits && what.closest("details"))) return;
    e.preventDefault();
    e.stopImmediatePropagation();
    if (!review.busy) what.click();
  },

  // show marks the words from byte start to byte end and puts them into the form.
  show(start, end) {
    const form = document.querySelector("form[data-edit]");
    if (!form || start >= end) return;
    const words = form.elements.words, before = words.value;
    for (const t of document.querySelectorAll("#words .in")) t.classList.remove("in");
    for (const t of review.tokens) t.classList.toggle("in", Number(t.dataset.a) >= start && Number(t.dataset.b) <= end);
    form.elements.start.value = start;
    form.elements.end.value = end;
    words.value = review.between(start, end);
    if (form.elements.action.value === before || form.elements.action.value === "") form.elements.action.value = words.value;
    words.dispatchEvent(new Event("input", { bubbles: true }));
  },

  // drafted marks the words that a form holds again after a reload, or after what was typed was taken back.
  drafted(e) {
    if (!e.target.matches("[data-edit]")) return;
    const start = Number(e.target.elements.start.value), end = Number(e.target.elements.end.value);
    for (const t of document.querySelectorAll("#words .in")) t.classList.remove("in");
    for (const t of review.tokens) t.classList.toggle("in", Number(t.dataset.a) >= start && Number(t.dataset.b) <= end);
  },

  // between is the text from the token that begins at byte start to the one that ends at byte end, blanks and all.
  between(start, end) {
    const inside = review.tokens.filter((t) => Number(t.dataset.a) >= start && Number(t.dataset.b) <= end);
    if (!inside.length) return "";
    const range = document.createRange();
    range.setStartBefore(inside[0]);
    range.setEndAfter(inside.at(-1));
    return range.toString();
  },

  // nudge moves an end by a word without asking the server.
  nudge(e) {
    const form = e.target, a = review.tokens.map((t) => Number(t.dataset.a)), b = review.tokens.map((t) => Number(t.dataset.b));
    let start = Number(form.elements.start.value), end = Number(form.elements.end.value);
    switch (e.submitter.value) {
      case "start-": start = a.findLast((x) => x < start) ?? start; break;
      case "start+": start = a.find((x) => x > start && x < end) ?? start; break;
      case "end-": end = b.findLast((x) => x < end && x > start) ?? end; break;
      case "end+": end = b.find((x) => x > end) ?? end; break;
    }
    e.preventDefault();
    review.show(start, end);
  },

  // selected takes words that are selected in the sentence into the open form.
  selected(e) {
    if (!e.target.closest?.("#words")) return;
    const selection = getSelection(), form = document.querySelector("form[data-edit]");
    if (selection.isCollapsed || !form || (form.closest("details") && !form.closest("details").open)) return;
    const inside = review.tokens.filter((t) => selection.containsNode(t, true));
    if (inside.length) review.show(Number(inside[0].dataset.a), Number(inside.at(-1).dataset.b));
    selection.removeAllRanges();
  },

  // step moves the place of a cut by a word.
  step(e) {
    const choose = e.target.closest?.("[data-cut]");
    if (!choose) return;
    const step = { ArrowLeft: -1, ArrowRight: 1 }[e.key];
    if (e.key === "Enter") {
      e.preventDefault();
      choose.form.querySelector("[value=split]").click();
    }
    if (!step) return;
    e.preventDefault();
    choose.selectedIndex = Math.max(0, Math.min(choose.options.length - 1, choose.selectedIndex + step));
    review.showCut(true);
  },

  // cut puts the place of a cut before a word that was clicked: the first of the second part.
  cut(word) {
    const choose = document.querySelector("[data-cut]"), at = word.closest(".t.in")?.dataset.a;
    if (!document.getElementById("split")?.open || ![...(choose?.options ?? [])].some((o) => o.value === at)) return;
    choose.value = at;
    review.showCut(true);
  },

  showCut(on) {
    const at = Number(document.querySelector("[data-cut]")?.value);
    for (const t of review.tokens) {
      const inside = t.classList.contains("in");
      t.classList.toggle("cut", on && inside && Number(t.dataset.a) === at);
      t.classList.toggle("second", on && inside && Number(t.dataset.a) >= at);
    }
  },
};
if (document.querySelector("[data-review], .finished")) review.start();
