// A renewal that fails and is paid after all, and what the API says of it.

import { visit } from '../../src/sandbox/person.ts'
import { startTestSystem, type TestSystem } from './system.ts'

export const TOKENS = {
  API_TOKEN: 'a-token-of-the-test-backend',
  METRICS_TOKEN: 'a-token-of-prometheus',
}

export const start = () =>
  startTestSystem({
    reports: false,
    environment: { ...TOKENS, QUIET_HOURS: 'off', LINK_SETTLE_SECONDS: '0' },
  })

export const bearer = (token: string) => ({ headers: { authorization: `Bearer ${token}` } })

export const get = async (system: TestSystem, path: string) => {
  const { status, body } = await visit(`${system.postern}${path}`, bearer(TOKENS.API_TOKEN))
  return { status, json: JSON.parse(body) }
}

/** The dollars recovered, by who is credited. */
export const credited = async (system: TestSystem, query = '') =>
  (await get(system, `/api/recovered${query}`)).json.recovered[0]?.by ?? {}

/** A subscription whose renewal fails. */
export const fail = async (system: TestSystem, product = {}) => {
  const { scenario } = system.polarWorld
  const subscribed = await scenario.subscribe({
    customer: { name: 'Ann Meyer', email: 'ann@example.com' },
    product,
  })
  const { subscriptionId, customerId } = subscribed
  const { orderId } = await scenario.failRenewal({ subscriptionId })
  await system.settle()
  return { subscriptionId, customerId, orderId }
}

/** The customer pays an order in the portal. */
export const pay = async (system: TestSystem, orderId: string) => {
  await system.polarWorld.scenario.recover(orderId, 'retry_customer')
  await system.settle()
}

export const recovery = (amount = 2900, payments = 1) => ({ amount, payments })
