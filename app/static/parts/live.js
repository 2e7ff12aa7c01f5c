// Follows a workshop: asks again and again whether something is new, and hands it on when it is.

const EVERY = 2000;
const HIDDEN = 15000;
const SLOWER = 1.6;
const SLOWEST = 20000;
const PATIENCE = 10000;
const SPREAD = 0.1;

// address: what is asked for. show(text): called with each new answer. lost(is): called with true when nothing
// answers, and with false when something does again. every: milliseconds between two questions. It ends for good
// when the server says 410, Gone; gone() is called then.
export function follow({ address, show, lost, gone = () => {}, every = EVERY }) {
  let tag = "";
  let pause = every;
  let timer = 0;
  let asking = false;
  let away = false;
  let over = false;

  // Two hundred pages that were opened at once must not ask at once for ever.
  const apart = () => 1 - SPREAD + 2 * SPREAD * Math.random();

  const later = () => {
    clearTimeout(timer);
    if (!over) timer = setTimeout(ask, apart() * (document.hidden ? Math.max(HIDDEN, pause) : pause));
  };

  const tell = (is) => {
    if (away !== is) lost(is);
    away = is;
  };

  // What is new; null where nothing is.
  async function fetched() {
    const response = await fetch(address, {
      headers: tag ? { "If-None-Match": tag } : {},
      cache: "no-store",
      signal: AbortSignal.timeout(PATIENCE),
    });
    if (response.status === 410) over = true;
    if (over || response.status === 304) return null;
    if (!response.ok) throw new Error(response.statusText);
    const text = await response.text();
    tag = response.headers.get("ETag") ?? "";
    return text;
  }

  async function ask() {
    if (asking || over) return;
    asking = true;
    let text = null;
    try {
      text = await fetched();
      pause = every;
      tell(false);
    } catch {
      pause = Math.min(pause * SLOWER, SLOWEST);
      tell(true);
    }
    asking = false;
    later();
    if (over) gone();
    if (text !== null) show(text);
  }

  const atOnce = () => {
    if (document.hidden) return;
    clearTimeout(timer);
    pause = every;
    ask();
  };

  document.addEventListener("visibilitychange", atOnce);
  window.addEventListener("online", atOnce);
  window.addEventListener("pageshow", (event) => event.persisted && atOnce());
  later();
}
