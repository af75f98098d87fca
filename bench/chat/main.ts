// A full room of Retro Chat: people on real channels, an even stream of lines, and whether each of them heard each line once
// and in order. Loopback only.

import { commandOf, type Options, readOptions } from './options';
import { type House, openHouse } from './programs';
import { isClean, type Report, spreadOf, table, writeResults } from './report';
import { revision, storeBytes, thisMachine, usageOf } from './resources';
import { Talk } from './talk';

const root = process.env.TAYORI_ROOT ?? '.';

/** One line on a terminal that says how far it is; nothing elsewhere. */
function progress(what: string, of: number): (done: number) => void {
  if (!process.stderr.isTTY) return () => undefined;
  return (done) => {
    process.stderr.write(`\r\x1b[K  ${what}: ${done} of ${of}${done === of ? '\n' : ''}`);
  };
}

async function measure(options: Options, house: House): Promise<Report> {
  const machine = thisMachine();
  const talk = new Talk(house.url, options.people);
  await talk.gather(progress('signing up', options.people));
  await talk.comeIn(progress('coming in', options.people));
  const look = () => house.programs.map(({ pid }) => usageOf(pid));
  const lines = Math.round(options.minutes * 60 * options.lines);

  const before = look();
  const storeBefore = storeBytes(house.folder);
  const heardBefore = talk.ledger.heard;
  const own = process.cpuUsage();
  const began = performance.now();
  await talk.talk(options.minutes * 60, options.lines, progress('talking', lines));
  const seconds = (performance.now() - began) / 1_000;
  const { user, system } = process.cpuUsage(own);
  const after = look();

  const { median, last } = talk.ledger.delays(talk.size);
  const { faults, heard } = talk.ledger;
  const report: Report = {
    date: new Date().toISOString(),
    revision: revision(root),
    command: commandOf(options),
    machine,
    people: talk.size,
    seconds,
    lines: talk.ledger.lines,
    deliveries: heard - heardBefore,
    faults: {
      ...faults,
      missing: talk.ledger.linesMissing(talk.size),
      refused: Object.fromEntries(talk.outcome.refused),
      ended: [...talk.outcome.ended],
    },
    median_page_ms: spreadOf(median),
    last_page_ms: spreadOf(last),
    programs: house.programs.map(({ name }, i) => ({
      name,
      before: before[i] ?? { cpuSeconds: 0, residentBytes: 0 },
      after: after[i] ?? { cpuSeconds: 0, residentBytes: 0 },
    })),
    store_bytes: { before: storeBefore, after: storeBytes(house.folder) },
    generator: { cpu_share: (user + system) / 1e6 / seconds, late_ms: talk.outcome.lateMs },
  };
  talk.close();
  return report;
}

async function main(): Promise<number> {
  const options = readOptions(process.argv.slice(2), root);
  const house = await openHouse(root, options.separate);
  try {
    const report = await measure(options, house);
    console.log(table(report));
    writeResults(report, options.results);
    return isClean(report) ? 0 : 1;
  } finally {
    await house.close();
  }
}

main().then(
  (code) => process.exit(code),
  (error: Error) => {
    console.error(`bench/chat: ${error.message}`);
    process.exit(2);
  },
);
