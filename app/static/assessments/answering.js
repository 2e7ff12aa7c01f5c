// A section's page: saves by itself, shows and hides questions, and lets digits answer. Without it everything works.
import { saveByItself } from "../parts/autosave.js";
import { answerByKeys } from "../parts/keyboard.js";
import { onlyOneState } from "../parts/questions.js";

const form = document.getElementById("answers");
saveByItself(form);
answerByKeys(form);
onlyOneState(form);
