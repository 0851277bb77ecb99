/** How far the history goes back, in milliseconds. */
export const WINDOW = 5 * 60_000;
const MOST = 2_000;

/** The latest states. An entry has a time, the value from then on (null if unknown), and whether a message arrived. */
export function history() {
  let entries = [];
  let position = null;

  function add(at, value, message) {
    const last = entries.at(-1);
    entries.push({ at: last ? Math.max(at, last.at) : at, value, message });
    forget();
  }

  /** Drops what is older than the window, except the last such entry: the line begins with it. */
  function forget() {
    const first = entries.findLastIndex(({ at }) => at <= Date.now() - WINDOW);
    entries = entries.slice(Math.max(0, first, entries.length - MOST));
  }

  return {
    /** The first state is as old as it says. A later one arrived now. */
    state({ state, partition, position: number, timestamp, age }) {
      const known = entries.at(-1);
      const here = partition === null ? null : `${partition} ${number} ${timestamp}`;
      const message = here !== null && here !== position;
      position = here;
      if (message || !known || known.value === null) {
        add(known ? Date.now() : Date.now() - (age ?? 0) * 1_000, state, message);
      }
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
