/** Charts as SVG, without a library: bars in groups, on white, with words that can be selected. */
import { figuresOf, type Figures, type Line, type Results } from './results';

const width = 960;
const left = 170;
const bar = 9;
const gap = 12;
const shades = ['#9ecae1', '#4292c6', '#084594'];

interface Group {
  readonly name: string;
  readonly values: readonly number[];
}

interface Axis {
  readonly title: string;
  readonly most: number;
  readonly marks: readonly number[];
  readonly unit: string;
  /** A line to reach. */
  readonly goal?: { readonly at: number; readonly says: string };
  readonly series: readonly string[];
}

export const ratioChart = ({ lines, connections }: Results): string =>
  chart(
    groupsOf(lines, ({ ratio }) => [ratio]),
    {
      title: 'Of the floor',
      most: 1,
      marks: [0, 0.25, 0.5, 0.75, 1],
      unit: '',
      goal: { at: 0.5, says: 'goal' },
      series: connections.map((count) => `${count} at once`),
    },
  );

export function latencyChart({ lines, connections }: Results): string {
  const busiest = Math.max(...connections);
  const groups = groupsOf(
    lines.filter((line) => line.connections === busiest),
    ({ p50, p99 }) => [p50, p99],
  );
  const most = Math.max(...groups.flatMap(({ values }) => values));
  const step = 10 ** Math.floor(Math.log10(most));
  const marks = Array.from({ length: Math.floor(most / step) + 1 }, (_, n) => n * step);
  return chart(groups, {
    title: `Milliseconds with ${busiest} at once`,
    most,
    marks,
    unit: ' ms',
    series: ['p50', 'p99'],
  });
}

/** Operations on the first queue, in the order in which they were measured. */
function groupsOf(lines: readonly Line[], values: (figures: Figures) => number[]): Group[] {
  const first = lines.filter(({ queue }) => queue === lines[0]?.queue);
  const names = [...new Set(first.map(({ operation }) => operation))];
  return names.map((name) => ({
    name,
    values: first.filter(({ operation }) => operation === name).flatMap((line) => values(figuresOf(line))),
  }));
}

function chart(groups: readonly Group[], { title, most, marks, unit, goal, series }: Axis): string {
  const x = (value: number): number => left + (Math.min(value, most) / most) * (width - left - 60);
  const top = 48;
  const heightOf = (group: Group): number => group.values.length * bar + gap;
  const bottom = top + groups.reduce((sum, group) => sum + heightOf(group), 0);
  const parts = [
    `<text x="16" y="24" font-size="16" font-weight="bold">${title}</text>`,
    ...series.map(
      (name, n) =>
        `<rect x="${left + n * 120}" y="14" width="10" height="10" fill="${shades[n]}"/><text x="${left + 16 + n * 120}" y="23">${name}</text>`,
    ),
    ...marks.map(
      (mark) =>
        `<line x1="${x(mark)}" x2="${x(mark)}" y1="${top - 6}" y2="${bottom}" stroke="#ddd"/><text x="${x(mark)}" y="${bottom + 14}" text-anchor="middle" fill="#666">${mark}${unit}</text>`,
    ),
  ];
  let y = top;
  for (const group of groups) {
    parts.push(
      `<text x="${left - 8}" y="${y + (group.values.length * bar) / 2 + 4}" text-anchor="end">${group.name}</text>`,
    );
    group.values.forEach((value, n) =>
      parts.push(
        `<rect x="${left}" y="${y + n * bar}" width="${(x(value) - left).toFixed(1)}" height="${bar - 1}" fill="${shades[n]}"/>`,
        `<text x="${(x(value) + 4).toFixed(1)}" y="${y + n * bar + 8}" font-size="9" fill="#333">${value >= 10 ? value.toFixed(0) : value.toFixed(2)}</text>`,
      ),
    );
    y += heightOf(group);
  }
  if (goal)
    parts.push(
      `<line x1="${x(goal.at)}" x2="${x(goal.at)}" y1="${top - 6}" y2="${bottom}" stroke="#c00" stroke-dasharray="4 3"/><text x="${x(goal.at) + 4}" y="${top - 8}" fill="#c00">${goal.says}</text>`,
    );
  const height = bottom + 24;
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" font-family="sans-serif" font-size="12"><rect width="100%" height="100%" fill="#fff"/>${parts.join('\n')}</svg>\n`;
}
