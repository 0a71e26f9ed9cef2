// Long work that an operator starts in the console: it is looked at first, one at a time, shows its progress, and can be stopped.

import { expect, test } from 'vitest'
import { HOUR, MINUTE } from '../../src/runtime/clock.ts'
import { NAVIGATION, visit } from '../../src/sandbox/person.ts'
import { runCommand } from '../support/command.ts'
import { paidOrder } from '../support/events.ts'
import { linesOf } from '../support/mailed.ts'
import { formsIn, signedIn, startWithConsole, submit } from '../support/operator.ts'
import type { TestSystem } from '../support/system.ts'

const PATH = '/console/work'
const LOOK = 'Look for missed webhooks'
const LONG = 4 * MINUTE

/** Patient enough for a busy machine. */
const POLL = { timeout: MINUTE, interval: 100 }

const start = async () => {
  const system = await startWithConsole({ reports: false })
  const operator = await signedIn(system)
  const minute = (at: number) => new Date(at).toISOString().slice(0, 16)
  const since = minute(system.clock.now() - HOUR)
  const shows = (text: RegExp) => expect.poll(() => operator.text(PATH), POLL).toMatch(text)
  return { system, operator, since, shows }
}

const missedPurchase = async ({ polarWorld }: TestSystem) => {
  polarWorld.webhooks.change({ enabled: false })
  await polarWorld.scenario.purchase({ customer: { email: 'one@example.com' } })
  polarWorld.webhooks.change({ enabled: true })
}

test(
  'what was missed is looked at first, and then made up for once',
  async () => {
    const { system, operator, since, shows } = await start()
    await missedPurchase(system)
    expect((await operator.press(PATH, LOOK, { since: 'monday' })).body).toContain(
      'Nothing was begun.',
    )
    expect((await operator.press(PATH, LOOK, { since })).body).toContain('Backfill, dry run')
    await shows(/Backfill, dry run Done 100 %/)
    expect(await operator.text(PATH)).toMatch(/Order confirmation, would send 1 /)
    expect((await operator.read(PATH)).body).not.toContain('http-equiv')
    await system.settle()
    expect(system.mails()).toEqual([])

    await operator.press(PATH, 'Make up for what was missed')
    await shows(/Backfill Done 100 % .*Order confirmation, goes out 1 /)
    await expect.poll(() => system.mails().length, POLL).toBe(1)
    expect(await operator.text('/console/actions')).toMatch(
      /long work started work backfill console .*long work started work backfill, dry run console/,
    )
    expect(linesOf(system, 'long work ended')).toMatchObject([
      { work: 'backfill, dry run', ended: 'done' },
      { work: 'backfill', ended: 'done' },
    ])
  },
  LONG,
)

test(
  'while Polar is away the page shows what runs, nothing else begins, and a stop ends it',
  async () => {
    const { system, operator, since, shows } = await start()
    system.polarWorld.fault = () => ({ status: 503 })
    await operator.press(PATH, LOOK, { since })
    await shows(/Backfill, dry run Running 0 % .*Started by the console \(session [\w-]{8}\)/)
    const { body } = await operator.read(PATH)
    expect(body).toMatch(/<noscript><meta http-equiv="refresh" content="2"\/><\/noscript>/)
    expect(body).not.toContain(LOOK)
    const [stop] = formsIn(body).filter(({ button }) => button === 'Stop')
    const { cookie } = operator
    const send = (to: string, fields: Record<string, string>) =>
      submit(`${system.postern}${PATH}/${to}`, { ...stop?.fields, ...fields }, { cookie })
    const refusal = 'Nothing more was begun: a backfill, dry run is not done yet.'
    await send('do', { after: 'an earlier one' })
    expect(await operator.text(PATH)).toContain(refusal)
    await send('start', { what: 'reindex' })
    const readAgain = { ...NAVIGATION, cookie, 'x-refresh': '1' }
    const inAnotherTab = await visit(`${system.postern}${PATH}`, { headers: readAgain })
    expect([inAnotherTab.status, inAnotherTab.body.includes(refusal)]).toEqual([200, false])
    expect(await operator.text(PATH)).toContain(refusal)
    const refused = await runCommand('reindex', system.environment)
    expect([refused.code, refused.out]).toEqual([1, ''])
    expect(refused.err).toMatch(
      /^Nothing was begun: a backfill, dry run runs since .* UTC, by an operator in the console \(session [\w-]{8}\)\. It is at 0 %/,
    )
    await operator.press(PATH, 'Stop')
    await shows(/Backfill, dry run Stopped 0 %/)
    const [resume] = formsIn((await operator.read(PATH)).body).filter(
      ({ button }) => button === 'Go on where it ended',
    )
    await send('resume', { after: 'an earlier one' })
    expect(await operator.text(PATH)).toContain('Nothing was begun.')
    await send('resume', { ...resume?.fields })
    await shows(/Backfill, dry run Running 0 %/)
    await operator.press(PATH, 'Stop')
    await shows(/Backfill, dry run Stopped 0 %/)
    expect((await runCommand('reindex', system.environment)).code).toBe(0)
    await shows(/Reindex Done 100 % .*Started by command \(.*process \d+\) Records \d+/)
  },
  LONG,
)

test(
  'events are replayed after a look at them, and a reindex mends the indexes',
  async () => {
    const { system, operator, since, shows } = await start()
    await system.polarWorld.deliver(paidOrder())
    await system.settle()
    const before = system.outcomes().length
    await operator.press(PATH, 'Look at these events', { since })
    await shows(/Replay of events, dry run Done .*Events 1 .*Can be interpreted again 1/)
    expect(await operator.text(PATH)).toContain('was decided before, and is not sent twice 1')
    expect(system.outcomes()).toHaveLength(before)
    await operator.press(PATH, 'Interpret these events again')
    await shows(/Replay of events Done .*Are interpreted again 1/)
    await expect.poll(() => system.outcomes().length, POLL).toBe(before + 1)
    await system.settle()
    expect(system.mails()).toHaveLength(1)

    await operator.press(PATH, 'Reindex')
    await shows(/Reindex Done 100 % .*Records 2 Entries repaired 0 Removed 0/)
  },
  LONG,
)
