import { ago, clock, LINKS, number, PHASES, span } from './words.js';

const version = ({ state: { state, partition, position, timestamp } }) => JSON.stringify([state, partition, position, timestamp]);
/** Before any message there is no time. */
const sent = ({ state }) => (state.timestamp === null ? -Infinity : Date.parse(state.timestamp));
const name = ({ address }) => new URL(address).host;

/** One card for each instance, and a sentence that compares them. */
export function sideBySide(section, instances, own) {
  const summary = section.querySelector('#agreement');
  const cards = instances.map((instance) => card(instance, instance === own));
  section.querySelector('ul').replaceChildren(...cards.map(({ item }) => item));
  section.hidden = instances.length === 0;

  return () => {
    const newest = Math.max(...instances.filter(answers).map(sent));
    set(summary, agreement(instances, newest));
    cards.forEach(({ render }) => render(newest));
  };
}

const answers = ({ link, state, status }) => link === 'connected' && state !== null && status !== null;
const isBehind = (instance, newest) => answers(instance) && sent(instance) < newest;

function agreement(instances, newest) {
  const present = instances.filter(answers);
  const missing = instances.length - present.length;
  const noAnswer = missing === 0 ? '' : ` No answer from ${missing} of ${instances.length}.`;
  if (present.length === 0) return noAnswer.trim();
  if (new Set(present.map(version)).size === 1) {
    const all = present.length === 1 ? '1 instance answers.' : `All ${present.length}${missing === 0 ? '' : ' that answer'} have the same version.`;
    return all + noAnswer;
  }
  const behind = present.filter((instance) => isBehind(instance, newest)).map(name);
  return `The versions differ.${behind.length === 0 ? '' : ` Behind: ${behind.join(', ')}.`}${noAnswer}`;
}

function card(instance, isThis) {
  const item = document.createElement('li');
  const part = (tag, className) => {
    const element = item.appendChild(document.createElement(tag));
    element.className = className;
    return element;
  };
  const title = part('h3', 'title');
  const link = title.appendChild(document.createElement('a'));
  link.href = instance.address; // one of those that the server was started with
  link.textContent = name(instance);
  if (isThis) title.append(' (this page)');
  const value = part('p', 'version');
  const position = part('p', 'quiet');
  const sign = part('p', 'sign');
  const note = part('p', 'quiet');

  function render(newest) {
    const { state, status, lost } = instance;
    const present = answers(instance);
    item.dataset.phase = present ? status.phase : 'NONE';
    item.classList.toggle('stale', !present || isBehind(instance, newest));
    set(value, state === null ? '–' : number(state.state));
    set(position, state === null ? '' : state.position === null ? 'no message yet' : `partition ${state.partition}, position ${state.position}`);
    if (present) {
      const [symbol, word] = PHASES[status.phase];
      set(sign, `${symbol} ${word}`);
      const age = instance.age;
      set(note, `${isBehind(instance, newest) ? 'behind; ' : ''}${age === null ? '' : ago(age)}`);
    } else {
      set(sign, `${LINKS.reconnecting[0]} no answer`);
      set(note, lost === null
        ? `It is away, it is not a demo-server, or its INSTANCES does not name ${location.origin}.`
        : `for ${span(Date.now() - lost)}; this was its state as of ${clock(lost)}`);
    }
  }
  return { item, render };
}

function set(element, text) {
  if (element.textContent !== text) element.textContent = text;
}
