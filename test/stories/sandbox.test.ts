// The sandbox as the README has it: its commands, and the routes that only it has.

import { describe, expect, onTestFinished, test, vi } from 'vitest'
import { walkStory } from '../../src/sandbox/once.ts'
import { visit } from '../../src/sandbox/person.ts'
import { runSandbox } from '../../src/sandbox/run.ts'
import { fixture, paidOrder } from '../support/events.ts'
import { linesOf } from '../support/mailed.ts'
import { firstLink, startTestSystem, type TestSystem } from '../support/system.ts'

const post = (system: TestSystem, path: string, body: unknown, headers = {}) =>
  fetch(system.postern + path, {
    method: 'POST',
    headers,
    body: typeof body === 'string' ? body : JSON.stringify(body),
  })

const read = async <T>(system: TestSystem, path: string): Promise<T> =>
  (await (await fetch(system.postern + path)).json()) as T

// CI runs `npm run sandbox -- --once` itself.
test('the walk of the story says each step, and the system warns of nothing', async () => {
  const system = await startTestSystem()
  const lines: string[] = []
  await system.checkAccount()
  await walkStory(system, (line) => lines.push(line))
  for (const step of ['webhook', 'message', 'email', 'click', 'session'])
    expect(lines.filter((line) => line.startsWith(`  ${step} `))).toHaveLength(3)
  expect(lines.at(-1)).toBe('The story holds.')
  expect(linesOf(system, 'account checked')).toHaveLength(1)
  expect(system.logs().filter(({ level }) => Number(level) >= 40)).toEqual([])
})

test('an option that the sandbox does not know ends it with 1', async () => {
  const exit = vi.spyOn(process, 'exit').mockImplementation(() => undefined as never)
  const stderr = vi.spyOn(process.stderr, 'write').mockReturnValue(true)
  onTestFinished(() => {
    exit.mockRestore()
    stderr.mockRestore()
  })
  await runSandbox(['--twice'])
  expect(exit).toHaveBeenCalledWith(1)
  expect(stderr).toHaveBeenCalledWith(expect.stringContaining('Usage: npm run sandbox [-- --once]'))
})

describe('the routes of the sandbox', () => {
  test('take a raw event through the door, show the email, and let its link be followed', async () => {
    const system = await startTestSystem()
    const answer = await post(
      system,
      '/sandbox/events',
      fixture('order.paid.discount-tax-multi-item'),
    )
    expect([answer.status, await answer.json()]).toEqual([202, { stored: 'now' }])
    await system.settle()

    const [email] = await read<{ text: string; tags: unknown }[]>(system, '/sandbox/inbox')
    expect(Object.keys(email ?? {})).toEqual(
      expect.arrayContaining([
        'id',
        'to',
        'subject',
        'html',
        'text',
        'tags',
        'headers',
        'accepted_at',
      ]),
    )
    const moved = await post(system, '/sandbox/clock', { advance: '2m' })
    expect(moved.status).toBe(200)
    const { location } = await visit(firstLink(email?.text ?? ''))
    expect(location).toContain('/portal/orders/c6a53877-7733-4bdb-9721-0dff076ce2ef')
    expect(await read(system, '/sandbox/sessions')).toMatchObject([
      { customer_id: '6fced11d-2bd8-41e6-847a-8387cdde8d51' },
    ])
  })

  test('deliver an event again under the same webhook-id', async () => {
    const system = await startTestSystem()
    const event = paidOrder()
    const first = await post(system, '/sandbox/events', event)
    const again = await post(system, '/sandbox/events', event, {
      'webhook-id': first.headers.get('webhook-id') ?? '',
    })
    expect([again.status, await again.json()]).toEqual([202, { stored: 'before' }])
  })

  test('answer what the door answers, also to what is no event', async () => {
    const system = await startTestSystem()
    expect((await post(system, '/sandbox/events', 'no JSON')).status).toBe(202)
    expect((await post(system, '/sandbox/events', 'x'.repeat(2 ** 20 + 1))).status).toBe(413)
  })

  test('say what they take, where they are given anything else', async () => {
    const system = await startTestSystem()
    const refused = async (path: string, body: unknown) => {
      const answer = await post(system, path, body)
      return [answer.status, ((await answer.json()) as { error: string }).error]
    }
    for (const body of [{}, { advance: 'soon' }, { advance: 7 }, 'null', 'no JSON'])
      expect(await refused('/sandbox/clock', body)).toEqual([400, expect.stringContaining('"7d"')])
    for (const body of [{}, { email: 'nobody' }, { email: 7 }, 'null', 'no JSON'])
      expect(await refused('/sandbox/purchases', body)).toEqual([
        400,
        expect.stringContaining('"bounced@example.com"'),
      ])
  })

  test('let somebody buy whose address does not take mail', async () => {
    const system = await startTestSystem()
    const answer = await post(system, '/sandbox/purchases', { email: 'bounced@example.com' })
    expect([answer.status, await answer.json()]).toEqual([
      201,
      { customer: expect.any(String), order: expect.any(String) },
    ])
    await system.settle()
    expect(linesOf(system, 'address suppressed')).toHaveLength(1)
  })

  test('let what falls due happen when the clock moves', async () => {
    const system = await startTestSystem()
    system.resendWorld.fault = () => ({
      status: 429,
      body: { name: 'daily_quota_exceeded', statusCode: 429, message: 'enough for today' },
    })
    await system.polarWorld.deliver(paidOrder())
    await expect.poll(() => system.logText()).toContain('deliveries paused')
    system.resendWorld.fault = undefined
    await post(system, '/sandbox/clock', { advance: '1h' })
    expect(system.mails()).toHaveLength(1)
  })
})
