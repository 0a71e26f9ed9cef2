// Properties of every token, checked with many random ids.

import { randomBytes } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Claims, Target } from '../../src/links/link.ts'
import { createTokens } from '../../src/links/token.ts'
import { MINUTE } from '../../src/runtime/clock.ts'
import { createRandom } from '../support/random.ts'

const secretOf = (byte: number) => Buffer.alloc(32, byte)
const [ours, older, theirs] = [secretOf(1), secretOf(2), secretOf(3)]
const tokens = createTokens([ours])

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'

/** Three ids have room in a token together: of 25 bytes each where none is a UUID. */
const ROOM = 25

const fits = (text: string) => Buffer.byteLength(text) <= ROOM

const foreign = fc.oneof(
  fc.string({ minLength: 1, maxLength: ROOM }),
  fc.string({ minLength: 1, maxLength: 8, unit: 'binary' }).filter(fits),
  fc.stringMatching(/^[a-z]{1,8}_[\w-]{1,16}$/),
  fc.constantFrom('theo@example.com', 'a:b:c', ':', '\u0000', '0', 'null'),
)
const id = fc.oneof(fc.uuid(), foreign)

const target: fc.Arbitrary<Target> = fc.oneof(
  fc.constantFrom<Target>('overview', 'payment'),
  fc.tuple(fc.constantFrom('order', 'subscription'), id).map(([of, it]) => `${of}:${it}` as Target),
)

const idBytes = fc.uint8Array({ minLength: 16, maxLength: 16 })

const generation: fc.Arbitrary<Claims> = fc.record({
  recordId: idBytes.map((bytes) => Buffer.from(bytes).toString('base64url')),
  customerId: id,
  memberId: fc.option(id),
  target,
  createdAt: fc.integer({ min: 0, max: 0xffffffff }),
})

const token = generation.map((said) => tokens.sign(said))
const bytesOf = (text: string) => Buffer.from(text.slice('pstn_'.length, -1), 'base64url')

const holds = <T>(arbitrary: fc.Arbitrary<T>, check: (value: T) => void, numRuns = 250) =>
  fc.assert(
    fc.property(arbitrary, (value) => {
      check(value)
    }),
    { numRuns },
  )

describe('any token', () => {
  test('returns the signed claims, and is the same in every process', () => {
    holds(generation, (said) => {
      const signed = tokens.sign(said)
      expect(tokens.verify(signed)).toEqual(said)
      expect(createTokens([Buffer.from(ours)]).sign({ ...said })).toBe(signed)
    })
  })

  test('has at most 160 characters, each fit for a path', () => {
    holds(token, (signed) => {
      expect(signed).toMatch(/^pstn_[A-Za-z0-9_-]+[A-Za-z0-9]$/)
      expect(signed.length).toBeLessThanOrEqual(160)
    })
  })

  test('differs from the token of any other claims', () => {
    holds(fc.tuple(generation, generation), ([one, other]) => {
      const isSame = JSON.stringify(one) === JSON.stringify(other)
      expect(tokens.sign(one) === tokens.sign(other)).toBe(isSame)
    })
  })

  test('shows no id, and no address, in any spelling', () => {
    const payload = fc.oneof(
      fc.uuid(),
      fc.stringMatching(/^[a-z]{4,10}@example\.com$/),
      fc.stringMatching(/^cus_[a-z0-9]{8,20}$/),
    )
    const said = fc.record({
      recordId: fc.constant('abcdefghijklmn-_12345Q'),
      customerId: payload,
      memberId: payload,
      target: payload.map((it) => `order:${it}` as Target),
      createdAt: fc.constant(1_794_000_000),
    })
    holds(said, (each) => {
      const signed = tokens.sign(each)
      const inside = bytesOf(signed)
      const snapshot = [signed, inside.toString('latin1'), inside.toString('hex')]
      const ids = [each.customerId, each.memberId, each.target.slice(6), each.recordId]
      for (const spelling of ids.flatMap(spellings))
        for (const text of snapshot)
          if (text.includes(spelling)) expect(text).not.toContain(spelling)
    })
  })
})

/** Eight characters of an id, and of its bytes in hex and, wherever they may begin, in base64. */
const spellings = (text: string): string[] => {
  const raw = Buffer.from(text.replaceAll('-', ''), 'hex')
  const forms = [Buffer.from(text), raw].filter(({ length }) => length >= 8)
  const encoded = forms.flatMap((form) => [
    form.toString('hex'),
    ...[0, 1, 2].map((from) => form.subarray(from).toString('base64url')),
  ])
  return [text, ...encoded].map((spelling) => spelling.slice(0, 8))
}

/** A place in a token, from its beginning to its end. */
const place = fc.double({ min: 0, max: 0.999_999, noNaN: true })
const at = (text: string, where: number) => Math.floor(where * text.length)
const stranger = fc.oneof(fc.constantFrom(...ALPHABET), fc.string({ minLength: 1, maxLength: 3 }))

const refused = (signed: string, changed: string) => {
  if (changed !== signed) expect(tokens.verify(changed)).toBeNull()
}

describe('any token that was tampered with is refused', () => {
  test('with any one character changed', () => {
    holds(fc.tuple(token, place, stranger), ([signed, where, other]) => {
      const n = at(signed, where)
      refused(signed, signed.slice(0, n) + other + signed.slice(n + 1))
    })
  })

  test('with any one character removed', () => {
    holds(fc.tuple(token, place), ([signed, where]) => {
      const n = at(signed, where)
      refused(signed, signed.slice(0, n) + signed.slice(n + 1))
    })
  })

  test('with anything added anywhere', () => {
    holds(fc.tuple(token, place, stranger), ([signed, where, more]) => {
      const n = at(`${signed} `, where)
      refused(signed, signed.slice(0, n) + more + signed.slice(n))
    })
  })

  test('with any two characters swapped', () => {
    holds(fc.tuple(token, place, place), ([signed, here, there]) => {
      const letters = [...signed]
      const [n, m] = [at(signed, here), at(signed, there)]
      const [one = '', other = ''] = [letters[n], letters[m]]
      letters[n] = other
      letters[m] = one
      refused(signed, letters.join(''))
    })
  })

  test('with the beginning of one and the end of another', () => {
    holds(fc.tuple(token, token, place), ([signed, second, where]) => {
      const n = at(signed, where)
      const mixed = signed.slice(0, n) + second.slice(n)
      if (mixed !== second) refused(signed, mixed)
    })
  })
})

describe('any other string', () => {
  const anything = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 300 }),
    fc.string({ maxLength: 300 }).map((text) => `pstn_${text}`),
    fc
      .uint8Array({ maxLength: 130 })
      .map((raw) => `pstn_${Buffer.from(raw).toString('base64url')}A`),
    fc
      .tuple(token, fc.uint8Array({ maxLength: 130 }))
      .map(([signed, raw]) => `${signed.slice(0, 9)}${Buffer.from(raw).toString('base64url')}A`),
  )
  test('is refused without an error', () => {
    holds(anything, (text) => expect(tokens.verify(text)).toBeNull(), 10_000)
  })
})

describe('any ids that are too long for a token', () => {
  const long = fc.string({ minLength: 90, maxLength: 700 })
  const fields = fc.constantFrom('customerId', 'memberId', 'target')
  test('make signing fail', () => {
    holds(fc.tuple(generation, fields, long), ([said, field, text]) => {
      const value = field === 'target' ? `order:${text}` : text
      expect(() => tokens.sign({ ...said, [field]: value })).toThrow('too long')
    })
  })
})

describe('a change of keys', () => {
  const signed = (by: Buffer, said: Claims) => createTokens([by]).sign(said)

  test('refuses every token of another secret', () => {
    holds(generation, (said) => expect(tokens.verify(signed(theirs, said))).toBeNull())
  })

  test('keeps every token alive while its secret is in the list, first or last', () => {
    const lists = [
      [ours, older],
      [older, ours],
    ].map(createTokens)
    holds(generation, (said) => {
      for (const list of lists)
        for (const by of [ours, older]) expect(list.verify(signed(by, said))).toEqual(said)
    })
  })

  test('signs with the first secret only, and refuses tokens of a removed one', () => {
    const rotated = createTokens([older, ours])
    const removed = createTokens([older])
    holds(generation, (said) => {
      expect(rotated.sign(said)).toBe(removed.sign(said))
      expect(removed.verify(signed(ours, said))).toBeNull()
      expect(tokens.verify(rotated.sign(said))).toBeNull()
    })
  })
})

describe('twenty thousand guesses', () => {
  const BATCH = 10_000
  const BATCHES = 2
  const genuine = fc.sample(generation, { numRuns: 200, seed: 20 }).map((said) => tokens.sign(said))
  const { index } = createRandom('guesses')
  const one = <T>(of: ArrayLike<T>): T => of[index(of.length)] as T
  const noise = (bytes: number) => randomBytes(bytes).toString('base64url')
  const foreigners = fc
    .sample(generation, { numRuns: 200, seed: 21 })
    .map((said) => createTokens([theirs]).sign(said))

  const cutOff = () => {
    const signed = one(genuine)
    return signed.slice(0, 5 + index(signed.length - 5))
  }

  const changed = (): string => {
    const signed = one(genuine)
    const n = index(signed.length)
    const other = one(ALPHABET)
    return other === signed[n] ? changed() : signed.slice(0, n) + other + signed.slice(n + 1)
  }

  const guesses = [
    () => `pstn_${noise(20 + index(97))}A`,
    // Under our key, so that it takes the whole way to refuse it.
    () => `${one(genuine).slice(0, 9)}${noise(20 + index(90))}A`,
    changed,
    cutOff,
    () => one(foreigners),
    () => `${one(genuine).slice(0, 5 + index(80))}${one('=+/ .~%é')}${noise(30)}`,
  ]

  test(
    'let nobody in',
    () => {
      let accepted = 0
      for (let n = 0; n < BATCHES; n++) {
        const batch = Array.from({ length: BATCH }, (_, nth) => guesses[nth % guesses.length]?.())
        for (const text of batch) if (tokens.verify(text ?? '')) accepted += 1
      }
      expect(accepted).toBe(0)
    },
    MINUTE,
  )
})
