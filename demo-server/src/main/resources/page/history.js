/** How far the history goes back, in milliseconds. */
export const WINDOW = 5 * 60_000;
const MOST = 600;
/** In a full history some entries share a slot. */
const SLOT = WINDOW / (MOST / 2);

/** The latest states. An entry has a time, the value from then on (null if unknown), and whether a message arrived. */
export function history() {
  let entries = [];
  let version = null; // of the last state
  let run = null; // the server's group, which is another one after a restart
  let before = []; // what the page saw before that run
  let remembered = false; // the next state is the last one of the server's history

  function add(at, value, message) {
    const last = entries.at(-1);
    entries.push({ at: last ? Math.max(at, last.at) : at, value, message });
    forget();
  }

  /** Drops what is older than the window, except the last such entry: the line begins with it. The server does the same. */
  function forget() {
    const first = entries.findLastIndex(({ at }) => at <= Date.now() - WINDOW);
    entries = entries.slice(Math.max(0, first));
    if (entries.length > MOST) entries = [...new Map(entries.map((entry) => [Math.floor(entry.at / SLOT), entry])).values()];
  }

  return {
    /** What the server remembers of its run replaces what the page saw of it. What the page saw before that stays. */
    remember({ group, since, states }) {
      remembered = states.length > 0;
      if (!remembered) return;
      const now = Date.now();
      const began = now - since;
      if (group !== run) {
        run = group;
        before = entries.filter(({ at }) => at < began);
      }
      const last = before.at(-1);
      entries = [...before, ...states.map(({ age, state, message }) => (last
        ? { at: Math.max(now - age, began), value: state, message: message && now - age > last.at } // this run had nothing earlier
        : { at: now - age, value: state, message }))];
    },
    /** The first state is as old as it says. A later one arrived now. */
    state({ state, partition, position, timestamp, age }) {
      const known = entries.at(-1);
      const here = partition === null ? null : `${partition} ${position} ${timestamp}`;
      const message = here !== null && here !== version;
      version = here;
      if (!remembered && (message || !known || known.value === null)) {
        add(known ? Date.now() : Date.now() - (age ?? 0) * 1_000, state, message);
      }
      remembered = false;
    },
    /** From now on the state is unknown. */
    lost() {
      const last = entries.at(-1);
      if (!last || last.value === null) return;
      add(Date.now(), last.value, false);
      add(Date.now(), null, false);
    },
    entries() {
      forget();
      return entries;
    },
    /** The messages within the window, newest first. */
    messages: () => entries.filter((entry) => entry.message && entry.at > Date.now() - WINDOW).reverse(),
  };
}
