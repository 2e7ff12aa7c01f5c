// Keying in a sheet from the keyboard alone: a letter leads on, Backspace and arrows lead back.

const form = document.getElementById("keying");
const says = document.getElementById("wrong-key");
const boxes = [...form.querySelectorAll("[data-box]")];

const isFull = (box) => box.dataset.longest === "1" && box.value.length === 1;

function go(box, steps) {
  const next = boxes[boxes.indexOf(box) + steps];
  if (!next) return false;
  next.focus();
  next.select();
  return true;
}

function refuse(box, typed) {
  const letters = [...box.dataset.characters].join(", ");
  const words = form.dataset.wrong.replace("%(characters)s", letters).replace("%(code)s", box.dataset.code);
  // Said anew each time: the same words twice would not be read aloud.
  says.textContent = "";
  requestAnimationFrame(() => { says.textContent = `${typed}? ${words}`; });
}

function mark(box) {
  const typed = box.value.toLowerCase();
  for (const word of box.closest(".keyed").querySelectorAll("[data-letter]")) {
    word.classList.toggle("chosen", typed.includes(word.dataset.letter));
  }
}

function isMeant(box, typed) {
  const allowed = box.dataset.characters + (box.dataset.longest === "1" ? "" : " ,");
  return [...typed.toLowerCase()].every((each) => allowed.includes(each));
}

for (const box of boxes) {
  if (!box.dataset.characters) continue;
  mark(box);
  box.addEventListener("beforeinput", (event) => {
    if (!event.data || isMeant(box, event.data)) return;
    event.preventDefault();
    refuse(box, event.data);
  });
  box.addEventListener("input", () => {
    says.textContent = "";
    box.value = box.value.toLowerCase();
    mark(box);
    if (isFull(box)) go(box, 1);
  });
}

form.addEventListener("keydown", (event) => {
  const box = event.target;
  if (!boxes.includes(box) || event.altKey || event.ctrlKey || event.metaKey || event.isComposing) return;
  const atStart = box.selectionStart === 0 && (box.selectionEnd === 0 || box.selectionEnd === box.value.length);
  const atEnd = box.selectionEnd === box.value.length;
  const steps =
    event.key === "ArrowDown" || (event.key === "ArrowRight" && atEnd) ? 1
    : event.key === "ArrowUp" || (event.key === "ArrowLeft" && atStart) ? -1
    : event.key === "Backspace" && box.value === "" ? -1
    : event.key === "Enter" ? 1
    : 0;
  if (steps && go(box, steps)) event.preventDefault(); // after the last box, Enter saves
});
