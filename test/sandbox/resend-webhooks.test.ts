import { Resend } from 'resend'
import { describe, expect, onTestFinished, test } from 'vitest'
import { createMovableClock } from '../../src/runtime/clock.ts'
import { createSimulatedResend } from '../../src/sandbox/resend/server.ts'
import { SECRET, startReported } from './resend-endpoint.ts'
import { email } from './simulated-resend.ts'

describe('a report', () => {
  test('is signed so that the SDK believes it, and has the tags as a map', async () => {
    const { server, send, events } = await startReported({ reports: false })
    const tags = [
      { name: 'kind', value: 'order_confirmation' },
      { name: 'message', value: 'msg_1' },
    ]
    const id = await send({ tags })
    const { status, body } = await server.report(id, 'email.delivered')
    expect([status, body]).toEqual([200, '{}'])
    expect(events()).toMatchObject([
      {
        type: 'email.delivered',
        data: {
          email_id: id,
          message_id: `<${id}@eu-west-1.amazonses.com>`,
          from: email.from,
          to: [email.to],
          subject: email.subject,
          tags: { kind: 'order_confirmation', message: 'msg_1' },
        },
      },
    ])
  })

  test('says what its type has to say, made up where it is not given', async () => {
    const { server, send, events } = await startReported({ reports: false })
    const id = await send()
    await server.report(id, 'email.bounced', { bounce: { type: 'Transient', subType: 'Full' } })
    await server.report(id, 'email.failed')
    await server.report(id, 'email.suppressed')
    await server.report(id, 'email.clicked', { click: { link: 'https://example.com/l/a' } })
    const { message: _, ...bounce } = { ...Object(events()[0]).data.bounce }
    expect(bounce).toEqual({ type: 'Transient', subType: 'Full' })
    expect(events().slice(1)).toMatchObject([
      { data: { failed: { reason: expect.any(String) } } },
      { data: { suppressed: { type: 'OnAccountSuppressionList' } } },
      { data: { click: { link: 'https://example.com/l/a', timestamp: expect.any(String) } } },
    ])
  })

  test('delivered again has the same svix-id and the same words', async () => {
    const { server, send, received } = await startReported({ reports: false })
    const id = await send()
    const { svixId, event } = await server.report(id, 'email.delivered')
    await server.report(id, 'email.delivered', { svixId, createdAt: Date.parse(event.created_at) })
    const [first, again] = received
    expect(again).toMatchObject({ id: svixId, payload: first?.payload })
  })

  test('may leave the tags out, come late, or be signed by somebody else', async () => {
    const { server, send, events, received, clock, lastEvent } = await startReported({
      reports: false,
    })
    const id = await send({ tags: [{ name: 'a', value: 'b' }] })
    const createdAt = clock.now() - 60_000
    await server.report(id, 'email.sent', { tags: false, createdAt })
    expect(events()[0]).toMatchObject({ created_at: new Date(createdAt).toISOString() })
    expect(events()[0]?.data).not.toHaveProperty('tags')
    expect(await lastEvent(id)).toBe('delivered')

    await server.report(id, 'email.opened', { secret: 'whsec_c29tZWJvZHkgZWxzZQ==' })
    expect(events).toThrow('No matching signature')
    received.length = 0
    await server.report(id, 'email.opened', { at: clock.now() - 10 * 60_000 })
    expect(events).toThrow('too old')
    expect(await lastEvent(id)).toBe('opened')
  })

  test('on an email that nobody sent is a mistake', async () => {
    const { server } = await startReported()
    await expect(server.report('nothing', 'email.sent')).rejects.toThrow(
      'No accepted email has the id nothing',
    )
  })

  test('to an endpoint that is down has no status and says why', async () => {
    const server = await createSimulatedResend({
      clock: createMovableClock(),
      apiKey: 're_test',
      webhookUrl: () => 'http://127.0.0.1:1/hook',
      webhookSecret: SECRET,
      reports: false,
    })
    onTestFinished(() => server.close())
    const { data } = await new Resend('re_test', { baseUrl: server.url }).emails.send(email)
    expect(await server.report(data?.id ?? '', 'email.sent')).toMatchObject({ status: 0 })
  })
})

test('an address and a secret for reports go together', async () => {
  const half = { clock: createMovableClock(), apiKey: 're_test', webhookSecret: SECRET }
  await expect(createSimulatedResend(half)).rejects.toThrow('go together')
})
