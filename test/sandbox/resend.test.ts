import { Resend } from 'resend'
import { describe, expect, test } from 'vitest'
import { DAY, SECOND } from '../../src/runtime/clock.ts'
import { clock, email, resend, resendForEachTest, server } from './simulated-resend.ts'

resendForEachTest()

test('an accepted email lies in the inbox as it was sent', async () => {
  const { data } = await resend.emails.send({
    ...email,
    replyTo: 'help@acme.example.com',
    tags: [{ name: 'kind', value: 'order_confirmation' }],
    headers: { 'X-Entity-Ref-ID': '1' },
  })
  expect(server.inbox()).toMatchObject([
    {
      id: data?.id,
      from: email.from,
      to: [email.to],
      reply_to: ['help@acme.example.com'],
      subject: email.subject,
      html: email.html,
      text: email.text,
      tags: [{ name: 'kind', value: 'order_confirmation' }],
      headers: { 'X-Entity-Ref-ID': '1' },
    },
  ])
  expect(Math.abs(Date.parse(server.inbox()[0]?.accepted_at ?? '') - clock.now())).toBeLessThan(
    SECOND,
  )
})

test('what was sent can be read back, newest first, and lists leave out the tags', async () => {
  const first = await resend.emails.send(email)
  const second = await resend.emails.send({ ...email, tags: [{ name: 'a', value: 'b' }] })
  const { data: list } = await resend.emails.list()
  expect(list?.data.map(({ id }) => id)).toEqual([second.data?.id, first.data?.id])
  expect(list?.data[0]).not.toHaveProperty('tags')
  const { data: one } = await resend.emails.get(second.data?.id ?? '')
  expect(one).toMatchObject({ subject: 'Your order', tags: [{ name: 'a', value: 'b' }] })
  const { data: domains } = await resend.domains.list()
  expect(domains?.data).toMatchObject([{ status: 'verified', click_tracking: false }])
})

describe('what is refused', () => {
  test('a missing key with 401, a wrong one with 403', async () => {
    const answer = await fetch(`${server.url}/emails`, { method: 'POST', body: '{}' })
    expect(answer.status).toBe(401)
    expect(await answer.json()).toMatchObject({ statusCode: 401, name: 'missing_api_key' })
    const stranger = new Resend('re_other', { baseUrl: server.url })
    const { error } = await stranger.emails.send(email)
    expect(error).toMatchObject({ statusCode: 401, message: 'API key is invalid' })
  })

  test.each([
    ['no recipient', { to: undefined }, 'missing_required_field'],
    ['no subject', { subject: undefined }, 'missing_required_field'],
    ['neither HTML nor text', { html: undefined, text: undefined }, 'missing_required_field'],
    ['a sender that is no address', { from: 'Acme' }, 'invalid_from_address'],
    ['a recipient that is no address', { to: 'mara' }, 'validation_error'],
    ['a tag with a dot', { tags: [{ name: 'a', value: 'b.c' }] }, 'validation_error'],
    [
      'a tag that is too long',
      { tags: [{ name: 'a', value: 'b'.repeat(257) }] },
      'validation_error',
    ],
  ])('an email with %s, with 422', async (_, change, name) => {
    const { error } = await resend.emails.send({ ...email, ...change } as typeof email)
    expect(error).toMatchObject({ statusCode: 422, name })
    expect(server.inbox()).toEqual([])
  })

  test('the sixth request of a second, with 429 and how long to wait', async () => {
    for (let request = 5; request > 0; request--) {
      const { headers, error } = await resend.emails.send(email)
      expect(error).toBeNull()
      expect(headers).toMatchObject({
        'ratelimit-limit': '5',
        'ratelimit-remaining': String(request - 1),
      })
    }
    const { error, headers } = await resend.emails.send(email)
    expect(error).toMatchObject({ statusCode: 429, name: 'rate_limit_exceeded' })
    expect(headers).toMatchObject({ 'retry-after': '1', 'ratelimit-remaining': '0' })
    clock.advance(SECOND)
    expect((await resend.emails.send(email)).error).toBeNull()
    expect(server.inbox()).toHaveLength(6)
    expect(server.requests()).toBe(7)
  })
})

describe('an idempotency key', () => {
  test('with the same payload gives the same answer and no second email', async () => {
    const first = await resend.emails.send(email, { idempotencyKey: 'order/1' })
    const again = await resend.emails.send(email, { idempotencyKey: 'order/1' })
    expect(again.data).toEqual(first.data)
    expect(server.inbox()).toHaveLength(1)
  })

  test('with another payload is a 409', async () => {
    await resend.emails.send(email, { idempotencyKey: 'order/1' })
    const { error } = await resend.emails.send(
      { ...email, subject: 'Another' },
      { idempotencyKey: 'order/1' },
    )
    expect(error).toMatchObject({ statusCode: 409, name: 'invalid_idempotent_request' })
  })

  test('of a request that still runs is a 409 of its own kind', async () => {
    let finish = () => {}
    const running = new Promise<void>((accepted) => {
      server.beforeAnswer = () => {
        accepted()
        return new Promise((resolve) => {
          finish = resolve
        })
      }
    })
    const first = resend.emails.send(email, { idempotencyKey: 'order/1' })
    await running
    const second = await resend.emails.send(email, { idempotencyKey: 'order/1' })
    expect(second.error).toMatchObject({ statusCode: 409, name: 'concurrent_idempotent_requests' })
    finish()
    expect((await first).data?.id).toBe(server.inbox()[0]?.id)
  })

  test('is forgotten after a day', async () => {
    const first = await resend.emails.send(email, { idempotencyKey: 'order/1' })
    clock.advance(DAY)
    const again = await resend.emails.send(email, { idempotencyKey: 'order/1' })
    expect(again.data?.id).not.toBe(first.data?.id)
    expect(server.inbox()).toHaveLength(2)
  })

  test('of a refused email is free to be used again', async () => {
    await resend.emails.send({ ...email, to: 'mara' }, { idempotencyKey: 'order/1' })
    const { error } = await resend.emails.send(email, { idempotencyKey: 'order/1' })
    expect(error).toBeNull()
  })

  test('is at most 256 characters long', async () => {
    const { error } = await resend.emails.send(email, { idempotencyKey: 'k'.repeat(257) })
    expect(error).toMatchObject({ statusCode: 400, name: 'invalid_idempotency_key' })
    const { error: none } = await resend.emails.send(email, { idempotencyKey: 'k'.repeat(256) })
    expect(none).toBeNull()
  })
})

describe('a batch', () => {
  const good = (subject: string) => ({ ...email, subject })
  const bad = { ...email, to: 'mara' }

  test('counts as one request and is accepted in order', async () => {
    const batch = Array.from({ length: 100 }, (_, index) => good(`mail ${index}`))
    const { data, headers } = await resend.batch.send(batch, { idempotencyKey: 'batch/1' })
    expect(data?.data).toHaveLength(100)
    expect(headers?.['ratelimit-remaining']).toBe('4')
    const byId = new Map(server.inbox().map((sent) => [sent.id, sent.subject]))
    expect(data?.data.map(({ id }) => byId.get(id))).toEqual(batch.map(({ subject }) => subject))
    const again = await resend.batch.send(batch, { idempotencyKey: 'batch/1' })
    expect(again.data).toEqual(data)
    expect(server.inbox()).toHaveLength(100)
  })

  test('is strict by default: one bad email refuses them all', async () => {
    const { error } = await resend.batch.send([good('a'), bad, good('b')])
    expect(error).toMatchObject({ statusCode: 422, name: 'validation_error' })
    expect(server.inbox()).toEqual([])
  })

  test('that is permissive sends the good ones and names the bad ones by index', async () => {
    const { data } = await resend.batch.send([good('a'), bad, good('b')], {
      batchValidation: 'permissive',
    })
    expect(data?.data).toHaveLength(2)
    expect(data?.errors).toMatchObject([{ index: 1 }])
    expect(server.inbox().map(({ subject }) => subject)).toEqual(['b', 'a'])
  })

  test('holds at most a hundred and drops attachments without a word', async () => {
    const many = Array.from({ length: 101 }, () => good('x'))
    expect((await resend.batch.send(many)).error).toMatchObject({ statusCode: 422 })
    const attachments = [{ filename: 'invoice.pdf', content: 'aGk=' }]
    await resend.batch.send([{ ...good('x'), attachments } as ReturnType<typeof good>])
    expect(server.inbox()[0]?.attachments).toEqual([])
    await resend.emails.send({ ...email, attachments })
    expect(server.inbox()[0]?.attachments).toMatchObject([{ filename: 'invoice.pdf' }])
  })
})
