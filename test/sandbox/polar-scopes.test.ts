// The access token at the simulated Polar lacks a scope.

import { afterEach, beforeEach, expect, test } from 'vitest'
import { ACCESS_TOKEN, type Started, startPolar } from './world.ts'

let started: Started
beforeEach(async () => {
  started = await startPolar()
})
afterEach(() => started.close())

const ask = (method: string, path: string) =>
  fetch(`${started.polar.url}/v1${path}`, {
    method,
    headers: { authorization: `Bearer ${ACCESS_TOKEN}` },
    ...(method !== 'GET' && { body: '{}' }),
  })

const ID = crypto.randomUUID()

test.each([
  ['GET', '/orders/?limit=1', ['orders:read']],
  ['GET', `/payments/${ID}`, ['payments:read']],
  ['GET', '/webhooks/endpoints?limit=1', ['webhooks:write', 'webhooks:read']],
  ['GET', `/customers/${ID}/members`, ['members:write', 'members:read']],
  ['PATCH', `/webhooks/endpoints/${ID}`, ['webhooks:write']],
  ['POST', '/customer-sessions/', ['customer_sessions:write']],
])('%s %s is denied and names the scopes that would do', async (method, path, scopes) => {
  started.polar.missingScopes = scopes
  const denied = await ask(method, path)
  expect(denied.status).toBe(403)
  expect(denied.headers.get('www-authenticate')).toContain(`scope="${scopes.join(' ')}"`)
  expect(await denied.json()).toMatchObject({ error: 'insufficient_scope' })
})

test('one of the named scopes is enough', async () => {
  started.polar.missingScopes = ['webhooks:read']
  expect((await ask('GET', '/webhooks/endpoints')).status).toBe(200)
})
