// npm run bench [-- [--short] [row …]]: each row beside the naive peer, in the same run. A row that cannot be measured ends
// the run with 1; an aim that is missed is said in the table and ends it with 0.

import { click } from './click.ts'
import { compile } from './compile.ts'
import { crash } from './crash.ts'
import { customers } from './customers.ts'
import { drain } from './drain.ts'
import { door } from './endpoint.ts'
import { startWorld } from './ground.ts'
import { idle } from './idle.ts'
import { pipeline } from './pipeline.ts'
import { render } from './render.ts'
import { signature } from './signature.ts'
import { start } from './start.ts'
import { type Line, table } from './table.ts'

const ROWS = {
  ...{ render, signature, door, idle, click, start, drain, pipeline, customers, crash },
}

const say = (line: string) => process.stdout.write(`${line}\n`)

const bench = async (args: readonly string[]) => {
  const isShort = args.includes('--short')
  const asked = args.filter((arg) => arg !== '--short')
  const unknown = asked.find((name) => !(name in ROWS))
  if (unknown)
    throw new Error(`no row is called ${unknown}; there are ${Object.keys(ROWS).join(', ')}`)
  await compile()
  const world = await startWorld()
  const lines: Line[] = []
  try {
    for (const [name, row] of Object.entries(ROWS)) {
      if (asked.length > 0 && !asked.includes(name)) continue
      say(`${name} …`)
      const measured = await row(world, isShort).catch((cause: Error) => {
        throw new Error(`${name}: ${cause.message}`, { cause })
      })
      lines.push(...measured)
    }
  } finally {
    await world.close()
  }
  say(`\n${table(lines)}`)
}

try {
  await bench(process.argv.slice(2))
} catch (error) {
  process.stderr.write(`${(error as Error).message}\n`)
  process.exitCode = 1
}
