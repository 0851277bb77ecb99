/* global Chart */
import { WINDOW } from './history.js';
import { number } from './words.js';

const MINUTE = 60_000;

/** Formats a number as the library does, but with a real minus sign. */
function withMinus(...tick) {
  return number(Chart.Ticks.formatters.numeric.apply(this, tick));
}

/** A step line of the last minutes. The horizontal axis shows the time before now, so it stands still. */
export function chartOf(canvas) {
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
          min: -WINDOW,
          max: 0,
          grid: { drawTicks: false },
          border: { display: false },
          ticks: { stepSize: MINUTE, padding: 8, maxRotation: 0, callback: (x) => (x === 0 ? 'now' : `${number(x / MINUTE)} min`) },
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

  /** Each entry holds until the next one, the last one until now. */
  return (entries, words) => {
    const now = Date.now();
    const last = entries.at(-1);
    const points = entries.map(({ at, value, message }) => ({
      x: Math.max(at - now, -WINDOW), // the first one may be older than the window, and still holds
      y: value ?? NaN,
      radius: message && at - now > -WINDOW ? 3 : 0,
      label: words(value, at),
    }));
    if (last && last.value !== null) points.push({ x: 0, y: last.value, radius: 0, label: words(last.value, now) });
    const [line] = chart.data.datasets;
    line.data = points;
    line.pointRadius = points.map(({ radius }) => radius);
    chart.update();
  };
}
