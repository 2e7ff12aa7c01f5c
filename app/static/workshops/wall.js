// The big screen: shows what is new, keeps its place and what is unfolded, and says how much time is left.
import { follow } from "../parts/live.js";

const wall = document.getElementById("main");
const away = document.getElementById("lost");
const EVERY_SECOND = 1000;
const EVERY = 1200; // one screen for the whole room: it may ask more often than two hundred phones
let shown = performance.now();

// Puts the new inside in, and leaves what the reader had before them where it was.
function show(text) {
  const open = [...wall.querySelectorAll("details[open]")].map((each) => each.id);
  const here = wall.contains(document.activeElement) ? document.activeElement : null;
  const held = here && [here.id || here.closest("[id]").id, here.getAttribute("href"), here.tagName];
  const { scrollX, scrollY } = window;
  wall.innerHTML = text;
  shown = performance.now();
  for (const id of open) document.getElementById(id)?.setAttribute("open", "");
  if (held && here !== wall) focusAgain(held);
  window.scrollTo(scrollX, scrollY);
  tick();
}

function focusAgain([id, address, tag]) {
  const near = document.getElementById(id) ?? wall;
  const link = address && [...wall.querySelectorAll("a")].find((each) => each.getAttribute("href") === address);
  (link || near.querySelector(tag) || near).focus({ preventScroll: true });
}

// The part of the plan that the clock has come to, and the minutes left of it.
function tick() {
  const plan = wall.querySelector("[data-elapsed]");
  if (!plan) return;
  const elapsed = Number(plan.dataset.elapsed) + (performance.now() - shown) / EVERY_SECOND;
  const parts = [...plan.children];
  const now = parts.find((part) => elapsed < Number(part.dataset.ends));
  for (const part of parts) {
    const minutes = Math.ceil((Number(part.dataset.ends) - elapsed) / 60);
    say(part.querySelector(".left"), part === now ? wall.dataset.minutes.replace("{minutes}", minutes) : "");
    if (part === now) part.setAttribute("aria-current", "step");
    else part.removeAttribute("aria-current");
  }
  wall.querySelector(".time-over").hidden = Boolean(now);
}

function say(place, words) {
  if (place.textContent !== words) place.textContent = words;
}

follow({
  address: wall.dataset.live,
  show,
  every: EVERY,
  lost: (is) => {
    away.textContent = is ? away.dataset.words : "";
  },
});
tick();
setInterval(tick, EVERY_SECOND);
