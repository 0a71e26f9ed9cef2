// The packing of emails that were sent: what it costs, that it loses nothing, and what happens without a dictionary.

import { describe, expect, test } from 'vitest'
import {
  createBrand,
  type Kind,
  kinds,
  type Language,
  renderEmail,
  standardSamples,
} from '../../emails/index.ts'
import { languages } from '../../emails/words/index.ts'
import { createBodyPacking, type Samples } from '../../src/deliveries/body-packing.ts'
import { placeholder } from '../../src/links/link.ts'
import { createSample } from '../../src/messages/sample.ts'
import { recordPacking } from '../../src/records/packing.ts'
import { UnreadableRecordError } from '../../src/redis/packing.ts'
import type { Email } from '../../src/resend/email.ts'
import { createMovableClock, DAY, MINUTE } from '../../src/runtime/clock.ts'
import { emptyRedis } from '../support/empty-redis.ts'

const { redis } = await emptyRedis()

const WITHOUT = 0x70
const WITH = 0x71
const KEPT = 30 * DAY
const sender = { from: 'Larkspur <billing@larkspur.example.com>', replyTo: null }
const brand = createBrand({
  ...{ name: 'Larkspur', accent: '#a63d1d', supportEmail: 'help@larkspur.example.com' },
  address: ['Larkspur Ltd', '12 Quay Street', 'Bristol'],
})

/** Another customer's value for each one that is in a sample. */
const INVENTED: Record<string, string> = {
  ...{ customerName: 'Theodora Okafor-Brandt', billingName: 'Okafor Brandt Fisheries GmbH' },
  ...{ line1: 'Kottbusser Damm 73', postalCode: '10967', city: 'Berlin', last4: '9317' },
  ...{ number: 'LARK-7QX2-0483', id: '5d1e93a7-40c6-4be2-b8f9-36a0d47c1e52', country: 'DE' },
  ...{ name: 'Harbour Quartet', product: 'Harbour Sounds', label: 'Harbour Quartet (monthly)' },
  ...{ nextPlan: 'Harbour Duo', nextProductId: '8f37ac15-92d4-4e60-a1bb-70c5e8d2f649' },
  ...{ note: 'The pier opens at dusk. Bring a coat.' },
}

const isTime = (value: unknown): value is string =>
  typeof value === 'string' && /^\d{4}-\d\d-\d\dT/.test(value)

/** Items of one list differ too. */
const PLACES = ['', ' for four strings', ' by the old lighthouse', ' at low tide']

const invent = (value: unknown, name = '', place = 0): unknown => {
  if (Array.isArray(value)) return value.map((one, index) => invent(one, name, index))
  if (value !== null && typeof value === 'object')
    return Object.fromEntries(
      Object.entries(value).map(([key, one]) => [key, invent(one, key, place)]),
    )
  if (typeof value === 'number') return Math.abs(value) > 100 ? value * 3 + 71 : value
  if (isTime(value)) return new Date(Date.parse(value) + 39 * DAY + 61 * MINUTE).toISOString()
  return typeof value === 'string' && Object.hasOwn(INVENTED, name)
    ? `${INVENTED[name]}${PLACES[place]}`
    : value
}

/** The email of a customer who has nothing in common with the sample. */
const emailOf = (kind: Kind, language: Language): Email => {
  const { brand: _, links: __, ...content } = standardSamples[kind]
  const links = { action: placeholder('action'), overview: placeholder('overview') }
  const props = { ...(invent(content) as object), brand, links, locale: language }
  const about = { kind, order: '5d1e93a7-40c6-4be2-b8f9-36a0d47c1e52' }
  const rendered = renderEmail(kind, props as never)
  return { ...sender, to: 'theodora@fisheries.example.com', about, ...rendered, attachment: null }
}

const start = (different: Partial<Samples> = {}, through = redis) => {
  const errors: unknown[] = []
  const missing: string[] = []
  const clock = createMovableClock()
  const render = createSample({ brand: () => brand, sender })
  const samples = {
    ...{ render, kept: KEPT },
    onError: (error: unknown) => errors.push(error),
    onMissing: (digest: string) => missing.push(digest),
  }
  const packing = createBodyPacking({
    redis: through,
    clock,
    samples: { ...samples, ...different },
  })
  return { ...packing, errors, missing, clock }
}

/** Another process, which sends nothing. */
const reader = () => createBodyPacking({ redis, clock: createMovableClock() })

const dictionaries = () => redis.keys('*')

const email = emailOf('order_confirmation', 'en')
const pack = (packing: Pick<ReturnType<typeof start>, 'pack'>, sent = email) =>
  packing.pack(sent, 'order_confirmation', 'en')

const everyKindAndLanguage = kinds.flatMap((kind) =>
  (Object.keys(languages) as Language[]).map((language) => ({ kind, language })),
)

describe('an email', () => {
  test('of every kind in every language comes back as it was, and takes 700 bytes on average at most', async () => {
    const packing = start()
    const other = reader()
    const sizes: number[] = []
    for (const { kind, language } of everyKindAndLanguage) {
      const sent = emailOf(kind, language)
      const packed = await packing.pack(sent, kind, language)
      expect(packed[0]).toBe(WITH)
      expect(JSON.stringify(await other.unpack(packed))).toBe(JSON.stringify(sent))
      sizes.push(packed.length)
    }
    expect(sizes.reduce((sum, size) => sum + size, 0) / sizes.length).toBeLessThanOrEqual(700)
    expect(packing.errors).toEqual([])
  })

  test('is packed without its attachment', async () => {
    const attachment = { filename: 'invoice.pdf', content: 'JVBERi0xLjcK' }
    const packed = await pack(start(), { ...email, attachment })
    expect(await reader().unpack(packed)).toEqual(email)
  })

  test('is read as plain JSON, and as it was packed before there were dictionaries', async () => {
    expect(await reader().unpack(recordPacking.plain(email))).toEqual(email)
    expect(await reader().unpack(recordPacking.pack(email))).toEqual(email)
  })

  test('that was packed under an earlier dictionary is read after its template has changed', async () => {
    const packed = await pack(start())
    const renamed = createSample({ brand: () => createBrand({ name: 'Foxglove' }), sender })
    const later = start({ render: renamed })
    const again = await pack(later)
    expect(again.subarray(1, 17)).not.toEqual(packed.subarray(1, 17))
    expect(await later.unpack(packed)).toEqual(email)
    expect(await later.unpack(again)).toEqual(email)
    expect(await dictionaries()).toHaveLength(2)
  })

  test('is gone with its dictionary, and is read again once the dictionary is back', async () => {
    const packed = await pack(start())
    const other = reader()
    await redis.flushall()
    expect(await other.unpack(packed)).toBeNull()
    await pack(start())
    expect(await other.unpack(packed)).toEqual(email)
  })

  test('that is damaged says so, and so does a dictionary', async () => {
    const packed = await pack(start())
    await expect(reader().unpack(packed.subarray(0, -9))).rejects.toThrow(UnreadableRecordError)
    const [key = ''] = await dictionaries()
    await pack(start({ render: () => ({ ...email, subject: 'Another' }) }))
    const [other = ''] = (await dictionaries()).filter((name) => name !== key)
    await redis.copy(other, key, 'REPLACE')
    await expect(reader().unpack(packed)).rejects.toThrow('not the one of its digest')
  })
})

describe('a dictionary that is missing', () => {
  const digestIn = (packed: Buffer) => packed.subarray(1, 17).toString('base64url')

  /** A process, and what it reads: emails under two dictionaries that are gone. */
  const startWithout = async () => {
    const packing = start()
    const packed = await Promise.all([
      ...[pack(packing), pack(packing)],
      packing.pack(emailOf('order_refunded', 'en'), 'order_refunded', 'en'),
    ])
    await redis.flushall()
    const at = packing.clock.now()
    return { ...packing, packed, sentAt: (age: number) => async () => at - age }
  }

  test('is reported once, where an email that needs it is still to be kept', async () => {
    const { packed, unpack, missing, sentAt } = await startWithout()
    for (const one of [...packed, ...packed])
      expect(await unpack(one, sentAt(KEPT - DAY))).toBeNull()
    const [first = Buffer.alloc(0), , last = Buffer.alloc(0)] = packed
    expect(missing).toEqual([digestIn(first), digestIn(last)])
  })

  test('is not reported where the email is older, or nobody knows how old', async () => {
    const { packed, unpack, missing, sentAt } = await startWithout()
    for (const one of packed) {
      expect(await unpack(one, sentAt(KEPT))).toBeNull()
      expect(await unpack(one, async () => null)).toBeNull()
      expect(await unpack(one)).toBeNull()
    }
    expect(missing).toEqual([])
  })

  test('is stored again with the next email, so that this one can be read', async () => {
    const { packed, pack: packNext, unpack, sentAt } = await startWithout()
    const [first = Buffer.alloc(0)] = packed
    expect(await unpack(first, sentAt(MINUTE))).toBeNull()
    const next = await pack({ pack: packNext })
    expect(await reader().unpack(next)).toEqual(email)
    expect(await unpack(first, sentAt(MINUTE))).toEqual(email)
  })
})

describe('a dictionary', () => {
  test('is stored once, under its digest, for twice as long as emails are kept', async () => {
    let rendered = 0
    const render = (...of: Parameters<Samples['render']>) => {
      rendered++
      return createSample({ brand: () => brand, sender })(...of)
    }
    const packing = start({ render })
    await Promise.all([pack(packing), pack(packing), pack(packing)])
    await pack(start({ render }))
    expect(rendered).toBe(2) // once a process
    const keys = await dictionaries()
    expect(keys).toEqual([expect.stringMatching(/^postern:dictionary:[\w-]{22}$/)])
    const left = await redis.pttl(keys[0] ?? '')
    expect(left).toBeGreaterThan(2 * KEPT - MINUTE)
    expect(left).toBeLessThanOrEqual(2 * KEPT)
  })

  test('has its expiry pushed out once a day at most', async () => {
    const packing = start()
    await pack(packing)
    const [key = ''] = await dictionaries()
    await redis.pexpire(key, 5 * MINUTE)
    packing.clock.advance(DAY - MINUTE)
    await pack(packing)
    expect(await redis.pttl(key)).toBeLessThanOrEqual(5 * MINUTE)
    packing.clock.advance(2 * MINUTE)
    await pack(packing)
    expect(await redis.pttl(key)).toBeGreaterThan(2 * KEPT - MINUTE)
  })

  test('is in Redis before an email is packed with it', async () => {
    let isStored = false
    const slow = {
      getBuffer: redis.getBuffer.bind(redis),
      set: async (...args: [string, Buffer, 'PX', number]) => {
        await new Promise((resolve) => setImmediate(resolve))
        const answer = await redis.set(...args)
        isStored = true
        return answer
      },
    } as unknown as typeof redis
    await pack(start({}, slow))
    expect(isStored).toBe(true)
  })

  test('that cannot be rendered is done without, and tried again after a minute', async () => {
    const failure = new RangeError('no such date')
    let isBroken = true
    const packing = start({
      render: (...of) => {
        if (isBroken) throw failure
        return createSample({ brand: () => brand, sender })(...of)
      },
    })
    for (let n = 0; n < 3; n++) {
      const packed = await pack(packing)
      expect(packed[0]).toBe(WITHOUT)
      expect(await reader().unpack(packed)).toEqual(email)
    }
    expect(packing.errors).toEqual([failure])
    isBroken = false
    packing.clock.advance(2 * MINUTE)
    expect((await pack(packing))[0]).toBe(WITH)
  })

  test('that cannot be stored is done without', async () => {
    const failure = new Error('READONLY')
    const full = {
      getBuffer: redis.getBuffer.bind(redis),
      set: () => Promise.reject(failure),
    } as unknown as typeof redis
    const packing = start({}, full)
    const packed = await pack(packing)
    expect(packed[0]).toBe(WITHOUT)
    expect(await reader().unpack(packed)).toEqual(email)
    expect(packing.errors).toEqual([failure])
  })
})
