// The import of a file: how far it has been sent, and what came of it without losing what was typed.
"use strict";

document.addEventListener("submit", (e) => {
  const form = e.target.closest("form[data-upload]");
  if (!form) return;
  e.preventDefault();
  const line = form.querySelector(".progress"), bar = line.querySelector("progress"), said = line.querySelector("span");
  const button = form.querySelector("button");
  const sending = new XMLHttpRequest();
  const show = (words, share) => {
    line.hidden = false;
    said.textContent = words;
    if (share === undefined) bar.removeAttribute("value");
    else bar.value = share;
  };
  sending.upload.addEventListener("progress", (p) => {
    const share = Math.floor((100 * p.loaded) / p.total);
    show(form.dataset.saySent.replace("{0}", share), share);
  });
  sending.upload.addEventListener("load", () => show(form.dataset.sayReading));
  sending.addEventListener("load", () => {
    if (sending.status < 400) {
      location.href = sending.responseURL;
      return;
    }
    // The form stays as it is, with its file; only what was wrong is put above it.
    const answer = new DOMParser().parseFromString(sending.responseText, "text/html");
    const wrong = answer.getElementById("failed") || answer.querySelector("main section");
    document.getElementById("failed")?.remove();
    line.hidden = true;
    button.disabled = false;
    if (wrong) {
      wrong.id = "failed";
      wrong.tabIndex = -1;
      form.before(document.adoptNode(wrong));
      wrong.focus();
    }
  });
  sending.addEventListener("error", () => form.submit());
  button.disabled = true;
  show(form.dataset.sayReading);
  sending.open("POST", form.action);
  sending.setRequestHeader("Accept", "text/html");
  sending.send(new FormData(form));
});
