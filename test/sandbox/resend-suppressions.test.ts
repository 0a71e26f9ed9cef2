import { expect, test } from 'vitest'
import { createResendClient } from '../../src/resend/client.ts'
import { clock, email, resend, resendForEachTest, server } from './simulated-resend.ts'

resendForEachTest()

const BOUNCED = 'bounced.mara@example.com'

const lastEvent = async () => {
  const { data } = await resend.emails.send({ ...email, to: BOUNCED })
  return (await resend.emails.get(data?.id ?? '')).data?.last_event
}

test('an address that bounced is on the list of suppressions until it is removed', async () => {
  server.rateLimit = Infinity
  expect(await lastEvent()).toBe('bounced')
  expect(await lastEvent()).toBe('suppressed')
  const { data } = await resend.suppressions.get(BOUNCED)
  expect(data).toMatchObject({ email: BOUNCED, origin: 'bounce' })
  expect((await resend.suppressions.remove(data?.id ?? '')).data).toEqual({
    ...{ object: 'suppression', id: data?.id, deleted: true },
  })
  expect((await resend.suppressions.get(BOUNCED)).error).toMatchObject({ statusCode: 404 })
  expect(await lastEvent()).toBe('bounced')
})

test('the client takes an address off the list, unless its key may only send', async () => {
  server.rateLimit = Infinity
  await resend.emails.send({ ...email, to: BOUNCED })
  const client = createResendClient({
    ...{ apiKey: 're_test', baseUrl: server.url, clock, onLimit: () => {} },
  })
  server.permission = 'sending_access'
  expect(await client.unsuppress(BOUNCED)).toMatchObject({ error: { name: 'restricted_api_key' } })
  expect(server.suppressed()).toEqual([BOUNCED])
  server.permission = 'full_access'
  expect(await client.unsuppress(BOUNCED)).toEqual({ isRemoved: true })
  expect(await client.unsuppress(BOUNCED)).toEqual({ isRemoved: false })
  expect(server.suppressed()).toEqual([])
})
