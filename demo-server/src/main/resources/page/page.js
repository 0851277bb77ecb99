import { chartOf } from './chart.js';
import { history, WINDOW } from './history.js';
import { follow } from './stream.js';
import { clock, LINKS, number, PHASES, sentence, span } from './words.js';

const ROWS = 50;
const $ = (id) => document.getElementById(id);

const past = history();
const draw = chartOf($('chart'));
let state = null; // the last one, and when it arrived
let status = null;
let link = 'connecting';
let lost = null; // when the server was lost
let announced = '';
let due = false;
let listed = null; // the newest message in the table, and their number

follow('state/stream', {
  onState(data) {
    state = { ...data, came: Date.now() };
    past.state(data);
    renderSoon();
  },
  onStatus(data) {
    status = { ...data, came: Date.now() };
    renderSoon();
  },
  onLink(connected) {
    if (!connected && link === 'connected') {
      lost = Date.now();
      past.lost();
    }
    if (connected !== (link === 'connected')) {
      link = connected ? 'connected' : lost === null ? 'connecting' : 'reconnecting';
      renderSoon();
    }
  },
});

/** How long ago something happened, by the server's clock alone: ours may be wrong. */
const sinceOnServer = (time) => Date.parse(status.at) - Date.parse(time) + Date.now() - status.came;
const age = () => (state.age === null ? null : state.age * 1_000 + Date.now() - state.came);
const ago = (millis) => `${span(millis)} ago`;
const set = (id, text) => { if ($(id).textContent !== text) $(id).textContent = text; };

function setSign(id, [symbol, word]) {
  const [first, second] = $(id).children;
  first.textContent = symbol;
  if (second.textContent !== word) second.textContent = word;
}

/** The reason why the page may be out of date, or null. */
function staleness() {
  const value = state === null ? '' : ` ${number(state.state)} is the last known state,`;
  if (link === 'reconnecting') {
    return `Stale: no word from the server for ${span(Date.now() - lost)}.${value && `${value} as of ${clock(lost)}.`} Reconnecting…`;
  }
  if (status?.phase === 'INTERRUPTED') {
    const asOf = status.lastContact === null ? ' from before any contact.' : ` as of ${clock(Date.now() - sinceOnServer(status.lastContact))}.`;
    return `Stale: no contact with the broker for ${span(sinceOnServer(status.lastContact ?? status.since))}.${value && value + asOf}`
      + (status.lastError ? ` ${status.lastError}` : '');
  }
  if (status?.phase === 'FAILED') return `${sentence(`Given up: ${status.lastError}`)} The state stays what it is until a restart.`;
  return status?.phase === 'CLOSED' ? 'The server is stopping.' : null;
}

/** Runs once for all events between two frames. */
function renderSoon() {
  if (!due) requestAnimationFrame(render);
  due = true;
}

function render() {
  due = false;
  const stale = staleness();
  $('link').dataset.link = link;
  setSign('link', LINKS[link]);
  $('notice').hidden = stale === null;
  set('notice', stale ?? '');
  $('value').classList.toggle('stale', stale !== null);
  $('value').classList.toggle('none', state === null);
  if (state !== null) renderState();
  if (status !== null) renderStatus();
  renderHistory();
}

function renderState() {
  const value = String(state.state);
  set('value', number(value));
  $('value').style.setProperty('--digits', Math.max(2, value.length));
  const none = state.position === null;
  set('value-note', none ? 'No message yet: this is the initial state' : ago(age()));
  set('age', none ? 'no message yet' : `${span(age())}, from ${clock(Date.now() - age())}`);
  set('partition', state.partition ?? '–');
  set('position', state.position ?? '–');
  document.title = `${value} · latest-state`;
}

function renderStatus() {
  $('phase').dataset.phase = link === 'connected' ? status.phase : 'NONE';
  setSign('phase', link === 'connected' ? PHASES[status.phase] : ['○', `unknown; it was ${status.phase.toLowerCase()}`]);
  set('stream', status.stream);
  set('group', status.group);
  set('contact', status.lastContact === null ? 'none yet' : ago(sinceOnServer(status.lastContact)));
  set('rejection', status.lastRejection === null ? 'none' : `${status.lastRejection} (${status.rejected} so far)`);
}

function renderHistory() {
  const messages = past.messages();
  draw(past.entries(), (value, at) => `${number(value)}, ${clock(at)}`);
  // a restarted server may have forgotten messages that the chart still shows
  $('plot-note').hidden = state === null || state.position !== null || messages.length > 0;
  const values = messages.map(({ value }) => value);
  $('chart').setAttribute('aria-label', `Chart of the state in the last ${WINDOW / 60_000} minutes: `
    + (messages.length === 0 ? 'no message' : `messages: ${messages.length}, lowest: ${Math.min(...values)}, highest: ${Math.max(...values)}, last: ${values[0]}`));
  const list = `${messages[0]?.at} ${messages.length}`;
  if (list === listed) return;
  listed = list;
  $('rows').replaceChildren(...messages.slice(0, ROWS).map(({ at, value }) => {
    const row = document.createElement('tr');
    row.append(cell(clock(at)), cell(number(value)));
    return row;
  }));
}

function cell(text) {
  const cell = document.createElement('td');
  cell.textContent = text;
  return cell;
}

/** For screen readers: at most once a second, however many events arrive. */
function announce() {
  const words = [
    state === null ? null : `State ${state.state}`,
    link === 'connected' ? status && PHASES[status.phase][1] : LINKS[link][1],
  ].filter(Boolean).join(', ');
  if (words !== announced) {
    announced = words;
    set('announcement', words);
  }
}

$('copy').addEventListener('click', async () => {
  getSelection().selectAllChildren($('command'));
  try {
    await navigator.clipboard.writeText($('command').textContent);
    set('copied', 'Copied');
  } catch { // not allowed, or not a secure context
    set('copied', 'Selected: press Ctrl+C or ⌘C to copy');
  }
});

setInterval(() => { render(); announce(); }, 1_000);
