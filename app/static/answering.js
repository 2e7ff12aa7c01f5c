// A section's page: saves by itself, shows and hides questions, and lets digits answer. Without it everything works.
import { saveByItself } from "./autosave.js";
import { answerByKeys } from "./keyboard.js";
import { onlyOneState } from "./questions.js";

const form = document.getElementById("answers");
saveByItself(form);
answerByKeys(form);
onlyOneState(form);
