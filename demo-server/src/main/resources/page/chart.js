/* global Chart */
import { WINDOW } from './history.js';
import { number } from './words.js';

const SECOND = 1_000;
const MINUTE = 60_000;

/** The lengths of the time axis, each with the step of its grid. */
const AXES = [
  [10 * SECOND, 2 * SECOND],
  [20 * SECOND, 5 * SECOND],
  [30 * SECOND, 10 * SECOND],
  [MINUTE, 15 * SECOND],
  [2 * MINUTE, 30 * SECOND],
  [3 * MINUTE, MINUTE],
  [WINDOW, MINUTE],
];

/** Formats a number as the library does, but with a real minus sign. */
function withMinus(...tick) {
  return number(Chart.Ticks.formatters.numeric.apply(this, tick));
}

/** The shortest axis that fits the messages or, if there are none, the rest. What is older only says where the line begins. */
function axisFor(entries, now) {
  const inWindow = entries.filter(({ at }) => at > now - WINDOW);
  const oldest = inWindow.find(({ message }) => message) ?? inWindow[0];
  return AXES.find(([length]) => length >= (oldest ? now - oldest.at : WINDOW));
}

function time(x, axis) {
  if (x === 0) return 'now';
  return axis <= MINUTE ? `${number(x / SECOND)} s` : `${number(x / MINUTE)} min`;
}

/** A step line of the last minutes. The horizontal axis shows the time before now, so it stands still. */
export function chartOf(canvas) {
  let length = WINDOW; // of the time axis
  const chart = new Chart(canvas, {
    type: 'line',
    data: { datasets: [{ data: [], stepped: 'before', borderWidth: 2, clip: 8, pointHoverRadius: 5 }] },
    options: {
      animation: false,
      maintainAspectRatio: false,
      parsing: false,
      interaction: { mode: 'nearest', axis: 'x', intersect: false },
      layout: { padding: { top: 8, right: 8 } },
      plugins: {
        legend: { display: false },
        tooltip: { displayColors: false, callbacks: { title: () => '', label: ({ raw }) => raw.label } },
      },
      scales: {
        x: {
          type: 'linear',
          min: -length,
          max: 0,
          grid: { drawTicks: false },
          border: { display: false },
          ticks: { padding: 8, maxRotation: 0, callback: (x) => time(x, length) },
        },
        y: { border: { display: false }, grid: { drawTicks: false }, ticks: { precision: 0, maxTicksLimit: 6, padding: 8, callback: withMinus } },
      },
    },
  });

  function paint() {
    const colour = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();
    const [line] = chart.data.datasets;
    line.borderColor = line.pointBackgroundColor = line.pointBorderColor = colour('--accent');
    Object.values(chart.options.scales).forEach((scale) => {
      scale.ticks.color = colour('--quiet');
      scale.grid.color = colour('--edge');
    });
  }

  paint();
  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', () => { paint(); chart.update(); });

  /** Each entry holds until the next one, the last one until now. Returns how far the axis goes back. */
  return (entries, words) => {
    const now = Date.now();
    const last = entries.at(-1);
    const { x } = chart.options.scales;
    [length, x.ticks.stepSize] = axisFor(entries, now);
    x.min = -length;
    const first = entries.findLastIndex(({ at }) => at - now <= -length); // holds at the left edge
    const points = entries.slice(Math.max(0, first)).map(({ at, value, message }) => ({
      x: Math.max(at - now, -length),
      y: value ?? NaN,
      radius: message && at - now >= -length ? 3 : 0,
      label: words(value, at),
    }));
    if (last && last.value !== null) points.push({ x: 0, y: last.value, radius: 0, label: words(last.value, now) });
    const [line] = chart.data.datasets;
    line.data = points;
    line.pointRadius = points.map(({ radius }) => radius);
    chart.update();
    return length;
  };
}
