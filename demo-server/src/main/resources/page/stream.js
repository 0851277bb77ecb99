// The server sends something every 5 s. A connection that is silent for longer is dead, even if the browser does not notice.
const SILENCE = 15_000;
const PAUSE = 1_000;
/** In characters. The longest event is the history, with 600 states. */
const LONGEST = 100_000;

/**
 * Follows a server's events for ever. Calls onEvent(name, data) for each, and onLost when the connection is lost or the server sends anything
 * else. An EventSource would keep an event of any length, and some answers would end it.
 */
export async function follow(url, handlers) {
  for (;;) {
    try {
      await read(url, handlers);
    } catch (e) {
      console.debug(url, e);
    }
    handlers.onLost();
    // after a restart of the server, the pages should not all come back at the same moment
    await new Promise((resume) => { setTimeout(resume, PAUSE * (1 + Math.random())); });
  }
}

async function read(url, { onEvent }) {
  const end = new AbortController();
  let silence;
  const received = () => {
    clearTimeout(silence);
    silence = setTimeout(() => end.abort(new Error('silent')), SILENCE);
  };
  try {
    received();
    const answer = await fetch(url, { cache: 'no-store', redirect: 'error', referrerPolicy: 'no-referrer', signal: end.signal });
    if (!answer.ok || !answer.headers.get('content-type')?.startsWith('text/event-stream')) throw new Error('no stream of events');
    const pieces = answer.body.pipeThrough(new TextDecoderStream()).getReader();
    let text = '';
    for (let piece = await pieces.read(); !piece.done; piece = await pieces.read()) {
      received();
      const events = (text + piece.value).split('\n\n');
      text = events.pop();
      if (text.length > LONGEST) throw new Error('an event is too long');
      for (const event of events) pass(event, onEvent);
      // a flood of pieces leaves time to draw
      await new Promise((resume) => { setTimeout(resume); });
    }
  } finally {
    clearTimeout(silence);
    end.abort(); // closes the connection, whatever the reason
  }
}

/** Lines that are neither a name nor data, such as comments, do not matter. */
function pass(event, onEvent) {
  const [, name] = /^event: (.*)$/m.exec(event) ?? [];
  const [, data] = /^data: (.*)$/m.exec(event) ?? [];
  if (name !== undefined && data !== undefined) onEvent(name, JSON.parse(data));
}
