import { request } from 'node:http'
import { describe, expect, test } from 'vitest'
import { SECOND } from '../../src/runtime/clock.ts'
import { clock, email, resend, resendForEachTest, server } from './simulated-resend.ts'

resendForEachTest()

describe('when it goes wrong', () => {
  test('an answer that is lost after the email was accepted can be asked for again', async () => {
    server.fault = ({ n }) => (n === 1 ? 'drop-after-accept' : undefined)
    const lost = await resend.emails.send(email, { idempotencyKey: 'order/1' })
    expect(lost.error).toMatchObject({ statusCode: null })
    expect(server.inbox()).toHaveLength(1)
    const again = await resend.emails.send(email, { idempotencyKey: 'order/1' })
    expect(again.data?.id).toBe(server.inbox()[0]?.id)
    expect(server.inbox()).toHaveLength(1)
  })

  test('a request that hangs accepts nothing and ends with its caller', async () => {
    const caller = new AbortController()
    server.fault = ({ n }) => (n === 1 ? 'hang' : undefined)
    const hanging = resend.emails.send(email, { signal: caller.signal })
    await expect.poll(() => server.requests()).toBe(1)
    const { data } = await resend.emails.send(email)
    caller.abort()
    expect((await hanging).error).toMatchObject({ statusCode: null })
    expect(server.inbox().map(({ id }) => id)).toEqual([data?.id])
  })

  test('a fault may answer anything at all', async () => {
    server.fault = ({ path, key }) =>
      path === '/emails' && key === 'k' ? { status: 502, body: '<html>' } : undefined
    const { error } = await resend.emails.send(email, { idempotencyKey: 'k' })
    expect(error).toMatchObject({ statusCode: 502, name: 'application_error' })
    expect((await resend.emails.send(email)).error).toBeNull()
  })

  test('whoever dies before the answer finds the email accepted under its key', async () => {
    const headers = { authorization: 'Bearer re_test', 'idempotency-key': 'order/1' }
    const caller = request(`${server.url}/emails`, { method: 'POST', agent: false, headers })
    const dead = new Promise((resolve) => caller.on('close', resolve))
    caller.on('error', () => {}) // It dies on purpose.
    server.beforeAnswer = () => {
      caller.destroy()
      return new Promise(() => {})
    }
    caller.end(JSON.stringify(email))
    await dead
    server.beforeAnswer = undefined
    const retry = () =>
      fetch(`${server.url}/emails`, { method: 'POST', headers, body: JSON.stringify(email) })
    let again = await retry()
    // The server may notice a moment later that its caller is gone.
    while (again.status === 409) {
      clock.advance(SECOND)
      again = await retry()
    }
    expect(await again.json()).toEqual({ id: server.inbox()[0]?.id })
    expect(server.inbox()).toHaveLength(1)
  })
})
