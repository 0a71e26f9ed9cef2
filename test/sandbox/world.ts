// A simulated Polar with somewhere to deliver to, for the tests beside it.

import { createPolar } from '@polar-sh/sdk/2026-10'
import { Hono } from 'hono'
import { createMovableClock } from '../../src/runtime/clock.ts'
import { listen } from '../../src/runtime/server.ts'
import { createSimulatedPolar, type SimulatedPolarOptions } from '../../src/sandbox/polar/server.ts'

export const ACCESS_TOKEN = 'polar_oat_test'
export const WEBHOOK_SECRET = `whsec_${Buffer.from('a secret of thirty-two bytes, ok').toString('base64')}`
export const ORGANIZATION = {
  id: '3ceaaf30-8142-48ea-91d9-3080f9b439fc',
  name: 'Larkspur Audio',
  slug: 'larkspur',
}

export type Received = { headers: Record<string, string>; body: string; type: string }

export const startPolar = async (options: Partial<SimulatedPolarOptions> = {}) => {
  const clock = createMovableClock()
  const received: Received[] = []
  const endpoint = await listen(
    new Hono().post('/hook', async (c) => {
      const body = await c.req.text()
      received.push({ headers: c.req.header(), body, type: JSON.parse(body).type })
      return c.json({}, 202)
    }).fetch,
    { host: '127.0.0.1', port: 0 },
  )
  const polar = await createSimulatedPolar({
    clock,
    accessToken: ACCESS_TOKEN,
    webhookSecret: WEBHOOK_SECRET,
    webhookUrl: () => `http://127.0.0.1:${endpoint.port}/hook`,
    organization: ORGANIZATION,
    ...options,
  })
  return {
    clock,
    polar,
    received,
    types: () => received.map(({ type }) => type),
    sdk: createPolar({ accessToken: ACCESS_TOKEN, baseUrl: polar.url }),
    close: async () => {
      await polar.close()
      await endpoint.close()
    },
  }
}

export type Started = Awaited<ReturnType<typeof startPolar>>

/** The error of a rejected call. */
export const rejection = async (call: Promise<unknown>): Promise<Record<string, unknown>> => {
  try {
    await call
  } catch (error) {
    return error as Record<string, unknown>
  }
  throw new Error('The call was expected to fail and did not')
}
