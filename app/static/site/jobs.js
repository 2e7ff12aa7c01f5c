// Asks how far a job has come, and shows the page anew when it is over.

const OFTEN = 1000;
const SELDOM = 10000;
const SLOWER = 1.3;

const work = document.getElementById("work");
const bar = document.getElementById("bar");
const far = document.getElementById("far");
const lost = document.getElementById("lost");

let pause = OFTEN;
let timer = 0;
let before = "";

function later() {
  clearTimeout(timer);
  timer = setTimeout(ask, document.hidden ? SELDOM : pause);
}

async function ask() {
  try {
    const response = await fetch(work.dataset.status, { headers: { Accept: "application/json" } });
    if (response.status === 404) return location.reload();
    if (!response.ok) throw new Error(response.statusText);
    const status = await response.json();
    if (status.state === "done" || status.state === "failed") return location.reload();
    show(status);
    lost.hidden = true;
  } catch {
    lost.hidden = false;
    pause = Math.min(pause * 2, SELDOM);
  }
  later();
}

// Nothing new: ask a little less often. Something new: soon again.
function show({ done, total, how_far: words }) {
  pause = words === before ? Math.min(pause * SLOWER, SELDOM) : OFTEN;
  before = words;
  far.textContent = words;
  if (total) {
    bar.max = total;
    bar.value = done;
  }
}

document.addEventListener("visibilitychange", () => {
  if (!document.hidden) ask();
});
later();
