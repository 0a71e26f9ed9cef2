// The sandbox as the README has it: its commands, and the routes that only it has.

import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { describe, expect, test } from 'vitest'
import { visit } from '../../src/sandbox/person.ts'
import { fixture, paidOrder } from '../support/events.ts'
import { firstLink, startTestSystem, type TestSystem } from '../support/system.ts'

const run = promisify(execFile)

const post = (system: TestSystem, path: string, body: unknown, headers = {}) =>
  fetch(system.postern + path, {
    method: 'POST',
    headers,
    body: typeof body === 'string' ? body : JSON.stringify(body),
  })

const read = async <T>(system: TestSystem, path: string): Promise<T> =>
  (await (await fetch(system.postern + path)).json()) as T

test('npm run sandbox -- --once walks the story and says each step', async () => {
  const { stdout } = await run('npm', ['run', '--silent', 'sandbox', '--', '--once'], {
    env: { ...process.env, LOG_LEVEL: 'info' },
  })
  for (const step of ['webhook', 'message', 'email', 'click', 'session']) {
    expect(stdout.match(new RegExp(`^  ${step} `, 'gm'))).toHaveLength(3)
  }
  expect(stdout).toContain('The story holds.')
  expect(stdout).toContain('"msg":"account checked"')
  expect(stdout).not.toContain('"level":40')
}, 60_000)

test('an option that the sandbox does not know ends it with 1', async () => {
  await expect(run('npm', ['run', '--silent', 'sandbox', '--', '--twice'])).rejects.toMatchObject({
    code: 1,
  })
}, 60_000)

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

  test.each([{}, { advance: 'soon' }, { advance: 7 }, 'no JSON'])(
    'do not move the clock by %j',
    async (body) => {
      const system = await startTestSystem()
      const answer = await post(system, '/sandbox/clock', body)
      expect(answer.status).toBe(400)
      expect(await answer.text()).toContain('7d')
    },
  )

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
