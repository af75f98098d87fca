// The figures of a run, as a table and as JSON.

import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import type { Faults } from './ledger';
import type { Machine, Usage } from './resources';

export interface Spread {
  readonly p50: number;
  readonly p99: number;
  readonly max: number;
}

export function spreadOf(samples: readonly number[]): Spread {
  const sorted = [...samples].sort((a, b) => a - b);
  const at = (share: number) => sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)] ?? Number.NaN;
  return { p50: at(0.5), p99: at(0.99), max: at(1) };
}

export interface ProgramFigures {
  readonly name: string;
  readonly before: Usage;
  readonly after: Usage;
}

export interface Report {
  readonly date: string;
  readonly revision: string;
  readonly command: string;
  readonly machine: Machine;
  readonly people: number;
  readonly seconds: number;
  readonly lines: number;
  readonly deliveries: number;
  readonly faults: Faults & { missing: number; refused: Record<string, number>; ended: string[] };
  /** Milliseconds from before a line's POST until half of the pages, and the last one, have it. */
  readonly median_page_ms: Spread;
  readonly last_page_ms: Spread;
  readonly programs: readonly ProgramFigures[];
  readonly store_bytes: { readonly before: number; readonly after: number };
  readonly generator: { readonly cpu_share: number; readonly late_ms: number };
}

export function isClean(report: Report): boolean {
  const { lost, repeated, strange, missing, refused, ended } = report.faults;
  return lost + repeated + strange + missing + ended.length === 0 && Object.keys(refused).length === 0;
}

const number = (value: number, digits = 1) =>
  value.toLocaleString('en', { minimumFractionDigits: digits, maximumFractionDigits: digits });
const spread = ({ p50, p99, max }: Spread) => `p50 ${number(p50)}   p99 ${number(p99)}   max ${number(max)} ms`;
const mebibytes = (bytes: number) => `${number(bytes / 2 ** 20)} MiB`;

function costRows(report: Report): [string, string][] {
  return report.programs.flatMap(({ name, before, after }): [string, string][] => {
    const seconds = after.cpuSeconds - before.cpuSeconds;
    const aLine = number((seconds / report.lines) * 1e6, 0);
    const aDelivery = number((seconds / report.deliveries) * 1e6);
    const share = number((seconds / report.seconds) * 100);
    const memory = `${mebibytes(before.residentBytes)} to ${mebibytes(after.residentBytes)}`;
    return [
      [`${name}: CPU`, `${aLine} µs a line, ${aDelivery} µs a delivery; ${share} % of one core`],
      [`${name}: memory`, memory],
    ];
  });
}

function faultRow(report: Report): string {
  const { lost, repeated, strange, missing, refused, ended } = report.faults;
  const told = Object.entries(refused).map(([what, times]) => `${times} × ${what}`);
  const not = told.length === 0 ? 'none refused' : `refused: ${told.join(', ')}`;
  const gone = ended.length === 0 ? 'no channel ended' : `ended: ${ended.join('; ')}`;
  return `lost ${lost + missing}, repeated ${repeated}, strange ${strange}; ${not}; ${gone}`;
}

export function table(report: Report): string {
  const { machine, store_bytes: store, generator } = report;
  const rows: [string, string][] = [
    ['lines said', `${number(report.lines, 0)} in ${number(report.seconds, 0)} s by ${report.people} people`],
    ['deliveries', number(report.deliveries, 0)],
    ['faults', faultRow(report)],
    ['the median page has it', spread(report.median_page_ms)],
    ['the last page has it', spread(report.last_page_ms)],
    ...costRows(report),
    ['store on disk', `${mebibytes(store.before)} to ${mebibytes(store.after)}`],
    [
      'the generator itself',
      `${number(generator.cpu_share * 100)} % of one core; at most ${number(generator.late_ms)} ms late`,
    ],
  ];
  const width = Math.max(...rows.map(([name]) => name.length));
  const body = rows.map(([name, value]) => `  ${name.padEnd(width)}  ${value}`).join('\n');
  const where = `${machine.cpu}, ${machine.cores} cores, ${machine.kernel}, node ${machine.node}`;
  return `\n  ${report.command}\n  ${where}, load before ${number(machine.load_before, 2)}; ${report.revision}, ${report.date}\n\n${body}\n`;
}

export function writeResults(report: Report, file: string): void {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, `${JSON.stringify(report, null, 2)}\n`);
}
