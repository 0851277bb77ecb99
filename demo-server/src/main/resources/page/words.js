/** A sign and words for each phase, so that nobody needs to see the colour. */
export const PHASES = {
  NONE: ['○', 'not known yet'],
  STARTING: ['◌', 'starting: looking for the last message'],
  LIVE: ['●', 'live'],
  INTERRUPTED: ['▲', 'interrupted: no contact with the broker'],
  FAILED: ['✕', 'failed: given up'],
  CLOSED: ['■', 'closed'],
};

export const LINKS = {
  connecting: ['○', 'connecting…'],
  connected: ['●', 'connected to the server'],
  reconnecting: ['↻', 'reconnecting…'],
};

/** Milliseconds as "12 s", "3 min 4 s", "2 h 5 min" or "4 d 3 h". */
export function span(millis) {
  const seconds = Math.max(0, Math.floor(millis / 1_000));
  const units = [[86_400, 'd'], [3_600, 'h'], [60, 'min'], [1, 's']];
  const first = units.findIndex(([size]) => seconds >= size);
  if (first < 0) return '0\u00a0s';
  return units.slice(first, first + 2)
    .map(([size, unit], i) => [i === 0 ? Math.floor(seconds / size) : Math.floor((seconds % units[first][0]) / size), unit])
    .filter(([count], i) => i === 0 || count > 0)
    .map(([count, unit]) => `${count}\u00a0${unit}`)
    .join(' ');
}

/** How to call the last seconds or minutes. */
export function last(millis) {
  if (millis < 60_000) return `last ${millis / 1_000} seconds`;
  return millis === 60_000 ? 'last minute' : `last ${millis / 60_000} minutes`;
}

export const ago = (millis) => `${span(millis)} ago`;

/** With a real minus sign, which is as wide as a plus. */
export const number = (value) => String(value).replace('-', '−');

const LONGEST = 300;

/** Text from outside, bounded, and without characters that would hide or turn round others. The server does the same. */
export function plain(text) {
  const characters = [...text.slice(0, LONGEST)].map((c) => (/[\p{C}\p{Zl}\p{Zp}]/u.test(c) ? '\ufffd' : c)).join('');
  return text.length > LONGEST ? `${characters}…` : characters;
}

/** Adds a full stop if there is none. */
export const sentence = (text) => (/[.!?…]\)?$/.test(text) ? text : `${text}.`);

/** A time of day, by this machine's clock. */
export function clock(millis) {
  const date = new Date(millis);
  const today = date.toDateString() === new Date().toDateString();
  return today ? date.toLocaleTimeString() : date.toLocaleString();
}
