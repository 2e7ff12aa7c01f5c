// Digits answer the question that has the focus: 1 for the first point and so on, 0 for "not known yet".

export function answerByKeys(form) {
  document.getElementById("keys").hidden = false;
  form.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.altKey || event.metaKey || !/^[0-9]$/.test(event.key)) return;
    const question = event.target.closest(".question");
    if (!question || event.target.matches("textarea, [type=text], [type=date], .cells input")) return;
    const radio = chosen(question, Number(event.key));
    if (!radio) return;
    event.preventDefault();
    radio.focus();
    if (!radio.checked) radio.click();
  });

  form.addEventListener("keydown", (event) => {
    const cell = event.target.closest(".cells input");
    if (!cell || !/^[0-3]$/.test(event.key) || event.ctrlKey || event.altKey || event.metaKey) return;
    event.preventDefault();
    const wanted = form.elements[cell.name][Number(event.key)];
    wanted.focus();
    if (!wanted.checked) wanted.click();
  });
}

function chosen(question, digit) {
  if (digit === 0) return question.querySelector('[value="?"]');
  return question.querySelectorAll(".points input")[digit - 1];
}
