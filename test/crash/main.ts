// npm run crash [-- --facts 10000 --per-second 100 --kills 5 --rate-limit 10 --seed … --runs 1 --cluster] runs storms, one
// after the other; with `--cluster` on a Redis Cluster, with two web roles and three workers. The exit code is 1 if a fact has no email, or two, in any of them.

import { randomInt } from 'node:crypto'
import { parseArgs } from 'node:util'
import { compile } from './compile.ts'
import { line, table } from './report.ts'
import { storm } from './storm.ts'

const say = (text: string) => process.stdout.write(`${text}\n`)

const { values: options } = parseArgs({
  options: {
    facts: { type: 'string', default: '10000' },
    'per-second': { type: 'string', default: '100' },
    kills: { type: 'string', default: '5' },
    'rate-limit': { type: 'string', default: '10' },
    seed: { type: 'string' },
    runs: { type: 'string', default: '1' },
    cluster: { type: 'boolean', default: false },
  },
})

for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(1))

const { main, remove } = await compile()
process.exitCode = 1
try {
  const runs = Number(options.runs)
  let failed = 0
  for (let run = 1; run <= runs; run++) {
    const seed = `${options.seed ?? randomInt(2 ** 32)}${runs > 1 && options.seed ? `-${run}` : ''}`
    say(`storm ${run} of ${runs}, --seed ${seed}`)
    const outcome = await storm({
      main,
      seed,
      say,
      facts: Number(options.facts),
      perSecond: Number(options['per-second']),
      kills: Number(options.kills),
      // A failover takes seconds: with one after another, a cluster would do nothing else.
      killsOn: !options.cluster,
      rateLimit: Number(options['rate-limit']),
      isCluster: options.cluster,
    })
    say(runs > 1 ? line(outcome) : `\n${table(outcome)}`)
    for (const problem of outcome.problems) say(`WRONG: ${problem}`)
    if (outcome.problems.length > 0) failed += 1
  }
  say(`\n${runs - failed} of ${runs} ${runs === 1 ? 'storm' : 'storms'} without a fault`)
  process.exitCode = failed > 0 ? 1 : 0
} finally {
  await remove()
}
