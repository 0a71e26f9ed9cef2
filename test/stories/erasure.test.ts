// A customer is erased: nothing of the person stays, and nobody else loses anything.

import { randomUUID } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { customerKey } from '../../src/redis/keys.ts'
import { addressHash } from '../../src/runtime/address.ts'
import { createMovableClock, DAY, HOUR, MINUTE, SECOND } from '../../src/runtime/clock.ts'
import { NAVIGATION, visit } from '../../src/sandbox/person.ts'
import {
  ofItsOwnProduct,
  purchases,
  release,
  releaseTogether,
  tellAll,
} from '../support/backlog.ts'
import { runCommand } from '../support/command.ts'
import { borrowRedis } from '../support/lent-redis.ts'
import { bought, linesOf, messageOf, suppressionsOf } from '../support/mailed.ts'
import { readRedis } from '../support/redis-contents.ts'
import { newAddress, shareSystem } from '../support/shared-system.ts'
import { firstLink, startTestSystem, type TestSystem } from '../support/system.ts'

const TOKEN = 'the-token-of-the-backend-of-a-merchant'

const shared = shareSystem({ environment: { API_TOKEN: TOKEN } })

let persons = 0

/** Somebody whose every detail can be told from those of others. */
const newPerson = () => {
  persons += 1
  const [name, external_id] = [`Quilla ${persons} Fernsby`, `quill-${persons}-id`]
  return { email: newAddress(), name, external_id }
}

const ask = (system: TestSystem, method: string, path: string, body?: object) =>
  visit(`${system.postern}${path}`, {
    method,
    headers: { authorization: `Bearer ${TOKEN}`, 'content-type': 'application/json' },
    ...(body && { body: JSON.stringify(body) }),
  })

/** A customer who has bought, subscribed, clicked, and asked for a link; a bounced address among all that. */
const lived = async (system: TestSystem) => {
  const { scenario } = system.polarWorld
  const person = newPerson()
  const { customerId, orderId } = await scenario.purchase({ customer: person })
  await system.settle()
  const [mail] = system.mails().filter(({ to }) => to.includes(person.email))
  if (!mail) throw new Error('no mail was sent')
  const { subscriptionId } = await scenario.subscribe({ customer: { id: customerId, ...person } })
  await system.settle()
  await suppressionsOf(system).suppress(person.email, {
    because: 'bounced',
    at: system.clock.now(),
    origin: { message: messageOf(mail), provider: mail.id },
  })
  const issued = await ask(system, 'POST', '/api/links', { customer_id: customerId })
  const links = [firstLink(mail.text), (JSON.parse(issued.body) as { url: string }).url]
  for (const link of links) await visit(link, { headers: NAVIGATION })
  await system.settle()
  const pieces = [
    ...Object.values(person),
    ...[customerId, orderId, subscriptionId, addressHash(person.email), mail.id],
  ]
  return { person, customerId, mail, links, pieces }
}

/** The files of Redis's append-only file, after a rewrite to plain commands. */
const rewrittenFile = async (redis: ReturnType<typeof readRedis>['redis']) => {
  await redis.config('SET', 'aof-use-rdb-preamble', 'no')
  await redis.bgrewriteaof()
  await expect.poll(() => redis.info('persistence')).toMatch(/aof_rewrite_in_progress:0/)
  const [, folder = ''] = (await redis.config('GET', 'dir')) as string[]
  const [, name = ''] = (await redis.config('GET', 'appenddirname')) as string[]
  return readdirSync(join(folder, name))
    .map((file) => readFileSync(join(folder, name, file), 'latin1'))
    .join('\n')
}

const found = (pieces: readonly string[], text: string) =>
  pieces.filter((piece) => text.includes(piece))

/** Each way, and what is said of the customer afterwards. */
const WAYS = [
  {
    way: 'deleted at Polar',
    says: 'Deleted at Polar',
    erase: async ({ polarWorld }: TestSystem, customerId: string) =>
      polarWorld.scenario.deleteCustomer(customerId),
  },
  {
    way: 'erased through the API',
    says: 'Erased here by your own backend, through /api,',
    erase: (system: TestSystem, customerId: string) =>
      ask(system, 'DELETE', `/api/customers/${customerId}`),
  },
  {
    way: 'erased by a command',
    says: 'Erased here by an operator, by command,',
    erase: ({ environment }: TestSystem, customerId: string) =>
      runCommand('forget', environment, [customerId]),
  },
]

test('a customer can read all that is kept', async () => {
  const system = shared()
  const { person, customerId, mail, pieces } = await lived(system)
  const answer = await ask(system, 'GET', `/api/customers/${customerId}/export`)
  expect(answer.status).toBe(200)
  const readable = pieces.filter((piece) => piece !== addressHash(person.email))
  expect(found(readable, answer.body)).toEqual(readable)
  const exported = JSON.parse(answer.body)
  expect(exported).toMatchObject({
    exported_at: expect.stringMatching(/^2\d{3}-/),
    customer: { id: customerId, subscriptions: [{ status: 'active' }] },
    links: [{ target: 'overview', clicks: { clicks: [{ ending: 'signed_in' }] } }],
    suppressions: [{ address: person.email, because: 'bounced' }],
  })
  const messages = exported.messages as { id: string }[]
  expect(messages.find(({ id }) => id === messageOf(mail))).toMatchObject({
    kind: 'order_confirmation',
    recipient: { address: person.email },
    delivery: { state: 'accepted', history: expect.any(Array) },
    email: { subject: mail.subject, to: person.email },
    clicks: { clicks: [{ visitor: 'unsure' }] },
  })
  const types = (exported.events as { type: string; payload: { type: string } }[]).map(
    ({ type, payload }) => type === payload.type && type,
  )
  expect(types).toEqual(expect.arrayContaining(['order.paid', 'subscription.active']))
  // Nothing in it opens the portal, and each instant can be read.
  const unreadable = /\/l\/[\w-]{40}|"\w+":1[78]\d{8,11}[,}]|"1970-/.exec(answer.body)
  expect(unreadable).toBeNull()
  const stranger = '11111111-2222-4333-8444-555555555555'
  expect((await ask(system, 'GET', `/api/customers/${stranger}/export`)).status).toBe(404)
  expect((await ask(system, 'GET', '/api/customers/nobody/export')).status).toBe(404)
})

test('an erasure is reported, and a second one finds nothing', async () => {
  const system = shared()
  const { customerId } = await lived(system)
  const path = `/api/customers/${customerId}`
  const [first, second] = [await ask(system, 'DELETE', path), await ask(system, 'DELETE', path)]
  expect([first.status, second.status]).toEqual([200, 200])
  expect(JSON.parse(first.body)).toEqual({
    customer_id: customerId,
    erased: { messages: 2, links: 1, events: expect.any(Number), suppressions: 1 },
    being_sent: 0,
    kept: [
      'digests of what was mailed, so that nothing is mailed twice',
      'counts by day',
      'the mark that the customer is deleted',
      'the revocation of all links',
    ],
  })
  const nothing = { messages: 0, links: 0, events: 0, suppressions: 0 }
  expect(JSON.parse(second.body)).toMatchObject({ erased: nothing, being_sent: 0 })
  expect((await ask(system, 'DELETE', '/api/customers/nobody')).status).toBe(404)
})

/** A terminal on which the operator gives one answer to every question. */
const answering = (answer: string) => {
  const said: string[] = []
  return {
    said,
    isInteractive: true,
    say: (line = '') => said.push(line),
    ask: async (question: string) => {
      said.push(question)
      return answer
    },
    close: () => said.push('closed'),
  }
}

test('the command takes an id, since two may share an address, says what no longer follows, and asks', async () => {
  const system = shared()
  const { person, customerId } = await lived(system)
  const named = await runCommand('forget', system.environment, [person.email])
  const hint = `Nothing was erased. Name the customer by its id at Polar:\n  npm run forget -- ${customerId}\n`
  expect(named).toEqual({ code: 1, out: '', err: hint })
  const unknown = await runCommand('forget', system.environment, ['nobody@example.com'])
  expect(unknown.err).toMatch(/^This is not the id of a customer at Polar/)
  const mistyped = await runCommand('forget', system.environment, [randomUUID()])
  expect(mistyped).toMatchObject({ code: 1, out: '', err: expect.stringMatching(/^Nothing was e/) })

  const forget = (args: string[], terminal = {}) =>
    runCommand('forget', system.environment, [customerId, ...args], terminal)
  const no = answering('no')
  expect(await forget([], no)).toEqual({ code: 1, out: '', err: '' })
  const [whose, taken, runs, ends, question, ...end] = no.said
  expect(whose).toBe(`Customer ${customerId}: ${person.name}, ${person.email}.`)
  expect(taken).toMatch(
    /^An erasure takes 2 messages, \d+ events, 1 API link and all that is known of its subscriptions\.$/,
  )
  expect(runs).toMatch(/^Its subscription runs on at Polar: .+ \(active, renews 2\S+ \S+ UTC\)\.$/)
  expect(ends).toMatch(/^Postern will never send anything about this customer again: /)
  expect([question, ...end]).toEqual(['Go on? yes or no', 'Nothing was changed.', 'closed'])

  const yes = answering('yes')
  const { code, out } = await forget([], yes)
  expect([code, yes.said]).toEqual([0, no.said.toSpliced(-2, 1)])
  expect(out).toMatch(/^Erased:\n {2}2 messages with content/)
  expect(out).toContain('\nIts subscription runs on at Polar. Postern sends nothing about this')
  // Without a terminal it erases, and says the same beside its report.
  const again = await forget([])
  expect(again.out).toMatch(
    /^Customer \S+: no message is kept any more\.\nErased here by an operator, by command, /,
  )
  expect(again.out).toMatch(/\nNothing else is kept\.\n\nThere was nothing more to erase\.\n$/)
  const unasked = answering('no')
  expect(await forget(['--yes'], unasked)).toMatchObject({ code: 0, err: '' })
  expect(unasked.said).toEqual([])
})

test('an event of an erased customer that comes again or late sends nothing and is erased too', async () => {
  const system = shared()
  const { stored } = readRedis(system.redis)
  const texts = async () => (await stored()).map(({ text }) => text).join('\n')
  const { person, customerId, pieces } = await lived(system)
  await runCommand('forget', system.environment, [customerId])
  system.clock.advance(MINUTE)
  const before = system.mails().length
  await system.polarWorld.scenario.purchase({ customer: { id: customerId, ...person } })
  await system.settle()
  expect(system.mails()).toHaveLength(before)
  system.clock.advance(2 * MINUTE)
  await system.settle()
  expect(found(pieces, await texts())).toEqual([])
  const gone = await runCommand('find', system.environment, [customerId])
  expect(gone.out).toMatch(/ Events of it came since, the last 2\S+ \S+ UTC, and were ignored\.\n$/)
  const missed = await runCommand('backfill', system.environment, ['--dry-run', '--since', '3h'])
  expect(missed.out).toContain(': 0 events were missed.')
  // An event that is not decided at all names the customer too.
  const data = { id: 'bg-1', customer: { id: customerId, ...person } }
  const timestamp = '2026-11-26T12:00:00Z'
  await system.polarWorld.deliver({ type: 'benefit_grant.revoked', timestamp, data })
  await system.settle()
  expect(found(pieces, await texts())).not.toEqual([])
  system.clock.advance(2 * MINUTE)
  await system.settle()
  expect(found(pieces, await texts())).toEqual([])
})

test('a message that is being sent is erased once that is done', async () => {
  const system = shared()
  const person = newPerson()
  let requests = 0
  system.resendWorld.fault = () => {
    requests++
    return { status: 500, body: { name: 'application_error' } }
  }
  const { customerId } = await system.polarWorld.scenario.purchase({ customer: person })
  await expect.poll(() => requests).toBeGreaterThan(0)
  const { out, err, code } = await runCommand('forget', system.environment, [customerId])
  expect([code, err]).toEqual([
    1,
    '1 message being sent: a worker erases the rest when that is done.\n',
  ])
  expect(out).toContain('0 messages with content')
  system.resendWorld.fault = undefined
  const { stored } = readRedis(system.redis)
  system.clock.advance(MINUTE)
  await system.settle()
  expect(system.mails().filter(({ to }) => to.includes(person.email))).toHaveLength(1)
  system.clock.advance(2 * MINUTE)
  await system.settle()
  const texts = (await stored()).map(({ text }) => text).join('\n')
  expect(found([person.email, customerId], texts)).toEqual([])
})

/** In shadow mode, and while mail is held, nobody goes on with a message that was being sent. */
test.each(['shadow', 'hold'])(
  'with SEND_MODE=%s messages in a request are erased a day after they were to be retried, and sent by nobody later',
  async (mode) => {
    const lent = await borrowRedis()
    onTestFinished(lent.giveBack)
    const { redis, stored } = readRedis(lent.url)
    const clock = createMovableClock()
    const startIn = (SEND_MODE: string) =>
      startTestSystem({
        ...{ clock, redisUrl: lent.url, reports: false, linger: 30 * SECOND },
        environment: { API_TOKEN: TOKEN, SEND_MODE },
      })

    const live = await startIn('hold')
    live.resendWorld.fault = () => ({ status: 500, body: { name: 'application_error' } })
    const [single, ...batch] = purchases(4, ofItsOwnProduct)
    await tellAll(live, batch)
    await releaseTogether(live, batch.length)
    await expect.poll(() => live.logText()).toContain('batch to be retried')
    await tellAll(live, [single])
    await expect.poll(() => live.logText()).toContain('delivery to be retried')
    await live.close()

    const erased = [single, batch[0]].map(({ data }) => data.customer)
    const pieces = erased.flatMap(({ id, email }) => [id, email])
    const texts = async () => (await stored()).map(({ text }) => text).join('\n')
    const quiet = await startIn(mode)
    const erase = async () => {
      for (const { id } of erased) {
        const { body } = await ask(quiet, 'DELETE', `/api/customers/${id}`)
        expect(JSON.parse(body)).toMatchObject({ erased: { messages: 0 }, being_sent: 1 })
      }
    }
    await erase()
    clock.advance(23 * HOUR)
    await erase()
    expect(await redis.keys('*:body:*')).toHaveLength(4)
    clock.advance(DAY - 22 * HOUR)
    for (const { id: customer } of erased)
      await expect
        .poll(() => linesOf(quiet, 'customer erased'))
        .toContainEqual(expect.objectContaining({ customer, messages: 1, beingSent: 0 }))
    expect(found(pieces, await texts())).toEqual([])
    // The emails of others are as they were.
    expect(await redis.keys('*:body:*')).toHaveLength(2)
    expect(quiet.resendWorld.accepted()).toBe(0)
    await quiet.close()

    const again = await startIn('live')
    await release(again)
    for (let minutes = 0; minutes < 3; minutes++) {
      await again.settle()
      clock.advance(2 * MINUTE)
    }
    expect(again.mails()).toEqual([])
    await expect.poll(() => linesOf(again, 'message held')).toHaveLength(2)
    expect(again.logs().filter(({ msg, level }) => level === 50 && msg !== 'message held')).toEqual(
      [],
    )
    expect(await redis.keys('*:batch:*')).toEqual([])
    expect(await redis.keys('*:due:erasures')).toEqual([])
    expect(found(pieces, await texts())).toEqual([])
  },
)

test('a customer who is deleted at Polar, or erased through the API or by a command, leaves no trace, and others keep theirs', async () => {
  const system = shared()
  const { redis, stored } = readRedis(system.redis)
  const texts = async () => (await stored()).map(({ key, text }) => `${key}\n${text}`)
  const customers = []
  for (const way of WAYS) customers.push({ ...way, ...(await lived(system)) })
  const other = await bought(system, newAddress())
  const pieces = customers.flatMap((customer) => customer.pieces)
  expect(found(pieces, (await texts()).join('\n'))).toEqual(pieces)

  for (const { erase, customerId } of customers) await erase(system, customerId)
  await system.settle()
  system.clock.advance(2 * MINUTE)
  await system.settle()

  const [left, file] = [await texts(), await rewrittenFile(redis)]
  for (const { way, customerId, links, pieces, says } of customers) {
    const remains = left.filter((text) => found(pieces, text).length > 0)
    expect({ way, remains, file: found(pieces, file) }).toEqual({ way, remains: [], file: [] })
    for (const link of links) expect((await visit(link, { headers: NAVIGATION })).status).toBe(410)
    const gone = await runCommand('find', system.environment, [customerId])
    const line = `^Customer ${customerId}: ${says} 2\\S+ \\S+ UTC\\. Postern sends nothing about it any more\\.( Only Polar knows .*)?\n$`
    expect(gone.out).toMatch(new RegExp(line))
    // A worker logs what a command did within a second.
    const logged = () =>
      linesOf(system, 'customer erased').map(({ customer, mark }) => customer ?? mark)
    const mark = way === 'erased by a command' ? customerKey(customerId) : customerId
    await expect.poll(logged).toContain(mark)
  }
  const timeline = await runCommand('find', system.environment, [other.mail.to.join()])
  expect(timeline.out).toContain(messageOf(other.mail))
  const { status, location } = await visit(firstLink(other.mail.text), { headers: NAVIGATION })
  expect([status, location]).toEqual([302, expect.stringContaining('customer_session_token=')])
})
