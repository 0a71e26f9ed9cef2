// After a gap in the heartbeats: what Resend has accepted since, what of it is adopted, and when mail goes on.

import { beforeEach, describe, expect, test } from 'vitest'
import type { Alert } from '../../src/alerts/alert.ts'
import { createAdopt } from '../../src/deliveries/adopt.ts'
import { createAdoptions } from '../../src/deliveries/adoptions.ts'
import { UnansweredError } from '../../src/deliveries/ask-resend.ts'
import type { Happening, State } from '../../src/deliveries/delivery.ts'
import { transition } from '../../src/deliveries/transition.ts'
import { messageId } from '../../src/records/message-id.ts'
import { createPause } from '../../src/resend/pause.ts'
import { HOUR, MINUTE } from '../../src/runtime/clock.ts'
import { createLog } from '../../src/runtime/log.ts'
import { inState } from '../support/deliveries.ts'
import { emptyRedis } from '../support/empty-redis.ts'
import { PLANNED, stoppedClock } from './decided.ts'

const { redis } = await emptyRedis()

const SINCE = PLANNED
const FROM = 'billing@larkspur.example.com'
const idOf = (fact: string) =>
  messageId('order_confirmation', fact, { customerId: 'ann', memberId: null })

type Email = { id: string | null; at: number; from: string; links: string[] }

/** An email about a fact, as Resend has it. */
const sent = (fact: string, change: Partial<Email> = {}): Email => ({
  ...{ id: idOf(fact), at: SINCE + HOUR, from: `Larkspur <${FROM}>`, links: [idOf(fact)] },
  ...change,
})
const OLD = sent('old', { at: SINCE - HOUR })

/** @param known the states of messages that Redis knows. */
const searching = async (pages: Email[][] | null, known: Record<string, State> = {}) => {
  const adoptions = createAdoptions(redis, HOUR)
  const pause = createPause({ redis, clock: stoppedClock(PLANNED) })
  const emails = (pages ?? []).flat()
  const alerts: Alert[] = []
  const read: string[] = []
  const resend = { isSilent: false }
  const records = new Map(
    Object.entries(known).map(([fact, state]) => [idOf(fact), inState(state)]),
  )
  const load = async (id: string) => {
    const delivery = records.get(id)
    return delivery ? { id, record: { parts: { delivery } }, delivery } : null
  }
  const acceptedAs = (term: string) =>
    [...records].flatMap(([id, delivery]) =>
      delivery.state === 'accepted' && term === `email:${delivery.providerId}` ? [id] : [],
    )
  const adopt = createAdopt({
    ...{ adoptions, pause, from: FROM, log: createLog('silent') },
    ask: {
      pageAfter: async (after: string | null) => {
        const page = after === null ? 0 : Number(after.split('.')[0]) + 1
        return (
          pages && {
            emails: (pages[page] ?? []).map(({ at, from }, n) => ({
              ...{ providerId: `${page}.${n}`, to: [], at, from },
            })),
            hasMore: page + 1 < pages.length,
          }
        )
      },
      tagsOf: async (providerId: string) => {
        read.push(providerId)
        const [page, n] = providerId.split('.').map(Number)
        const email = pages?.[page ?? 0]?.[n ?? 0]
        if (!email || resend.isSilent) throw new UnansweredError('Resend has not answered')
        return { messageId: email.id, text: String(emails.indexOf(email)) }
      },
    },
    messagesLinkedIn: (text: string) => emails[Number(text)]?.links ?? [],
    deliveries: {
      load,
      apply: async ({ id, delivery }: { id: string; delivery: State }, happening: Happening) => {
        const next = transition({ history: [], ...delivery }, happening)
        if (next) records.set(id, next)
        return next
      },
    },
    index: { find: async (term: string) => ({ found: acceptedAs(term) }) },
    list: { load },
    notify: (alert: Alert) => void alerts.push(alert),
  } as unknown as Parameters<typeof createAdopt>[0])
  await adoptions.begin(SINCE)
  await pause.hold('gap')
  return { adopt, adoptions, pause, alerts, read, records, resend }
}

const outcome = async ({ adoptions, pause, alerts }: Awaited<ReturnType<typeof searching>>) => ({
  isOver: (await adoptions.search()) === null,
  isHeld: (await pause.state()) !== null,
  adopted: alerts.map((alert) => 'adopted' in alert && alert.adopted),
})

beforeEach(() => redis.flushall())

const GOES_ON = { isOver: true, isHeld: false, adopted: [] }
const WAITING: State = { state: 'waiting', generation: 0, notBefore: 0 }
const SENDING: State = {
  ...{ state: 'sending', generation: 1, attempts: 1 },
  ...{ firstAttemptAt: SINCE, retryAt: SINCE },
}

test.each<[string, Email[][] | null, Record<string, State>, object]>([
  ['that nobody sent an email in', [[OLD]], {}, GOES_ON],
  [
    'in which all that was sent is known',
    [[sent('a'), OLD]],
    { a: { state: 'accepted', at: SINCE, providerId: '0.0' } },
    GOES_ON,
  ],
  [
    'that Redis has forgotten emails of',
    [[sent('a'), sent('b')], [OLD]],
    {},
    { ...GOES_ON, adopted: [2] },
  ],
  [
    'that Redis knows a message of as waiting',
    [[sent('a'), OLD]],
    { a: WAITING },
    { ...GOES_ON, adopted: [1] },
  ],
  ['that began in the middle of a request', [[sent('a'), OLD]], { a: SENDING }, GOES_ON],
  ['with an email of another Postern', [[sent('a', { links: [] }), OLD]], {}, GOES_ON],
  ['with an email that the team sends by hand', [[sent('a', { id: null }), OLD]], {}, GOES_ON],
  [
    'before which Resend has no email',
    [[sent('a')]],
    {},
    { ...GOES_ON, isHeld: true, adopted: [1] },
  ],
  ['of a young account', [[]], {}, GOES_ON],
  ['about which the key may not ask', null, {}, GOES_ON],
])('a gap %s', async (_, pages, known, expected) => {
  const search = await searching(pages, known)
  await search.adopt()
  expect(await outcome(search)).toEqual(expected)
})

describe('the search', () => {
  test('has a forgotten email known, by message and for a while', async () => {
    const { adopt, adoptions, records } = await searching([[sent('a'), sent('b'), OLD]], {
      b: WAITING,
    })
    await adopt()
    expect(await adoptions.sentAs(idOf('a'))).toEqual({ providerId: '0.0', at: SINCE + HOUR })
    expect(await adoptions.sentAs(idOf('b'))).toBeNull()
    expect(records.get(idOf('b'))).toMatchObject({ state: 'accepted', providerId: '0.1' })
    const [key = ''] = await redis.keys('*:adopted:*')
    expect(await redis.pttl(key)).toBeGreaterThan(HOUR - MINUTE)
  })

  test('reads no email of another sender, and none from before the last heartbeat', async () => {
    const { adopt, read } = await searching([[sent('a', { from: 'news@example.com' }), OLD]])
    await adopt()
    expect(read).toEqual([])
  })

  test('stays where it is, with mail on hold, while Resend does not answer', async () => {
    const search = await searching([[sent('a')], [sent('b'), OLD]])
    const { adopt, adoptions, resend } = search
    await adoptions.keep({ since: SINCE, after: '0.0', adopted: 1 })
    resend.isSilent = true
    await expect(adopt()).rejects.toBeInstanceOf(UnansweredError)
    expect(await outcome(search)).toEqual({ isOver: false, isHeld: true, adopted: [] })
    resend.isSilent = false
    search.read.length = 0
    await adopt()
    expect(search.read).toEqual(['1.0'])
    expect(await outcome(search)).toEqual({ ...GOES_ON, adopted: [2] })
  })

  test('leaves alone what a person holds', async () => {
    const { adopt, pause } = await searching([[sent('a'), OLD]])
    await pause.hold('command')
    await adopt()
    expect(await pause.state()).toEqual({ held: 'command' })
  })

  test('is made once, however many begin it', async () => {
    const { adopt, adoptions, alerts } = await searching([[sent('a'), OLD]])
    await adoptions.begin(SINCE + HOUR)
    await adopt()
    await adopt()
    expect(alerts).toHaveLength(1)
    expect(await adoptions.keep({ since: SINCE, after: null, adopted: 0 })).toBe(false)
  })
})
