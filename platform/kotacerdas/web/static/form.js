"use strict";

// A form with data-action is sent as JSON: the server takes nothing that another site could send.
async function submit(form) {
  const alert = form.querySelector("[role=alert]");
  const button = form.querySelector("button[type=submit]");
  button.disabled = true;
  alert.hidden = true;
  try {
    const response = await fetch(form.dataset.action || location.pathname, {
      method: "POST",
      credentials: "same-origin",
      headers: {
        "Content-Type": "application/json",
        "Accept-Language": document.documentElement.lang,
        "X-Kota-Cerdas": "1",
      },
      body: JSON.stringify(Object.fromEntries(new FormData(form))),
    });
    if (response.ok) {
      location.assign(form.dataset.next + location.search);
      return;
    }
    const problem = await response.json();
    alert.textContent = problem.errors.map((error) => error.message).join(" ");
  } catch {
    alert.textContent =
      document.documentElement.lang === "en"
        ? "The server cannot be reached. Try again."
        : "Server tidak dapat dihubungi. Coba lagi.";
  }
  button.disabled = false;
  alert.hidden = false;
  alert.focus();
}

for (const form of document.querySelectorAll("form[data-action]")) {
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    submit(form);
  });
}
