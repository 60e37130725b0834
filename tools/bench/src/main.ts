import { parseArgs } from 'node:util';
import { WrongResult } from './harness/bench.js';
import { asJson, asTable, isGoodEnough, reportOf } from './harness/report.js';
import { benches } from './registry.js';

const usage = `npm run bench -- <name> [<name> …] [--quick] [--seed <number>]

${Object.entries(benches)
  .map(([name, { title }]) => `  ${name.padEnd(15)} ${title}`)
  .join('\n')}
`;

/** Exit codes: 1 for a wrong result or a wrong call, 2 for a result below its target. */
async function main(): Promise<number> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { quick: { type: 'boolean', default: false }, seed: { type: 'string', default: '20250203' } },
  });
  const unknown = positionals.filter((name) => !Object.hasOwn(benches, name));
  if (positionals.length === 0 || unknown.length > 0) {
    if (unknown.length > 0) process.stderr.write(`There is no bench named ${unknown.join(', ')}.\n`);
    process.stderr.write(usage);
    return 1;
  }
  let code = 0;
  for (const name of positionals) code = Math.max(code, await runBench(name, values.quick, Number(values.seed)));
  return code;
}

async function runBench(name: string, quick: boolean, seed: number): Promise<number> {
  const bench = benches[name];
  if (!bench) return 1;
  try {
    const report = reportOf(name, { quick, seed }, await bench.run({ quick, seed }));
    process.stdout.write(`${asTable(report)}${asJson(report)}\n`);
    return isGoodEnough(report) ? 0 : 2;
  } catch (error) {
    if (!(error instanceof WrongResult)) throw error;
    process.stderr.write(`${name}: wrong result. ${error.message}\n`);
    return 1;
  }
}

// Programs that it started end with it, whoever ends it.
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(1));

process.exitCode = await main();
