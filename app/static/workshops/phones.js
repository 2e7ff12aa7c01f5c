// A participant's page: saves by itself, and goes on by itself when the workshop does.
import { saveByItself } from "../parts/autosave.js";
import { follow } from "../parts/live.js";
import { onlyOneState } from "../parts/questions.js";

const page = document.getElementById("main");
const lost = document.getElementById("lost");
const form = document.getElementById("answers");
const mayBeSaved = form?.querySelector("[data-status]");

if (mayBeSaved) {
  saveByItself(form);
  onlyOneState(form);
}

// What is typed is saved before the page goes on; the server then says where to.
function goOn() {
  if (mayBeSaved) form.requestSubmit();
  else location.assign(page.dataset.home);
}

follow({
  address: page.dataset.live,
  show(text) {
    const { stage, section } = JSON.parse(text);
    const isElsewhere = stage !== page.dataset.stage || section !== page.dataset.section;
    if (isElsewhere && !(form && !mayBeSaved)) goOn();
  },
  lost(is) {
    lost.textContent = is ? lost.dataset.lost : "";
  },
  gone() {
    location.assign(page.dataset.home);
  },
});
