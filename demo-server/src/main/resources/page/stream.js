// The server sends something every 5 s. A connection that is silent for longer is dead, even if the browser does not notice.
const SILENCE = 15_000;
const PAUSE = 2_000;

/** Follows the server's events for ever. Calls onLink(true) when the connection is made, onLink(false) when it is lost. */
export function follow(url, { onState, onStatus, onLink }) {
  let source;
  let heard = Date.now();
  let pause;

  function open() {
    clearTimeout(pause);
    heard = Date.now();
    source = new EventSource(url);
    source.addEventListener('open', () => { heard = Date.now(); });
    source.addEventListener('state', hear(onState));
    source.addEventListener('status', hear(onStatus));
    source.addEventListener('error', () => {
      onLink(false);
      // after some answers, such as a 503, a browser does not try again
      if (source.readyState === EventSource.CLOSED) openAgain();
    });
  }

  function hear(told) {
    return (event) => {
      heard = Date.now();
      onLink(true);
      told(JSON.parse(event.data));
    };
  }

  function openAgain() {
    source.close();
    clearTimeout(pause);
    pause = setTimeout(open, PAUSE);
  }

  setInterval(() => {
    if (source.readyState === EventSource.OPEN && Date.now() - heard > SILENCE) {
      onLink(false);
      openAgain();
    }
  }, 1_000);
  open();
}
