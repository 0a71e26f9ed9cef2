// The clients change webhook endpoints and switches at the simulated Polar and Resend, and put them back.

import { test as base, describe, expect, onTestFinished } from 'vitest'
import { PolarRefusedError } from '../../src/polar/call.ts'
import { createResendClient } from '../../src/resend/client.ts'
import { createMovableClock } from '../../src/runtime/clock.ts'
import { createSimulatedResend } from '../../src/sandbox/resend/server.ts'
import { rejection, startPolar } from '../sandbox/world.ts'
import { clientOf } from './polar-client.ts'

const URL_AT_POLAR = 'https://billing.larkspur.example.com/webhooks/polar'
const URL_AT_RESEND = 'https://billing.larkspur.example.com/webhooks/resend'

const within = () => AbortSignal.timeout(60_000)

const test = base
  .extend('started', async () => {
    const started = await startPolar()
    onTestFinished(started.close)
    return started
  })
  .extend('resend', async () => {
    const clock = createMovableClock()
    const server = await createSimulatedResend({ clock, apiKey: 're_test', rateLimit: Infinity })
    onTestFinished(server.close)
    const options = { baseUrl: server.url, clock, onLimit: () => {} }
    const client = createResendClient({ apiKey: 're_test', ...options })
    return { server, client }
  })

describe('a webhook endpoint at Polar', () => {
  test('is made, changed and removed', async ({ started }) => {
    const polar = clientOf(started)
    const before = await polar.webhookEndpoints()
    const made = await polar.createWebhookEndpoint(URL_AT_POLAR, {
      ...{ eventTypes: ['order.paid'], apiVersion: '2026-10' },
    })
    expect(made).toMatchObject({
      ...{ url: URL_AT_POLAR, isEnabled: true, format: 'raw', apiVersion: '2026-10' },
      ...{ eventTypes: ['order.paid'], secret: expect.stringMatching(/^whsec_/) },
    })
    const change = { format: 'slack', isEnabled: false, apiVersion: '2026-04' } as const
    expect(
      await polar.changeWebhookEndpoint(made.id, { ...change, eventTypes: ['order.created'] }),
    ).toEqual({ ...made, ...change, eventTypes: ['order.created'] })
    await polar.deleteWebhookEndpoint(made.id)
    expect(await polar.webhookEndpoints()).toEqual(before)
  })

  test('is not made at an address that Polar cannot reach, nor without the scope', async ({
    started,
  }) => {
    const polar = clientOf(started)
    const make = (url: string) =>
      rejection(polar.createWebhookEndpoint(url, { eventTypes: [], apiVersion: '2026-10' }))
    expect(await make('http://billing.example.com/webhooks/polar')).toMatchObject({ status: 422 })
    started.polar.missingScopes = ['webhooks:write']
    expect(await make(URL_AT_POLAR)).toMatchObject({
      ...{ status: 403, message: expect.stringContaining('lacks the scope webhooks:write') },
    })
  })
})

describe('Polar’s switches', () => {
  test('are read by name, and replaced all at once', async ({ started }) => {
    const polar = clientOf(started)
    const [before] = await polar.customerEmails()
    if (!before) throw new Error('no organization')
    expect(Object.keys(before.switches)).toHaveLength(14)
    const switches = { ...before.switches, order_confirmation: true }
    expect(await polar.setCustomerEmails(before.organizationId, switches)).toEqual({
      ...before,
      switches,
    })
    expect(await polar.customerEmails()).toEqual([{ ...before, switches }])
    const partial = polar.setCustomerEmails(before.organizationId, { order_confirmation: false })
    await expect(partial).rejects.toThrow(PolarRefusedError)
    expect(await polar.customerEmails()).toEqual([{ ...before, switches }])
  })
})

describe('a webhook endpoint at Resend', () => {
  test('is made, listed without its secret, changed and removed', async ({ resend }) => {
    const { client, server } = resend
    const made = await client.createWebhook(URL_AT_RESEND, ['email.sent'], within())
    const { id, secret } = 'id' in made ? made : { id: '', secret: null }
    expect(secret).toMatch(/^whsec_/)
    const row = { id, url: URL_AT_RESEND, isEnabled: true, eventTypes: ['email.sent'] }
    expect(await client.webhooks(within())).toEqual({ webhooks: [row] })
    expect(await client.webhookSecret(id, within())).toEqual({ secret })
    const change = { isEnabled: false, eventTypes: ['email.bounced'] }
    expect(await client.changeWebhook(id, change, within())).toEqual({ id })
    expect(await client.webhooks(within())).toEqual({ webhooks: [{ ...row, ...change }] })
    expect(await client.removeWebhook(id, within())).toEqual({ isRemoved: true })
    expect(await client.removeWebhook(id, within())).toEqual({ isRemoved: false })
    expect(server.webhooks.list()).toEqual([])
  })

  test('is not made by a key that may only send, nor at something that is no URL', async ({
    resend,
  }) => {
    const { client, server } = resend
    expect(await client.createWebhook('billing', ['email.sent'], within())).toMatchObject({
      error: { status: 422 },
    })
    server.permission = 'sending_access'
    expect(await client.webhooks(within())).toMatchObject({ error: { name: 'restricted_api_key' } })
  })
})
