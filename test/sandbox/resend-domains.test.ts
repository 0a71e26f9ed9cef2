import { expect, test } from 'vitest'
import { email, resend, resendForEachTest, server } from './simulated-resend.ts'

resendForEachTest()

test('the one domain is listed once, and is found by its id with its records', async () => {
  const { data } = await resend.domains.list({ limit: 100 })
  expect(data).toMatchObject({
    ...{ object: 'list', has_more: false },
    data: [{ name: 'example.com', status: 'verified', capabilities: { sending: 'enabled' } }],
  })
  const id = data?.data[0]?.id ?? ''
  expect((await resend.domains.list({ after: id })).data?.data).toEqual([])
  const found = await resend.domains.get(id)
  expect(found.data).toMatchObject({ object: 'domain', id, click_tracking: false })
  expect(found.data?.records.map(({ record }) => record)).toEqual(['SPF', 'DKIM'])
  const { error } = await resend.domains.get('d91cd9bd-1176-453e-8fc1-35364d380207')
  expect(error).toMatchObject({ statusCode: 404, name: 'not_found' })
})

test('the domain can be any that is wrong', async () => {
  server.changeDomain({ status: 'failed', click_tracking: true, open_tracking: undefined })
  const { data } = await resend.domains.list()
  expect(data?.data).toMatchObject([{ status: 'failed', click_tracking: true }])
  expect(data?.data[0]).not.toHaveProperty('open_tracking')
})

test('a key that may only send sends, and looks nothing up', async () => {
  server.permission = 'sending_access'
  expect((await resend.emails.send(email)).error).toBeNull()
  const refused = { statusCode: 401, name: 'restricted_api_key' }
  expect((await resend.domains.list()).error).toMatchObject(refused)
  expect((await resend.emails.list()).error).toMatchObject(refused)
  expect((await resend.emails.get('any')).error).toMatchObject(refused)
  server.permission = 'full_access'
  expect((await resend.emails.list()).error).toBeNull()
})

test('requests are counted by path, too', async () => {
  await resend.emails.send(email)
  await resend.domains.list()
  expect([server.requests(), server.requests('/emails'), server.requests('/none')]).toEqual([
    2, 1, 0,
  ])
})
