// Drafts keep what somebody types into a form marked data-draft="NAME" until it has been sent: it survives a reload, another
// language and a session that ended, for as long as the window is open. Who leaves it behind is asked.
"use strict";

const drafts = {
  leaving: false, // the way out is one that keeps the words
  origins: new WeakMap(), // form -> its hidden fields as the page came

  start() {
    for (const form of drafts.forms()) drafts.origins.set(form, drafts.hidden(form).map((f) => f.value));
    if (new URLSearchParams(location.search).has("done")) drafts.forgetSent();
    for (const form of drafts.forms()) drafts.restore(form);
    document.addEventListener("input", drafts.typed);
    document.addEventListener("change", drafts.typed);
    document.addEventListener("submit", drafts.sent);
    document.addEventListener("keydown", drafts.send);
    document.addEventListener("click", (e) => {
      if (e.target.closest(".languages a")) drafts.leaving = true;
    });
    window.addEventListener("pageshow", () => (drafts.leaving = false));
    window.addEventListener("beforeunload", (e) => {
      if (!drafts.leaving && drafts.forms().some(drafts.differs)) e.preventDefault();
    });
  },

  forms: (part = document) => [...part.querySelectorAll("form[data-draft]")],
  key: (form) => `draft ${form.dataset.draft}`,
  version: (form) => form.elements.version?.value ?? "",
  hidden: (form) => [...form.elements].filter((f) => f.type === "hidden"),

  // fields are those that hold words or choices.
  fields(form) {
    const none = ["version", "n", "do", "open", "with", "kept"], kinds = ["password", "file", "submit", "button"];
    return [...form.elements].filter((f) => f.name && !none.includes(f.name) && !kinds.includes(f.type));
  },
  ticks: (f) => f.type === "checkbox" || f.type === "radio",
  value: (f) => (drafts.ticks(f) ? f.checked : f.value),

  // differs says whether a form holds something that the page did not come with.
  differs(form) {
    return drafts.fields(form).some((f) => {
      if (drafts.ticks(f)) return f.checked !== f.defaultChecked;
      if (f.matches("select")) return f.value !== ([...f.options].find((o) => o.defaultSelected) ?? f.options[0])?.value;
      return f.value !== f.defaultValue;
    });
  },

  typed(e) {
    const form = e.target.closest?.("form[data-draft]");
    if (form) drafts.keep(form, false);
  },
  keep(form, sent) {
    const values = drafts.fields(form).map((f) => [f.name, drafts.value(f)]);
    if (!sent && !drafts.differs(form)) sessionStorage.removeItem(drafts.key(form));
    else sessionStorage.setItem(drafts.key(form), JSON.stringify({ version: drafts.version(form), sent, values }));
  },

  // sent marks a draft: it is forgotten once a page shows that it was taken in.
  sent(e) {
    if (e.defaultPrevented) return;
    drafts.leaving = true;
    const form = e.target.closest("form[data-draft]");
    if (form && sessionStorage.getItem(drafts.key(form))) drafts.keep(form, true);
  },
  forgetSent() {
    for (const key of Object.keys(sessionStorage)) {
      if (key.startsWith("draft ") && JSON.parse(sessionStorage.getItem(key)).sent) sessionStorage.removeItem(key);
    }
  },

  restore(form) {
    const kept = JSON.parse(sessionStorage.getItem(drafts.key(form)) ?? "null");
    if (!kept) return;
    if (kept.sent && kept.version !== drafts.version(form)) return sessionStorage.removeItem(drafts.key(form));
    const fields = drafts.fields(form);
    if (fields.length !== kept.values.length || fields.some((f, i) => f.name !== kept.values[i][0])) return;
    if (fields.every((f, i) => drafts.value(f) === kept.values[i][1])) return;
    for (const [i, f] of fields.entries()) {
      if (drafts.ticks(f)) f.checked = kept.values[i][1];
      else f.value = kept.values[i][1];
    }
    for (let d = form.closest("details"); d; d = d.parentElement.closest("details")) d.open = true;
    const said = document.createElement("p");
    said.className = "note-box part";
    said.setAttribute("role", "status");
    said.textContent = document.body.dataset.sayDraft;
    form.prepend(said);
    form.dispatchEvent(new CustomEvent("concord:drafted", { bubbles: true }));
  },

  // discard takes back what was typed into the forms of a part of the page, if whoever typed it says so.
  discard(part) {
    const forms = drafts.forms(part).filter(drafts.differs);
    if (forms.length && !drafts.ask()) return false;
    for (const form of forms) {
      form.reset();
      for (const [i, f] of drafts.hidden(form).entries()) f.value = drafts.origins.get(form)?.[i] ?? f.value;
      sessionStorage.removeItem(drafts.key(form));
      form.dispatchEvent(new CustomEvent("concord:drafted", { bubbles: true }));
    }
    return true;
  },
  ask: () => confirm(document.body.dataset.sayUnsaved),

  // send does what Enter does in a short field: Ctrl+Enter in a long one presses the form's first button.
  send(e) {
    if (e.key !== "Enter" || !(e.ctrlKey || e.metaKey) || !e.target.matches?.("form[method=post] textarea")) return;
    e.preventDefault();
    e.target.form.requestSubmit(e.target.form.querySelector("button:not([type=button]):not([formmethod])"));
  },
};
document.addEventListener("DOMContentLoaded", drafts.start);
