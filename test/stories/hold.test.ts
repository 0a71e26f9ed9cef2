// An operator holds all mail, lists what waits, releases it, and decides about messages that are
// held individually.

import { describe, expect, test } from 'vitest'
import type { Kind } from '../../emails/index.ts'
import type { Held, State } from '../../src/deliveries/delivery.ts'
import { customerKeyOf, messageId } from '../../src/records/message-id.ts'
import { createDue, type Priority } from '../../src/redis/due.ts'
import { createPause } from '../../src/resend/pause.ts'
import { createRateLimiter } from '../../src/resend/rate-limiter.ts'
import { MINUTE, systemClock } from '../../src/runtime/clock.ts'
import { runCommand } from '../support/command.ts'
import { loadDelivery, stateIn, storeMessage } from '../support/deliveries.ts'
import { emptyRedis } from '../support/empty-redis.ts'

const { redis, url } = await emptyRedis()

const hold = () => runCommand('hold', { REDIS_URL: url })
const held = () => runCommand('held', { REDIS_URL: url })
const release = (...args: string[]) => runCommand('release', { REDIS_URL: url }, args)

const pause = () => createPause({ redis, clock: systemClock })
const isPaused = async () => {
  const limiter = createRateLimiter({ redis, rate: 5, pause: pause(), clock: systemClock })
  return (await limiter.acquire()) === 'paused'
}
const stateOf = async (id: string) => stateIn((await loadDelivery(redis, id)).delivery)
const due = createDue(redis, 'deliveries', systemClock, customerKeyOf)
const dueIn = due.take

const SINCE = Date.parse('2026-11-22T09:00:00Z')
let people = 0

/** A message with a delivery in this state. */
const message = (next: State, kind: Kind = 'order_confirmation', at = SINCE) =>
  storeMessage(redis, { customerId: `customer-${++people}`, kind, at }, next)

const heldMessage = (because: Held, { at = SINCE, kind }: { at?: number; kind?: Kind } = {}) =>
  message({ state: 'held', at, because, generation: 3 }, kind, at)

const RELEASED = { state: 'waiting', generation: 3, notBefore: 0, isReleased: true }

describe('npm run hold', () => {
  test('stops all mail, counts what waits, and explains the effect and how to undo it', async () => {
    await waiting('ann', 'order/1')
    const { code, out, err } = await hold()
    expect({ code, err }).toEqual({ code: 0, err: '' })
    expect(out).toMatch(/^All mail is on hold\. No process sends anything to Resend any more/)
    expect(out).toContain('\n1 message to 1 person waits to be sent.\n')
    expect(out).toContain('npm run release -- all')
    expect(await isPaused()).toBe(true)
    expect(await pause().state()).toEqual({ held: 'command' })
  })

  test('says so when all mail was on hold already', async () => {
    await pause().hold('command')
    expect((await hold()).out).toBe(
      'All mail was on hold already. Nothing has changed.\nNo message waits to be sent.\n',
    )
  })

  test('stays in force after SEND_MODE=hold is gone', async () => {
    await pause().hold('setting')
    expect((await hold()).out).toContain('already, by SEND_MODE=hold. Now it stays on hold')
    await pause().release('setting')
    expect(await pause().state()).toEqual({ held: 'command' })
  })
})

/** A message that waits for its turn; `person` is its customer. */
const waiting = async (person: string, fact: string, priority: Priority = 'high') => {
  const id = messageId('order_confirmation', fact, { customerId: person, memberId: null })
  await due.at(id, SINCE, priority)
  return id
}

describe.each([
  ['npm run held', held],
  ['npm run release without arguments', () => release()],
])('%s', (name, run) => {
  test.each([
    ['command', 'npm run hold'],
    ['console', 'an operator in the console'],
    ['setting', 'SEND_MODE=hold'],
  ] as const)('releases nothing that a %s holds', async (by, what) => {
    await pause().hold(by)
    const { code, out, err } = await run()
    expect({ code, err }).toEqual({ code: 0, err: '' })
    expect(out).toMatch(
      new RegExp(`^All mail is on hold, by ${what}\\. Nothing is sent until `, 'm'),
    )
    expect(await pause().state()).toEqual({ held: by })
    expect(await isPaused()).toBe(true)
  })

  test('says that Postern holds all mail by itself after a gap', async () => {
    await pause().hold('gap')
    expect((await run()).out).toContain('All mail is on hold: Postern was away, and asks Resend')
  })

  test('says that nothing waits', async () => {
    const { out } = await run()
    expect(out).toMatch(
      /^Mail is not on hold\.\nNo worker runs, so nothing is sent\.\nNo message waits to be sent\.\n\nNo message is held individually\.\n/,
    )
    if (!name.includes('release')) expect(out).not.toContain('npm run release')
    else {
      for (const how of ['-- all ', '-- msg_… ', '-- --suppression <address> '])
        expect(out).toContain(`  npm run release ${how}`)
    }
  })

  test('counts one message to one person as one', async () => {
    await waiting('ann', 'order/1')
    expect((await run()).out).toContain('\n1 message to 1 person waits to be sent.\n')
  })

  test('counts the waiting messages and their recipients', async () => {
    await waiting('ann', 'order/1')
    await waiting('ann', 'order/2')
    await waiting('ben', 'order/3', 'low')
    expect((await run()).out).toContain('\n3 messages to 2 people wait to be sent.\n')
  })

  test('says when mail is only paused', async () => {
    await pause().pause(Date.now() + 10 * MINUTE, 'quota')
    expect((await run()).out).toMatch(/paused until [\d-]+ [\d:]+ UTC \(quota\), and resumes by/)
  })

  test('lists the held messages without addresses, and leaves them held', async () => {
    const second = await heldMessage('unconfirmed', { at: SINCE + MINUTE })
    const first = await heldMessage('too_many', { kind: 'subscription_cycled' })
    const { out, err } = await run()
    expect(out).toContain('2 messages to 2 people are held individually')
    expect(out).toContain(
      '1 message to 1 person, too_many: its address had too many emails within an hour',
    )
    expect(out).toMatch(/1 message to 1 person, unconfirmed: .* may send it a second time/)
    const lines = out.split('\n').filter((line) => line.startsWith('  msg_'))
    expect(lines).toEqual([
      `  ${first}  Renewal receipt  too_many  since 2026-11-22 09:00 UTC`,
      `  ${second}  Order confirmation  unconfirmed  since 2026-11-22 09:01 UTC`,
    ])
    expect(out + err).not.toMatch(/@|example\.com/)
    expect(await stateOf(first)).toMatchObject({ state: 'held' })
  })

  test('lists the fifty messages held longest, and counts the others', async () => {
    for (let n = 0; n < 53; n++) await heldMessage('too_many', { at: SINCE - n * MINUTE })
    const { out } = await run()
    expect(out.match(/^ {2}msg_[\w-]{44} /gm)).toHaveLength(50)
    expect(out).toContain('53 messages to 53 people are held individually')
    expect(out).toContain('53 messages to 53 people, too_many: their addresses had too many')
    expect(out).toContain('  and 3 more\n')
    expect(out).toContain('since 2026-11-22 08:08 UTC')
    expect(out).not.toContain('since 2026-11-22 09:00 UTC')
  })
})

test.each<[string, boolean, () => Promise<unknown>]>([
  ['nothing waits, on hold', false, () => pause().hold('setting')],
  ['a message waits its turn, not on hold', false, () => waiting('ann', 'order/1')],
  [
    'a message waits, on hold',
    true,
    () => Promise.all([pause().hold('setting'), waiting('ann', 'order/1')]),
  ],
  ['a message is held individually', true, () => heldMessage('too_many')],
])('npm run held, where %s, says how to release messages: %s', async (_, isOffered, arrange) => {
  await arrange()
  expect((await held()).out.includes('To see how to release them: npm run release')).toBe(isOffered)
})

describe('npm run release -- all', () => {
  test.each(['command', 'setting'] as const)('releases all mail that a %s held', async (by) => {
    await pause().hold(by)
    await waiting('ann', 'order/1')
    const { code, out } = await release('all')
    expect(code).toBe(0)
    expect(out).toMatch(/^All mail is released: 1 message to 1 person goes out now\.\n/)
    expect(out.includes('SEND_MODE=hold holds it again')).toBe(by === 'setting')
    expect(await isPaused()).toBe(false)
  })

  test('says so when nothing was on hold', async () => {
    const { code, out } = await release('all')
    expect([code, out]).toEqual([0, 'Mail is not on hold.\nNothing has changed.\n'])
  })

  test('leaves individually held messages held, and says so', async () => {
    await pause().hold('command')
    const id = await heldMessage('too_many')
    const { out } = await release('all')
    expect(out).toMatch(/\nStill held individually:\n1 message to 1 person, too_many/)
    expect(await stateOf(id)).toMatchObject({ state: 'held' })
  })

  test('may be combined with message ids', async () => {
    await pause().hold('command')
    const id = await heldMessage('too_many')
    const { code, out } = await release('all', id)
    expect(code).toBe(0)
    expect(out).toMatch(/^All mail is released[\s\S]*\n1 message to 1 person released\.\n$/)
    expect(await stateOf(id)).toEqual(RELEASED)
  })
})

describe('npm run release -- with held messages', () => {
  test('releases a message, which is due at once and is not held for the same reason again', async () => {
    const id = await heldMessage('too_many')
    const { code, out } = await release(id)
    expect([code, out]).toEqual([0, '1 message to 1 person released.\n'])
    expect(await stateOf(id)).toEqual(RELEASED)
    expect(await dueIn('high')).toEqual([id])
    expect((await held()).out).toContain('No message is held individually.')
  })

  test('gives it the priority of its kind', async () => {
    const id = await heldMessage('too_many', { kind: 'subscription_cycled' })
    await release(id)
    expect(await dueIn('high')).toEqual([])
    expect(await dueIn('low')).toEqual([id])
  })

  test('too_many never releases a message that may have been sent', async () => {
    const ids = [await heldMessage('too_many'), await heldMessage('too_many')]
    const doubtful = await heldMessage('unconfirmed')
    const { code, out } = await release('too_many')
    expect(code).toBe(0)
    expect(out).toMatch(
      /^2 messages to 2 people released\.\nStill held individually:\n1 message to 1 person, unconf/,
    )
    for (const id of ids) expect(await stateOf(id)).toEqual(RELEASED)
    expect(await stateOf(doubtful)).toMatchObject({ state: 'held' })
  })

  test('unconfirmed releases such a message, and warns that it may arrive twice', async () => {
    const many = await heldMessage('too_many')
    const doubtful = await heldMessage('unconfirmed')
    const { out } = await release('unconfirmed')
    expect(out).toMatch(/1 message of these may have been sent already, and may arrive twice/)
    expect(await stateOf(doubtful)).toEqual(RELEASED)
    expect(await stateOf(many)).toMatchObject({ state: 'held' })
  })

  test('says that released messages still wait while all mail is on hold', async () => {
    await pause().hold('command')
    const { out } = await release(await heldMessage('too_many'))
    expect(out).toContain('All mail is on hold, so they wait with the rest')
    expect(await pause().state()).toEqual({ held: 'command' })
  })

  test('releases nothing if one name is unknown', async () => {
    await pause().hold('command')
    const id = await heldMessage('too_many')
    const unknownNames = ['unconfrimed', 'msg_short', '--all', 'constructor']
    const { code, out, err } = await release('all', id, ...unknownNames)
    expect([code, out]).toEqual([1, ''])
    expect(err).toBe(
      [
        ...unknownNames.map(
          (word) =>
            `"${word}" is not "all", a message id, or a reason for which messages are held.`,
        ),
        'Nothing was released. Name all, message ids (msg_…), or: too_many, unconfirmed.\n',
      ].join('\n'),
    )
    expect(await stateOf(id)).toMatchObject({ state: 'held' })
    expect(await pause().state()).toEqual({ held: 'command' })
  })

  test('names messages that are not held or unknown, releases the others, and exits with 1', async () => {
    const accepted: State = { state: 'accepted', at: SINCE, providerId: 're_1' }
    const sent = await message(accepted)
    const unknown = `msg_${'x'.repeat(44)}`
    const id = await heldMessage('too_many')
    const { code, out, err } = await release(sent, unknown, id)
    expect([code, out]).toEqual([1, '1 message to 1 person released.\n'])
    expect(err).toBe(`${sent} is not held; it is accepted.\nThere is no message ${unknown}.\n`)
    expect(await stateOf(sent)).toEqual(accepted)
  })
})
