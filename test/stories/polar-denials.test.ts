// Polar denies the access token or a missing scope: the operator gets an alert, and customers get
// an answer.

import { expect, test } from 'vitest'
import { visit } from '../../src/sandbox/person.ts'
import type { Fault, FaultRequest } from '../../src/sandbox/polar/calls.ts'
import { settled } from '../support/links.ts'
import { startReceiver } from '../support/receiver.ts'
import { startTestSystem, type TestSystem } from '../support/system.ts'

/** Polar's answer for a scope that the token lacks (server/polar/oauth2/exceptions.py). */
const lacks = (scopes: string): Fault => ({
  status: 403,
  body: {
    error: 'insufficient_scope',
    error_description: 'The request requires higher privileges',
  },
  headers: {
    'WWW-Authenticate': `Bearer realm="polar", error="insufficient_scope", scope="${scopes}"`,
  },
})

const revoked: Fault = {
  status: 401,
  body: { error: 'invalid_token', error_description: 'The access token is expired or revoked' },
  headers: { 'WWW-Authenticate': 'Bearer realm="polar", error="invalid_token"' },
}

const isPayments = ({ path }: FaultRequest) => path === '/v1/payments/'

const denials = (system: TestSystem) =>
  system
    .logs()
    .filter(({ msg }) => msg === 'call denied by Polar')
    .map(({ call, status, scopes }) => ({ call, status, scopes }))

const endings = (system: TestSystem) =>
  system
    .logs()
    .filter(({ msg }) => msg === 'link visited')
    .map(({ ending }) => ending)

test('a missing scope is named once, in the log and in an alert', async () => {
  const { url, post, posts } = await startReceiver()
  const system = await startTestSystem({ environment: { ALERT_WEBHOOK_URL: url } })
  system.polarWorld.fault = (request) =>
    isPayments(request) ? lacks('payments:write payments:read') : undefined
  for (const email of ['theo@example.com', 'aiko@example.com']) {
    await system.polarWorld.scenario.failRenewal({ customer: { email } })
    await system.settle()
  }
  expect(denials(system)).toEqual([
    { call: 'GET /v1/payments/', status: 403, scopes: ['payments:read', 'payments:write'] },
  ])
  expect((await post(1)).text).toMatch(
    /Polar refuses GET \/v1\/payments\/ \(403\): .* lacks the scope payments:read or payments:write\. Add it at Polar/,
  )
  expect(posts).toHaveLength(1)
  expect(system.mails('subscription_past_due')).toHaveLength(2) // poorer, but sent
})

test('a scope that was added and removed again is named again', async () => {
  const system = await startTestSystem()
  const failOne = async (fault: Fault, email: string) => {
    system.polarWorld.fault = (request) => (isPayments(request) ? fault : undefined)
    await system.polarWorld.scenario.failRenewal({ customer: { email } })
    await system.settle()
  }
  await failOne(lacks('payments:read'), 'theo@example.com')
  await failOne(undefined, 'aiko@example.com')
  await failOne(lacks('payments:read'), 'mara@example.com')
  expect(denials(system)).toHaveLength(2)
})

test('a click that Polar denies ends as refused, not as unavailable, and still leads to the sign-in page', async () => {
  const { system, link } = await settled()
  system.polarWorld.fault = ({ path }) =>
    path === '/v1/customer-sessions/' ? lacks('customer_sessions:write') : undefined
  const { status, location } = await visit(link)
  expect(status).toBe(302)
  expect(location).toBe(`${system.polar}/larkspur/portal/request?email=theo%40example.com`)
  expect(denials(system)).toEqual([
    { call: 'POST /v1/customer-sessions/', status: 403, scopes: ['customer_sessions:write'] },
  ])
  expect(endings(system)).toEqual(['polar_refused'])
})

test('a revoked token causes one alert, for any number of failed calls', async () => {
  const { url, post, posts } = await startReceiver()
  const { system, link } = await settled({ environment: { ALERT_WEBHOOK_URL: url } })
  system.polarWorld.fault = () => revoked
  await visit(link)
  await system.polarWorld.scenario.failRenewal({ customer: { email: 'aiko@example.com' } })
  await system.settle()
  expect((await post(1)).text).toMatch(/refuses the access token \(401\).* set POLAR_ACCESS_TOKEN/)
  expect(new Set(denials(system).map(({ status }) => status))).toEqual(new Set([401]))
  expect(posts).toHaveLength(1)
  expect(endings(system)).toEqual(['polar_refused'])
})
