// Forged links: the time to reject one, and the rate of 404 answers, without a call to Polar.

import { randomBytes, randomInt, randomUUID } from 'node:crypto'
import { pathToFileURL } from 'node:url'
import type { Claims } from '../../src/links/link.ts'
import type { createTokens } from '../../src/links/token.ts'
import { SECOND } from '../../src/runtime/clock.ts'
import { POSTERN_TOKENS } from './compile.ts'
import { median, micro, rate } from './figures.ts'
import { fireVisits } from './load/fire.ts'
import type { LeanPolar } from './polar/start.ts'
import { LINK_SECRET, type Side } from './sides.ts'
import type { Line } from './table.ts'

const CONNECTIONS = 50

/** Timed together, because one alone is shorter than the clock's resolution. */
const BATCH = 1000

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-'

const someClaims = (): Claims => ({
  recordId: randomBytes(16).toString('base64url'),
  customerId: randomUUID(),
  memberId: null,
  target: `order:${randomUUID()}`,
  createdAt: 1_780_000_000 + randomInt(10_000_000),
})

const anyCharacterBut = (character: string) => {
  const others = ALPHABET.replace(character, '')
  return others.charAt(randomInt(others.length))
}

/** @returns a function for the `n`th forged token: in turn invented, changed in one character, cut short, or of another secret. */
const forger = (create: typeof createTokens) => {
  const genuine = create([LINK_SECRET])
  const another = create([randomBytes(32)])
  const kinds = [
    () => `pstn_${randomBytes(randomInt(20, 110)).toString('base64url')}A`,
    () => {
      const token = genuine.sign(someClaims())
      const at = randomInt(token.length)
      return token.slice(0, at) + anyCharacterBut(token.charAt(at)) + token.slice(at + 1)
    },
    () => {
      const token = genuine.sign(someClaims())
      return token.slice(0, randomInt(token.length))
    },
    () => another.sign(someClaims()),
  ]
  return (n: number) => kinds[n % kinds.length]?.() ?? ''
}

type Make = ReturnType<typeof forger>

const many = (make: Make, count: number) => Array.from({ length: count }, (_, n) => make(n))

/** Microseconds for one token, one value for each batch. */
const verified = (create: typeof createTokens, make: Make, count: number): number[] => {
  const { verify } = create([LINK_SECRET])
  const costs: number[] = []
  for (let done = 0; done < count; done += BATCH) {
    const tokens = many(make, BATCH)
    let taken = 0
    const began = performance.now()
    for (const token of tokens) if (verify(token) !== null) taken += 1
    costs.push(((performance.now() - began) * 1000) / BATCH)
    if (taken > 0) throw new Error(`${taken} forged tokens were taken for genuine`)
  }
  return costs
}

export const forged = async (
  { url }: Side,
  polar: LeanPolar,
  isShort: boolean,
): Promise<Line[]> => {
  const [inside, outside] = isShort ? [10_000, 300] : [200_000, 10_000]
  const { createTokens: create } = (await import(pathToFileURL(POSTERN_TOKENS).href)) as {
    createTokens: typeof createTokens
  }
  const make = forger(create)
  const costs = verified(create, make, inside)
  const callsBefore = await polar.calls()
  const paths = many(make, outside).map((token) => `/l/${token}`)
  const fired = await fireVisits({ url, connections: CONNECTIONS, paths }, '404')
  // Paths on which a careless regular expression would backtrack.
  const odd = [`/l/${'/'.repeat(8000)}x`, `/l/${'a/'.repeat(4000)}x`]
  const oddPaths = Array.from({ length: outside / 10 }, (_, n) => odd[n % odd.length] ?? '')
  const firedOdd = await fireVisits({ url, connections: CONNECTIONS, paths: oddPaths }, '404')
  const calls = (await polar.calls()) - callsBefore
  if (calls > 0) throw new Error(`Polar was called ${calls} times for forged links`)
  const quick = { text: '< 20 µs', isMet: (cost: number) => cost < 20 }
  const mean = costs.reduce((sum, cost) => sum + cost, 0) / costs.length
  return [
    {
      row: 'forged: rejecting a token, p50',
      postern: [median(costs)],
      format: micro,
      aim: quick,
    },
    { row: 'forged: the same, mean', postern: [mean], format: micro, aim: quick },
    {
      row: 'forged: links answered with 404, no call to Polar',
      postern: [(outside / fired.took) * SECOND],
      format: rate,
    },
    {
      row: 'forged: paths of 8 kB answered with 404',
      postern: [(oddPaths.length / firedOdd.took) * SECOND],
      format: rate,
    },
  ]
}
