import { chartOf } from './chart.js';
import { history } from './history.js';
import { Instance } from './instance.js';
import { sideBySide } from './sidebyside.js';
import { ago, clock, last, LINKS, number, PHASES, sentence, span } from './words.js';

const ROWS = 50;
const $ = (id) => document.getElementById(id);

const past = history();
const draw = chartOf($('chart'));
let announced = '';
let due = false;
let listed = null; // the newest message in the table, and their number

const own = new Instance(new URL('.', location.href).href, {
  onChange: renderSoon,
  onState: past.state,
  onHistory: past.remember,
  onLost: past.lost,
});
const addresses = $('instances').dataset.addresses.split(' ').filter(Boolean);
const instances = addresses.map((address) => (
  address === location.origin ? own : new Instance(`${address}/`, { onChange: renderSoon })));
const compare = sideBySide($('instances'), instances, own);

if (!instances.includes(own)) {
  $('elsewhere').hidden = false;
  $('elsewhere').textContent = `This page is at ${location.origin}, which INSTANCES does not name. So the instances do not let it read their state.`;
}

const set = (id, text) => { if ($(id).textContent !== text) $(id).textContent = text; };

function setSign(id, [symbol, word]) {
  const [first, second] = $(id).children;
  first.textContent = symbol;
  if (second.textContent !== word) second.textContent = word;
}

/** The reason why the page may be out of date, or null. */
function staleness() {
  const { state, status, link, lost } = own;
  const value = state === null ? '' : ` ${number(state.state)} is the last known state,`;
  if (link === 'reconnecting') {
    return `Stale: no word from the server for ${span(Date.now() - lost)}.${value && `${value} as of ${clock(lost)}.`} Reconnecting…`;
  }
  if (status?.phase === 'INTERRUPTED') {
    const asOf = status.lastContact === null ? ' from before any contact.' : ` as of ${clock(Date.now() - own.since(status.lastContact))}.`;
    return `Stale: no contact with the broker for ${span(own.since(status.lastContact ?? status.since))}.${value && value + asOf}`
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
  const { state, status, link } = own;
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
  if (instances.length > 0) compare();
}

function renderState() {
  const { state } = own;
  const value = String(state.state);
  set('value', number(value));
  $('value').style.setProperty('--digits', Math.max(2, value.length));
  const none = state.position === null;
  const { age } = own;
  set('value-note', none ? 'No message yet: this is the initial state' : age === null ? '' : ago(age));
  set('age', none ? 'no message yet' : age === null ? 'not known' : `${span(age)}, from ${clock(Date.now() - age)}`);
  set('partition', state.partition ?? '–');
  set('position', state.position ?? '–');
  document.title = `${value} · latest-state`;
}

function renderStatus() {
  const { status, link } = own;
  $('phase').dataset.phase = link === 'connected' ? status.phase : 'NONE';
  setSign('phase', link === 'connected' ? PHASES[status.phase] : ['○', `unknown; it was ${status.phase.toLowerCase()}`]);
  set('stream', status.stream);
  set('group', status.group);
  set('contact', status.lastContact === null ? 'none yet' : ago(own.since(status.lastContact)));
  set('rejection', status.lastRejection === null ? 'none' : `${status.lastRejection} (${status.rejected} so far)`);
}

function renderHistory() {
  const messages = past.messages();
  const lately = last(draw(past.entries(), (value, at) => `${number(value)}, ${clock(at)}`));
  set('lately-title', `The ${lately}`);
  // a restarted server may have forgotten messages that the chart still shows
  $('plot-note').hidden = own.state === null || own.state.position !== null || messages.length > 0;
  const values = messages.map(({ value }) => value);
  $('chart').setAttribute('aria-label', `Chart of the state in the ${lately}: `
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
  const { state, status, link } = own;
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
