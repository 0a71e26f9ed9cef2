// Replays the requests of everything that opens a mailed link. Machines get a page and no session;
// people sign in, with at most one press.

import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createMovableClock, DAY, HOUR, SECOND } from '../../src/runtime/clock.ts'
import { createLog } from '../../src/runtime/log.ts'
import { type Answer, press, visit } from '../../src/sandbox/person.ts'
import { startSystem } from '../../src/sandbox/system.ts'
import { CLIENTS, type Client } from '../support/clients.ts'
import {
  CHROMIUM,
  CRAWLERS,
  EDGE,
  type Fetched,
  type Machine,
  PREFETCHES,
  SCANNERS,
} from '../support/machines.ts'
import { firstLink, linksIn } from '../support/system.ts'

/** Emails of some hours ago, for each LINK_CONFIRM: one for each row that opens such. */
const OLD = { auto: 48, strict: 24 }

/** One system for all rows, with a customer for each row. */
const startWorld = async (confirm: 'auto' | 'strict') => {
  const system = await startSystem({
    clock: createMovableClock(),
    log: createLog('silent'),
    resendRateLimit: Number.POSITIVE_INFINITY,
    environment: { RESEND_RATE_LIMIT: '1000', LINK_CONFIRM: confirm },
  })
  const { clock, polarWorld, resendWorld } = system
  let customers = 0

  const buy = async (domain = 'example.com') => {
    customers += 1
    const email = `customer-${customers}@${domain}`
    return { email, ...(await polarWorld.scenario.purchase({ customer: { email } })) }
  }
  const mailTo = ({ email, customerId, orderId }: Awaited<ReturnType<typeof buy>>) => {
    const at = clock.now()
    const mail = resendWorld.inbox().find(({ to }) => to.join().includes(email))
    const text = mail?.text ?? ''
    const mine = ({ customer_id }: { customer_id: string }) => customer_id === customerId
    return {
      ...{ email, orderId, text, link: firstLink(text) },
      minted: () => polarWorld.sessions().filter(mine).length,
      /** Moves the clock to this long after the email. */
      wait: (time: number) => clock.advance(Math.max(at + time - clock.now(), 0)),
    }
  }

  /** Emails that were accepted and delivered just now. */
  const mails = async (count: number, domain?: string) => {
    const bought = await Promise.all(Array.from({ length: count }, () => buy(domain)))
    await system.settle()
    return bought.map(mailTo)
  }
  const old = await mails(OLD[confirm])
  clock.advance(5 * HOUR)
  return {
    ...system,
    /** An email that was accepted and delivered just now. */
    mail: async (domain?: string) => {
      const [mail] = await mails(1, domain)
      return mail ?? fail('there is no email')
    },
    mails,
    /** An email of some hours ago. */
    old: () => old.pop() ?? fail('there are no more old emails'),
  }
}

const fail = (why: string): never => {
  throw new Error(why)
}

type World = Awaited<ReturnType<typeof startWorld>>
type Mail = ReturnType<World['old']>

const worlds = new Map<string, World>()
const worldOf = (confirm: string) => worlds.get(confirm) as World
beforeAll(async () => {
  for (const confirm of ['auto', 'strict'] as const) worlds.set(confirm, await startWorld(confirm))
})
afterAll(async () => {
  for (const world of worlds.values()) await world.close()
})

const PERSON = { ...CHROMIUM, 'user-agent': EDGE }

const expectPage = (answer: Answer, method = 'GET') => {
  expect([answer.status, answer.location]).toEqual([200, ''])
  expect(answer.headers['set-cookie']).toBeUndefined()
  expect(answer.body.includes('name="nonce"')).toBe(method !== 'HEAD')
}

const expectPortal = (answer: Answer, { email, orderId }: Mail) => {
  expect([302, 303]).toContain(answer.status)
  const url = new URL(answer.location)
  expect(url.pathname).toBe(`/larkspur/portal/orders/${orderId}`)
  expect(url.searchParams.get('email')).toBe(email)
}

const replay = async (mail: Mail, link: string, fetches: readonly Fetched[]) => {
  for (const { at, method = 'GET', headers } of fetches) {
    mail.wait(at)
    expectPage(await visit(link, { method, headers }), method)
  }
}

describe('a machine', () => {
  const machines: Machine[] = [...SCANNERS, ...CRAWLERS, ...PREFETCHES]
  test.each(machines)('$who: a page, and no session', async ({ fetches }) => {
    const isLate = fetches.every(({ at }) => at >= HOUR)
    const mail = isLate ? worldOf('auto').old() : await worldOf('auto').mail()
    await replay(mail, mail.link, fetches)
    expect(mail.minted()).toBe(0)
  })

  test('a scanner that opens every link of an email within the minute: pages only', async () => {
    const mail = await worldOf('auto').mail()
    const links = [...new Set(linksIn(mail.text))]
    expect(links.length).toBeGreaterThan(1)
    for (const link of links) await replay(mail, link, [{ at: 8 * SECOND, headers: PERSON }])
    expect(mail.minted()).toBe(0)
  })

  test("a gateway's scanner, hours later and as a browser: a page", async () => {
    const mail = await worldOf('auto').mail('gateway.example.com')
    await replay(mail, mail.link, [
      { at: 2 * SECOND, headers: PERSON },
      // Mimecast opens a page again when its link is clicked, a moment before the person does.
      { at: 3 * DAY, headers: PERSON },
    ])
    expect(mail.minted()).toBe(0)
  })

  test('a scanner that submits the form without its nonce: the page', async () => {
    const mail = await worldOf('auto').mail()
    mail.wait(22 * SECOND)
    await visit(mail.link, { headers: PERSON })
    const form = { ...PERSON, 'content-type': 'application/x-www-form-urlencoded' }
    for (const body of ['', 'nonce=', 'email=x'])
      expectPage(await visit(mail.link, { method: 'POST', headers: form, body }))
    expect(mail.minted()).toBe(0)
  })

  test('the nonce of one link opens no other', async () => {
    const { old } = worldOf('strict')
    const [one, other] = [old(), old()]
    const page = await visit(one.link, { headers: PERSON })
    expectPage(await press(other.link, page.body, PERSON))
    expect(other.minted()).toBe(0)
  })
})

/** Their requests look like a person's, as docs/security.md says. */
describe('a machine that behaves like a person', () => {
  test.each([
    ['auto', 1],
    ['strict', 0],
  ])('as an automated browser, hours later: under %s %i session', async (confirm, sessions) => {
    const mail = await worldOf(confirm).mail()
    mail.wait(5 * HOUR)
    await visit(mail.link, { headers: PERSON })
    expect(mail.minted()).toBe(sessions)
  })

  test.each([
    ['auto', 1],
    ['strict', 0],
  ])('and opens every link hours later: under %s %i session', async (confirm, sessions) => {
    const mail = worldOf(confirm).old()
    for (const link of new Set(linksIn(mail.text))) await visit(link, { headers: PERSON })
    expect(mail.minted()).toBe(sessions)
  })

  test.each(['auto', 'strict'])('and presses Continue signs in, under %s too', async (confirm) => {
    const mail = await worldOf(confirm).mail()
    mail.wait(22 * SECOND)
    const page = await visit(mail.link, { headers: PERSON })
    expectPortal(await press(mail.link, page.body, PERSON), mail)
    expect(mail.minted()).toBe(1)
  })
})

const cookieIn = ({ headers }: Answer) => headers['set-cookie']?.[0]?.split(';')[0] ?? ''

/** Opens a link, and presses the button if there is one. */
const open = async ({ link }: Mail, { headers }: Pick<Client, 'headers'>) => {
  const first = await visit(link, { headers })
  if (first.status !== 200) return { presses: 0, landed: first }
  // The headers of a form on a page without a referrer. Clients without Sec-Fetch headers send none
  // here either.
  const isSilent = headers['sec-fetch-site'] === undefined
  const landed = await press(link, first.body, {
    ...headers,
    origin: 'null',
    ...(!isSilent && { 'sec-fetch-site': 'same-origin' }),
  })
  return { presses: 1, landed }
}

describe('a person', () => {
  const look = async ({ link }: Mail, { before }: Client) => {
    if (!before) return
    expectPage(await visit(link, { method: 'HEAD', headers: before }), 'HEAD')
    expectPage(await visit(link, { headers: before }))
  }

  test.each(CLIENTS)(
    'with $name lands in the portal, with a press only if the client sends no Sec-Fetch headers',
    async (client) => {
      const mail = worldOf('auto').old()
      await look(mail, client)
      const { presses, landed } = await open(mail, client)
      expectPortal(landed, mail)
      expect([presses, mail.minted()]).toEqual([client.presses ? 1 : 0, 1])
    },
  )

  const pressesOnce = async (mail: Mail, client: Client) => {
    await look(mail, client)
    const { presses, landed } = await open(mail, client)
    expectPortal(landed, mail)
    expect(presses).toBe(1)
    const headers = { ...client.headers, cookie: cookieIn(landed) }
    const again = await open(mail, { headers })
    expectPortal(again.landed, mail)
    expect([again.presses, mail.minted()]).toEqual([0, 2])
  }

  test.each(CLIENTS)('with $name presses once in strict mode, and never again', async (client) => {
    await pressesOnce(worldOf('strict').old(), client)
  })

  /** One that names what it fetches for in full, one in part, one not at all; and one that has a look before. */
  const SORTS = [
    'Chrome',
    'Safari',
    'Safari before 16.4',
    'Word, which looks at the link before it opens Edge',
  ]
  const sorts = CLIENTS.filter(({ name }) => SORTS.includes(name))

  test('presses once right after the email, and never again', async () => {
    const mails = await worldOf('auto').mails(sorts.length)
    for (const [n, mail] of mails.entries()) await pressesOnce(mail, sorts[n] as Client)
  })

  test('presses once behind a mail gateway, and never again', async () => {
    const mails = await worldOf('auto').mails(sorts.length, 'gateway.example.com')
    for (const [n, mail] of mails.entries()) {
      mail.wait(HOUR)
      await pressesOnce(mail, sorts[n] as Client)
    }
  })
})

describe('a person who is taken for a machine', () => {
  const knownIn = async (mail: Mail) => {
    const { landed } = await open(mail, { headers: { 'user-agent': EDGE } })
    return { ...PERSON, cookie: cookieIn(landed) }
  }

  test('by opening several links of an email presses once, and then all links open', async () => {
    const mail = worldOf('auto').old()
    const [first = '', second = ''] = [...new Set(linksIn(mail.text))]
    expect((await visit(first, { headers: PERSON })).status).toBe(302)
    const page = await visit(second, { headers: PERSON })
    expectPage(page)
    const pressed = await press(second, page.body, PERSON)
    expect(pressed.status).toBe(303)
    const known = { ...PERSON, cookie: cookieIn(pressed) }
    for (const link of [first, second, first, second])
      expect((await visit(link, { headers: known })).status).toBe(302)
  })

  test('is not taken for one by opening two links a quarter of a minute apart', async () => {
    const mail = worldOf('auto').old()
    const [first = '', second = ''] = [...new Set(linksIn(mail.text))]
    expect((await visit(first, { headers: PERSON })).status).toBe(302)
    worldOf('auto').clock.advance(15 * SECOND)
    expect((await visit(second, { headers: PERSON })).status).toBe(302)
  })

  test('after many visits of a scanner presses once', async () => {
    const mail = await worldOf('auto').mail()
    for (const at of [5, 20, 50])
      await replay(mail, mail.link, [{ at: at * SECOND, headers: PERSON }])
    mail.wait(70 * SECOND)
    const { presses, landed } = await open(mail, { headers: PERSON })
    expectPortal(landed, mail)
    expect(presses).toBe(1)
    // A person has signed in, so the count of fetches starts anew.
    expectPortal(await visit(mail.link, { headers: PERSON }), mail)
  })

  test('never presses again in a browser that has pressed, with any other evidence', async () => {
    const mail = await worldOf('strict').mail('gateway.example.com')
    mail.wait(HOUR)
    const known = await knownIn(mail)
    for (const link of new Set(linksIn(mail.text)))
      for (let n = 0; n < 5; n++) expect((await visit(link, { headers: known })).status).toBe(302)
  })

  test('has no session minted by a prefetch, even in a browser that has pressed', async () => {
    const mail = worldOf('auto').old()
    const known = await knownIn(mail)
    const before = mail.minted()
    for (const ahead of ['prefetch', 'prefetch;prerender'])
      expectPage(await visit(mail.link, { headers: { ...known, 'sec-purpose': ahead } }))
    expectPage(await visit(mail.link, { method: 'HEAD', headers: known }), 'HEAD')
    expect(mail.minted()).toBe(before)
  })
})
