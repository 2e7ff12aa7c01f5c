// A question that the room agrees on: digits answer it wherever the focus is, unless somebody is writing.
import { answerByKeys } from "../parts/keyboard.js";
import { onlyOneState } from "../parts/questions.js";

const form = document.getElementById("answers");
answerByKeys(form);
onlyOneState(form);

document.addEventListener("keydown", (event) => {
  if (form.contains(event.target) || event.target.closest("a, button, summary, input")) return;
  const first = form.querySelector('.points input[type="radio"]');
  if (first && /^[0-9]$/.test(event.key) && !event.ctrlKey && !event.altKey && !event.metaKey) {
    event.preventDefault();
    first.dispatchEvent(new KeyboardEvent("keydown", { key: event.key, bubbles: true }));
  }
});
