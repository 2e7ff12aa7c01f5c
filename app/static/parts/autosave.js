// Saves the page a moment after each change, says so, and tries again when the connection is back.

const AFTER_TYPING = 900;
const AFTER_CHOOSING = 150;
const TRY_AGAIN = 4000;
const BUSY = 503; // others write for long, as when a backup is restored

export function saveByItself(form) {
  const status = form.querySelector("[data-status]");
  let timer = 0;
  let running = null;
  let changes = 0;
  let saved = 0;

  const say = (text, state) => {
    status.textContent = text;
    status.dataset.state = state;
  };

  const later = (delay) => {
    clearTimeout(timer);
    timer = setTimeout(save, delay);
  };

  const post = (options) =>
    fetch(form.action, {
      method: "POST",
      body: new URLSearchParams(new FormData(form)),
      headers: { Accept: "application/json" },
      ...options,
    });

  function save() {
    if (running) return later(AFTER_CHOOSING);
    running = saveNow().finally(() => {
      running = null;
    });
  }

  async function saveNow() {
    const now = changes;
    try {
      const response = await post();
      if (response.status === BUSY) throw new Error(response.statusText);
      if (response.ok) {
        show(form, await response.json());
        saved = now;
        if (saved === changes) say(form.dataset.saved.replace("{time}", timeOfDay()), "saved");
      } else {
        say(form.dataset.refused, "refused");
      }
    } catch {
      say(form.dataset.offline, "offline");
      later(TRY_AGAIN);
    }
  }

  const changed = (delay) => {
    changes += 1;
    say(form.dataset.saving, "saving");
    later(delay);
  };

  // What was answered before this script had come.
  if ([...form.elements].some(isChanged)) changed(AFTER_CHOOSING);

  form.addEventListener("input", (event) => {
    changed(event.target.matches("textarea, [type=text], [type=date]") ? AFTER_TYPING : AFTER_CHOOSING);
  });

  // A save that is under way ends first, so that the page does not take its own answer for someone else's.
  form.addEventListener("submit", (event) => {
    clearTimeout(timer);
    if (running) {
      event.preventDefault();
      running.then(() => form.requestSubmit(event.submitter));
    } else {
      saved = changes;
    }
  });

  window.addEventListener("online", () => changes > saved && later(0));
  window.addEventListener("pagehide", () => changes > saved && !running && post({ keepalive: true }));
  window.addEventListener("beforeunload", (event) => {
    if (changes > saved && status.dataset.state !== "saving") event.preventDefault();
  });
}

function isChanged(control) {
  if (control.matches("[type=radio], [type=checkbox]")) return control.checked !== control.defaultChecked;
  return control.matches("textarea, [type=text], [type=date]") && control.value !== control.defaultValue;
}

// The server's answer: fingerprints of what this page shows, which is saved now; hidden questions; how far it has come.
function show(form, { asked, hidden, sections }) {
  for (const input of form.querySelectorAll("input[name=asked]")) {
    const question = input.value.split(":")[0];
    input.value = `${question}:${asked[question]}`;
    document.getElementById(question).hidden = hidden.includes(question);
  }
  for (const [id, [answered, total]] of Object.entries(sections)) {
    const stop = document.querySelector(`[data-section="${id}"]`);
    stop.className = answered === total ? "done" : answered ? "begun" : "untouched";
    stop.querySelector(".count").textContent = form.dataset.count
      .replace("{answered}", answered)
      .replace("{total}", total);
  }
}

function timeOfDay() {
  return new Date().toLocaleTimeString("da", { hour: "2-digit", minute: "2-digit" }).replace(".", ":");
}
