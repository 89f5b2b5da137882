// The reader of a text: words and their notes light up together, and selected words can be added as a commitment.
"use strict";

const reading = {
  light(refs, on) {
    for (const ref of refs) {
      document.getElementById("n-" + ref)?.classList.toggle("lit", on);
      for (const m of document.querySelectorAll(`mark[data-refs~="${CSS.escape(ref)}"]`)) m.classList.toggle("lit", on);
    }
  },

  refsOf(target) {
    const near = target.closest?.("mark[data-refs], .margin[data-ref]");
    return near ? (near.dataset.refs || near.dataset.ref).split(" ") : [];
  },

  start() {
    for (const [begin, end] of [["mouseover", "mouseout"], ["focusin", "focusout"]]) {
      document.addEventListener(begin, (e) => reading.light(reading.refsOf(e.target), true));
      document.addEventListener(end, (e) => reading.light(reading.refsOf(e.target), false));
    }
    document.addEventListener("selectionchange", reading.selected);
    document.addEventListener("concord:renewed", reading.lightAsked);
    reading.showAsked();
  },

  // lightAsked marks the words that ?ref= names.
  lightAsked() {
    const ref = document.querySelector(".reading[data-lit]")?.dataset.lit;
    if (ref) reading.light([ref], true);
    return ref;
  },

  // showAsked goes to the words that ?ref= names.
  showAsked() {
    const ref = reading.lightAsked();
    const words = ref && (document.getElementById(ref) || document.getElementById("n-" + ref));
    words?.scrollIntoView({ block: "center" });
  },

  // byteOf is the byte of the text's reading at a place of the page: the paragraph's own, and the bytes before the place.
  byteOf(node, offset) {
    const from = (node.nodeType === Node.TEXT_NODE ? node.parentElement : node).closest?.("[data-at]");
    if (!from) return -1;
    const walk = document.createTreeWalker(from, NodeFilter.SHOW_TEXT);
    let text = "";
    for (let n = walk.nextNode(); n; n = walk.nextNode()) {
      if (n.parentElement.closest("sup.at, .printed")) {
        if (n === node) break;
        continue;
      }
      if (n === node) {
        text += n.data.slice(0, offset);
        break;
      }
      if (node.nodeType !== Node.TEXT_NODE && node.childNodes[offset] && !(n.compareDocumentPosition(node.childNodes[offset]) & Node.DOCUMENT_POSITION_FOLLOWING)) break;
      text += n.data;
    }
    return Number(from.dataset.at) + new TextEncoder().encode(text).length;
  },

  selected() {
    document.querySelector(".add-selection")?.remove();
    const article = document.querySelector(".reading[data-add]");
    const selection = getSelection();
    if (!article || selection.isCollapsed || !selection.rangeCount) return;
    const range = selection.getRangeAt(0);
    if (!article.contains(range.commonAncestorContainer)) return;
    const start = reading.byteOf(range.startContainer, range.startOffset), end = reading.byteOf(range.endContainer, range.endOffset);
    if (start < 0 || end <= start) return;
    const link = document.createElement("a");
    link.className = "button primary add-selection";
    link.href = `/texts/${article.dataset.text}/review?open=add&start=${start}&end=${end}`;
    link.textContent = article.dataset.add;
    const at = range.getBoundingClientRect();
    link.style.top = `${at.bottom + scrollY + 6}px`;
    link.style.left = `${Math.max(8, Math.min(at.left, innerWidth - 260)) + scrollX}px`;
    document.body.append(link);
  },
};
if (document.querySelector(".reading")) reading.start();
