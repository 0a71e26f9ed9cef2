// npm run bench [-- [--short] [--json] [row …]]: measures each row beside the naive peer, in the same run. If a row cannot be
// measured, the others are, and the exit code is 1. A missed aim is shown in the table, and the exit code is 0. With --json,
// standard output has one JSON document, and the progress goes to standard error.

import { availableParallelism, cpus, totalmem } from 'node:os'
import { backfill } from './backfill.ts'
import { click } from './click.ts'
import { compile } from './compile.ts'
import { consolePages } from './console.ts'
import { crash } from './crash.ts'
import { customers } from './customers.ts'
import { drain } from './drain.ts'
import { endpoint } from './endpoint.ts'
import { history } from './history.ts'
import { idle } from './idle.ts'
import { memory } from './memory.ts'
import { pipeline } from './pipeline.ts'
import { render } from './render.ts'
import { schedule } from './schedule.ts'
import { startWorld } from './sides.ts'
import { signature } from './signature.ts'
import { start } from './start.ts'
import { figuresOf, type Line, table } from './table.ts'

const ROWS = {
  render,
  signature,
  endpoint,
  idle,
  click,
  start,
  drain,
  pipeline,
  customers,
  memory,
  schedule,
  backfill,
  crash,
  // At the end: their two Redis servers stay for both.
  history,
  console: consolePages,
}

const FLAGS = ['--short', '--json']

/** The machine and the moment that the figures are of. */
const circumstances = (isShort: boolean) => ({
  at: new Date().toISOString(),
  node: process.version,
  processor: cpus()[0]?.model ?? 'unknown',
  cores: availableParallelism(),
  memoryMiB: Math.round(totalmem() / 2 ** 20),
  isShort,
})

const bench = async (args: readonly string[]) => {
  const [isShort, isJson] = FLAGS.map((flag) => args.includes(flag)) as [boolean, boolean]
  const wanted = args.filter((arg) => !FLAGS.includes(arg))
  const progress = isJson ? process.stderr : process.stdout
  const unknown = wanted.find((name) => !(name in ROWS))
  if (unknown)
    throw new Error(`There is no row ${unknown}. The rows are ${Object.keys(ROWS).join(', ')}.`)
  await compile()
  const world = await startWorld()
  const lines: Line[] = []
  try {
    for (const [name, row] of Object.entries(ROWS)) {
      if (wanted.length > 0 && !wanted.includes(name)) continue
      progress.write(`${name} …\n`)
      try {
        lines.push(...(await row(world, isShort)))
      } catch (error) {
        process.stderr.write(`${name} could not be measured: ${(error as Error).message}\n`)
        process.exitCode = 1
      }
    }
  } finally {
    await world.close()
  }
  const figures = { ...circumstances(isShort), figures: figuresOf(lines) }
  process.stdout.write(isJson ? `${JSON.stringify(figures, null, 2)}\n` : `\n${table(lines)}\n`)
}

try {
  await bench(process.argv.slice(2))
} catch (error) {
  process.stderr.write(`${(error as Error).message}\n`)
  process.exitCode = 1
}
