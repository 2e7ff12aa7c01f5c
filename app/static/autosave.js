// Saves the page a moment after each change, says so, and tries again when the connection is back.

const AFTER_TYPING = 900;
const AFTER_CHOOSING = 150;
const TRY_AGAIN = 4000;

export function saveByItself(form) {
  const status = form.querySelector("[data-status]");
  let timer = 0;
  let busy = false;
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

  async function save() {
    if (busy) return later(AFTER_CHOOSING);
    busy = true;
    const now = changes;
    try {
      const response = await fetch(form.action, {
        method: "POST",
        body: new URLSearchParams(new FormData(form)),
        headers: { Accept: "application/json" },
      });
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
    } finally {
      busy = false;
    }
    if (changes > now) later(AFTER_CHOOSING);
  }

  const changed = (delay) => {
    changes += 1;
    say(form.dataset.saving, "saving");
    later(delay);
  };

  form.addEventListener("input", (event) => {
    changed(event.target.matches("textarea, [type=text], [type=date]") ? AFTER_TYPING : AFTER_CHOOSING);
  });
  form.addEventListener("submit", () => {
    clearTimeout(timer);
    saved = changes;
  });
  window.addEventListener("online", () => changes > saved && later(0));
  document.addEventListener("visibilitychange", () => document.hidden && changes > saved && later(0));
  window.addEventListener("beforeunload", (event) => {
    if (changes > saved) event.preventDefault();
  });
}

// The server's answer: marks of what is stored, questions that are hidden now, how far each section has come.
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
