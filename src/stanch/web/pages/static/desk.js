// Spares work; all pages do without. No request is made from here.
"use strict";

// A one-time link, /sign-in#TOKEN: into the form, and out of the address and the history.
function takeLink() {
  const field = document.querySelector("[data-link]");
  const token = location.hash.slice(1);
  if (!field || !token) return;
  history.replaceState(null, "", location.pathname);
  field.value = token;
  field.form.querySelector("button").focus();
}
takeLink();
addEventListener("hashchange", takeLink);

for (const button of document.querySelectorAll("[data-copy]")) {
  button.hidden = false;
  button.addEventListener("click", async () => {
    const text = document.getElementById(button.dataset.copy).textContent;
    try {
      await navigator.clipboard.writeText(text);
      button.textContent = "Copied";
    } catch {
      getSelection().selectAllChildren(document.getElementById(button.dataset.copy));
      button.textContent = "Marked: press Ctrl+C";
    }
  });
}

// A form of choices shows what they give at once.
for (const form of document.querySelectorAll("form[data-live]")) {
  form.addEventListener("change", () => form.requestSubmit());
}
