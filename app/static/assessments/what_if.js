// Trying other answers: each change asks anew what comes of it, and says it. Without it there is a button.

const AFTER_TYPING = 500;

const form = document.getElementById("try_form");
const outcome = document.getElementById("try_outcome");
const status = document.getElementById("try_status");
const button = document.getElementById("try_button");
let asking = new AbortController();
let timer = 0;

const controls = () => [...form.elements].filter((each) => each.name);

const tried = () =>
  controls()
    .filter((each) => each.value !== each.dataset.saved)
    .map((each) => [each.name, each.value]);

async function ask() {
  asking.abort();
  asking = new AbortController();
  const query = String(new URLSearchParams(tried()));
  const after = query ? `?${query}` : "";
  try {
    const response = await fetch(form.dataset.outcome + after, { headers: { Accept: "text/html" }, signal: asking.signal });
    if (!response.ok || response.redirected) throw new Error(response.statusText);
    show(await response.text());
    history.replaceState(null, "", location.pathname + after);
  } catch (error) {
    if (error.name === "AbortError") return;
    status.textContent = form.dataset.offline;
    button.hidden = false;
  }
}

function show(html) {
  outcome.innerHTML = html;
  const { said, hidden } = outcome.firstElementChild.dataset;
  const isHidden = new Set(hidden.split(" "));
  for (const question of form.querySelectorAll(".tried-question")) {
    question.hidden = isHidden.has(question.id);
    const names = [...question.querySelectorAll("[name]")];
    question.classList.toggle("changed", names.some((each) => each.value !== each.dataset.saved));
  }
  status.textContent = said;
  button.hidden = true;
}

function undo(question) {
  const put = question ? document.getElementById(question) : form;
  for (const each of put.querySelectorAll("[name]")) each.value = each.dataset.saved;
}

form.addEventListener("input", (event) => {
  clearTimeout(timer);
  timer = setTimeout(ask, event.target.matches("select") ? 0 : AFTER_TYPING);
});

form.addEventListener("submit", (event) => {
  event.preventDefault();
  ask();
});

outcome.addEventListener("click", (event) => {
  const link = event.target.closest("[data-undo]");
  if (!link) return;
  event.preventDefault();
  undo(link.dataset.undo);
  ask();
  outcome.focus();
});

button.hidden = true;
