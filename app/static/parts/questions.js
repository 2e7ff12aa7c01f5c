// Where "not known yet" is a box beside the value: ticking it clears the value, and a value clears it.
export function onlyOneState(form) {
  form.addEventListener("change", (event) => {
    const question = event.target.closest(".question");
    if (!question || event.target.name.endsWith(".note")) return;
    const states = [...question.querySelectorAll('input[type="checkbox"][name$=".state"]')];
    if (!states.length) return;
    if (states.includes(event.target)) {
      if (!event.target.checked) return;
      for (const other of states) if (other !== event.target) other.checked = false;
      for (const input of question.querySelectorAll(".cells input, .points input")) input.checked = false;
      for (const input of question.querySelectorAll('[id$=".v"]')) input.value = "";
    } else {
      for (const state of states) state.checked = false;
    }
  });
}
