import { follow } from './stream.js';
import { PHASES, plain } from './words.js';

/**
 * One server, as the page sees it: its state, its status and the link to it. Nothing that it sends is trusted: what is not an event of
 * demo-server counts as a lost connection.
 */
export class Instance {
  /** The last one, and when it arrived. */
  state = null;
  status = null;
  link = 'connecting';
  /** When the server was lost. */
  lost = null;

  /** Calls onChange after each change. The other two are for the history. */
  constructor(address, { onChange, onState, onHistory, onLost }) {
    this.address = address;
    follow(`${address}state/stream${onHistory ? '?history' : ''}`, {
      onEvent: (name, data) => {
        if (name === 'history') onHistory?.(data);
        if (name === 'state') {
          this.state = { ...checkedState(data), came: Date.now() };
          onState?.(this.state);
        }
        if (name === 'status') this.status = { ...checkedStatus(data), came: Date.now() };
        this.link = 'connected';
        onChange();
      },
      onLost: () => {
        if (this.link === 'connected') {
          this.link = 'reconnecting';
          this.lost = Date.now();
          onLost?.();
        }
        onChange();
      },
    });
  }

  /** How long ago something happened, by the server's clock alone: ours may be wrong. */
  since(time) {
    return Date.parse(this.status.at) - Date.parse(time) + Date.now() - this.status.came;
  }

  /** The age of the state in milliseconds, or null. */
  get age() {
    return this.state.age === null ? null : this.state.age * 1_000 + Date.now() - this.state.came;
  }
}

function checkedState({ state, partition, position, timestamp, age }) {
  return {
    state: check(state, Number.isInteger(state)),
    partition: text(partition),
    position: text(position),
    timestamp: time(timestamp),
    age: check(age, age === null || Number.isInteger(age)),
  };
}

function checkedStatus({ at, phase, since, lastContact, lastError, rejected, lastRejection, stream, group }) {
  return {
    at: time(at),
    phase: check(phase, Object.hasOwn(PHASES, phase)),
    since: time(since),
    lastContact: time(lastContact),
    lastError: text(lastError),
    rejected: check(rejected, Number.isInteger(rejected)),
    lastRejection: text(lastRejection),
    stream: text(stream),
    group: text(group),
  };
}

function check(value, good) {
  if (!good) throw new Error('not an event of demo-server');
  return value;
}

const text = (value) => (value === null ? null : plain(check(value, typeof value === 'string')));
const time = (value) => check(value, value === null || (typeof value === 'string' && !Number.isNaN(Date.parse(value))));
