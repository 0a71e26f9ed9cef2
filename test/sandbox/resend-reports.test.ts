import { describe, expect, test } from 'vitest'
import { startReported } from './resend-endpoint.ts'
import { email } from './simulated-resend.ts'

describe('what becomes of an email is told unasked', () => {
  test.each([
    ['mara@example.com', ['sent', 'delivered']],
    ['bounced@resend.dev', ['sent', 'bounced']],
    ['Soft <soft.mara@example.com>', ['sent', 'delivery_delayed', 'delivered']],
    ['complained+1@example.com', ['sent', 'delivered', 'complained']],
  ])('by its address: to %s it is %j', async (to, fate) => {
    const { server, send, events, types, lastEvent } = await startReported()
    const id = await send({ to })
    await server.reported()
    expect(types()).toEqual(fate.map((type) => `email.${type}`))
    const times = events().map(({ created_at }) => Date.parse(created_at))
    expect(times).toEqual([...new Set(times)].sort())
    expect(await lastEvent(id)).toBe(fate.at(-1))
    expect(server.reportsAccepted()).toBe(fate.length)
  })

  test.each(['bounced.mara@example.com', 'complained.mara@example.com'])(
    'an email to %s is accepted a second time and goes nowhere',
    async (to) => {
      const { server, send, received, types, lastEvent } = await startReported()
      await send({ to })
      await server.reported()
      received.length = 0
      const second = await send({ to: `Mara <${to.toUpperCase()}>` })
      await server.reported()
      expect(second).not.toBe('')
      expect(types()).toEqual(['email.suppressed'])
      expect(await lastEvent(second)).toBe('suppressed')
    },
  )

  test('an address is withheld after a hard bounce that was reported, not after a soft one', async () => {
    const { server, send, lastEvent } = await startReported({ reports: false })
    const id = await send()
    await server.report(id, 'email.bounced', { bounce: { type: 'Transient' } })
    expect(await lastEvent(await send())).toBe('delivered')
    await server.report(id, 'email.bounced')
    expect(await lastEvent(await send())).toBe('suppressed')
  })

  test('a report that is not taken is brought again under its svix-id, signed anew', async () => {
    const { server, send, received, types } = await startReported({
      statusOf: (n) => (n < 3 ? 500 : 200),
    })
    await send()
    await server.reported()
    expect(types().toSorted()).toEqual([
      'email.delivered',
      'email.delivered',
      'email.sent',
      'email.sent',
    ])
    expect(new Set(received.map(({ id }) => id)).size).toBe(2)
    expect(server.reportsAccepted()).toBe(2)
  })

  test.each([404, 410])('an endpoint that answers %i is told once', async (status) => {
    const { server, send, received } = await startReported({ statusOf: () => status })
    await send()
    await server.reported()
    expect(received).toHaveLength(2)
    expect(server.reportsAccepted()).toBe(0)
  })

  test('a thousand emails are reported on a few at a time, and nobody who sends waits for it', async () => {
    let open = 0
    let most = 0
    let release = () => {}
    const released = new Promise<void>((resolve) => {
      release = resolve
    })
    const { server, resend, received } = await startReported({
      statusOf: async () => {
        open += 1
        most = Math.max(most, open)
        await released
        open -= 1
        return 200
      },
    })
    const hundred = Array.from({ length: 100 }, () => email)
    for (let sent = 0; sent < 1000; sent += 100) {
      expect((await resend.batch.send(hundred)).data?.data).toHaveLength(100)
    }
    release()
    await server.reported()
    expect(received).toHaveLength(2000)
    expect(most).toBeLessThanOrEqual(10)
  })

  test('a server that closes waits for no endpoint', async () => {
    const { server, send, received, close } = await startReported({
      statusOf: (n) => (n === 1 ? 200 : new Promise(() => {})),
    })
    await send()
    await expect.poll(() => received.length).toBe(2)
    await close()
    await server.reported()
    expect(server.reportsAccepted()).toBe(1)
  }, 5_000)
})
