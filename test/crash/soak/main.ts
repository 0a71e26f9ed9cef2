// npm run soak [-- --minutes 15 --rate-limit 10 --seed …] runs one Postern for a long time. The exit code is 1 if its memory
// grows.

import { randomInt } from 'node:crypto'
import { parseArgs } from 'node:util'
import { MINUTE, SECOND } from '../../../src/runtime/clock.ts'
import { createReleases } from '../../../src/runtime/releases.ts'
import { startProcess } from '../../bench/processes.ts'
import { createRandom } from '../../support/random.ts'
import { leftDue, memoryUsed } from '../../support/records.ts'
import { startWorld } from '../../support/world.ts'
import { compile } from '../compile.ts'
import { createLife } from './life.ts'
import { head, line, type Sample, verdict } from './memory.ts'

const INTERVAL = 10 * SECOND

/** Emails that the simulated Resend keeps; few, to leave the machine's memory to Postern. */
const KEPT = 100

const say = (text: string) => process.stdout.write(`${text}\n`)

const { values: options } = parseArgs({
  options: {
    minutes: { type: 'string', default: '15' },
    'rate-limit': { type: 'string', default: '10' },
    seed: { type: 'string', default: `${randomInt(2 ** 32)}` },
  },
})

const soak = async (main: string, minutes: number, rateLimit: number, seed: string) => {
  const releases = createReleases()
  try {
    const world = releases.add(await startWorld({ rateLimit, keep: KEPT }), (it) => it.close())
    const { redis, polar, resend, settings } = world
    const own = { RESEND_RATE_LIMIT: `${rateLimit}`, LINK_SETTLE_SECONDS: '0', ROLE: 'all' }
    const postern = releases.add(
      startProcess([main], { ...settings, ...own }, { url: `${settings.PUBLIC_URL}/readyz` }),
      (it) => it.close(),
    )
    await postern.ready()
    const life = createLife(
      {
        deliver: async (event, webhookId) => (await polar.deliver(event, { webhookId })).status,
        applyEvent: (event) => void polar.applyEvent(event),
      },
      createRandom(seed),
    )
    resend.beforeAnswer = life.read
    const began = Date.now()
    const samples: Sample[] = []
    const measure = async () => {
      const sample = {
        at: Date.now() - began,
        delivered: life.counts.delivered,
        accepted: resend.accepted(),
        clicks: life.counts.clicks,
        resident: await postern.resident(),
        redis: await memoryUsed(redis.url),
      }
      samples.push(sample)
      say(line(sample))
    }
    say(`--seed ${seed}\n${head}`)
    await measure()
    let failed: unknown
    const timer = setInterval(() => measure().catch((error) => (failed ??= error)), INTERVAL)
    await life.live(began + minutes * MINUTE).finally(() => clearInterval(timer))
    if (failed) throw failed
    const { isFlat, middle, last, bytesAMessage } = verdict(samples)
    const { refused, clicks, entered } = life.counts
    say(
      `\nresident ${middle.toFixed(1)} MiB in the middle third, ${last.toFixed(1)} MiB in the last: ${isFlat ? 'flat' : 'GROWING'}`,
    )
    say(`Redis keeps ${Math.round(bytesAMessage)} bytes a message`)
    say(
      `${resend.requests()} requests to Resend, ${await leftDue(redis.url)} entries due at the end`,
    )
    say(`${refused} webhooks not answered with 202, ${entered} of ${clicks} clicks let in`)
    return isFlat
  } finally {
    await releases.close()
  }
}

for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(1))

const { main, remove } = await compile()
process.exitCode = 1
try {
  const isFlat = await soak(
    main,
    Number(options.minutes),
    Number(options['rate-limit']),
    options.seed,
  )
  process.exitCode = isFlat ? 0 : 1
} finally {
  await remove()
}
