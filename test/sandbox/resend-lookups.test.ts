import { expect, test } from 'vitest'
import { email, resend, resendForEachTest, server } from './simulated-resend.ts'

resendForEachTest()

const send = async (count: number) => {
  const batch = Array.from({ length: count }, (_, index) => ({ ...email, subject: `${index}` }))
  await resend.batch.send(batch)
  return server.inbox().map(({ id }) => id)
}

test('a list is paged through from the newest to the oldest and back', async () => {
  const ids = await send(7)
  const page = async (cursor: { after?: string } | { before?: string } = {}) => {
    const { data } = await resend.emails.list({ limit: 3, ...cursor } as { limit: number })
    return { ids: data?.data.map(({ id }) => id), more: data?.has_more }
  }
  server.rateLimit = Infinity
  expect(await page()).toEqual({ ids: ids.slice(0, 3), more: true })
  expect(await page({ after: ids[2] as string })).toEqual({ ids: ids.slice(3, 6), more: true })
  expect(await page({ after: ids[5] as string })).toEqual({ ids: ids.slice(6), more: false })
  expect(await page({ before: ids[6] as string })).toEqual({ ids: ids.slice(3, 6), more: true })
  expect(await page({ before: ids[3] as string })).toEqual({ ids: ids.slice(0, 3), more: false })
})

test('a list has twenty emails unless it is asked for more, up to a hundred', async () => {
  await send(100)
  expect((await resend.emails.list()).data?.data).toHaveLength(20)
  expect((await resend.emails.list({ limit: 100 })).data?.data).toHaveLength(100)
  const { error } = await resend.emails.list({ limit: 101 })
  expect(error).toMatchObject({ statusCode: 422, name: 'validation_error' })
})

test('a cursor that is no email, and two cursors at once, are refused', async () => {
  const [id = ''] = await send(1)
  const { error } = await resend.emails.list({ after: 'nothing' })
  expect(error).toMatchObject({ statusCode: 422, name: 'validation_error' })
  const both = await fetch(`${server.url}/emails?after=${id}&before=${id}`, {
    headers: { authorization: 'Bearer re_test' },
  })
  expect(both.status).toBe(422)
})

test('an email is found by its id, with its tags, until the inbox is emptied', async () => {
  const tags = [{ name: 'kind', value: 'order_confirmation' }]
  const { data } = await resend.emails.send({ ...email, tags })
  const found = await resend.emails.get(data?.id ?? '')
  expect(found.data).toMatchObject({ id: data?.id, tags, html: email.html })
  server.clear()
  const { error } = await resend.emails.get(data?.id ?? '')
  expect(error).toMatchObject({ statusCode: 404, name: 'not_found' })
})

test('the last event of an email is told where nobody listens, too', async () => {
  const { data } = await resend.emails.send({ ...email, to: 'bounced.mara@example.com' })
  expect((await resend.emails.get(data?.id ?? '')).data?.last_event).toBe('bounced')
  expect((await resend.emails.list()).data?.data).toMatchObject([{ last_event: 'bounced' }])
})

test('a limit can be lowered and lifted while it runs, and the headers follow', async () => {
  expect((await resend.emails.send(email)).headers).toMatchObject({ 'ratelimit-limit': '5' })
  server.rateLimit = 2
  for (const remaining of ['1', '0']) {
    expect((await resend.emails.send(email)).headers).toMatchObject({
      'ratelimit-limit': '2',
      'ratelimit-remaining': remaining,
    })
  }
  const { error, headers } = await resend.emails.send(email)
  expect(error).toMatchObject({ statusCode: 429, name: 'rate_limit_exceeded' })
  expect(headers).toMatchObject({ 'ratelimit-limit': '2', 'retry-after': '1' })
  server.rateLimit = Infinity
  expect((await resend.emails.send(email)).headers).not.toHaveProperty('ratelimit-limit')
})
