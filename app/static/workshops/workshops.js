// Shows who has joined and who is done, as it happens. What the reader has opened is not taken from them.

import { follow } from "../parts/live.js";

const room = document.getElementById("room-now");
const away = document.getElementById("room-lost");
let waiting = "";

const isBusy = () => room.matches(":focus-within") || room.querySelector(".sure[open]") !== null;

function show() {
  if (waiting && !isBusy()) {
    const closed = room.querySelector(".everybody:not([open])") !== null;
    room.innerHTML = waiting;
    if (closed) room.querySelector(".everybody")?.removeAttribute("open");
    waiting = "";
  }
}

room.addEventListener("focusout", () => setTimeout(show));
room.addEventListener("toggle", () => setTimeout(show), true);
follow({
  address: room.dataset.live,
  show: (text) => {
    waiting = text;
    show();
  },
  lost: (is) => {
    away.hidden = !is;
  },
});
