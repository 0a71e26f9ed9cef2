// The metrics that Prometheus reads.

import { Redis } from 'ioredis'
import { expect, onTestFinished, test } from 'vitest'
import { visit } from '../../src/sandbox/person.ts'
import { mailed } from '../support/links.ts'
import { startTestSystem } from '../support/system.ts'
import { startWebRole } from '../support/web-role.ts'

const TOKEN = 'a-token-of-prometheus'

const bearer = { headers: { authorization: `Bearer ${TOKEN}` } }

test('metrics count visits by verdict and ending, forged links, and calls to Polar', async () => {
  const system = await startTestSystem({
    environment: { METRICS_TOKEN: TOKEN, LINK_SETTLE_SECONDS: '0' },
  })
  const { link } = await mailed(system)
  await visit(link, { method: 'HEAD' })
  await visit(link)
  await visit(`${link}x`)
  const { status, body, headers } = await visit(`${system.postern}/metrics`, bearer)
  expect(status).toBe(200)
  expect(headers['content-type']).toContain('text/plain')
  expect(body).toContain(
    'postern_link_visits_total{visitor="machine",evidence="head",ending="button_shown"} 1',
  )
  expect(body).toContain(
    'postern_link_visits_total{visitor="person",evidence="navigation",ending="signed_in"} 1',
  )
  expect(body).toContain('postern_link_visit_seconds_count{ending="signed_in"} 1')
  expect(body).toContain('postern_forged_links_total 1')
  expect(body).toContain('postern_polar_calls_per_minute{up_to="limit"} 500')
  expect(body).toContain('postern_polar_calls_per_minute{up_to="clicks"} 400')
  expect(body).toContain('postern_polar_calls_per_minute{up_to="messages"} 300')
  expect(body).toContain('postern_polar_calls_per_minute{up_to="api"} 350')
  expect(body).toContain('postern_polar_calls_per_minute{up_to="backfill"} 200')
  const [, spent] = /postern_polar_calls_spent (\d+)/.exec(body) ?? []
  expect(Number(spent)).toBeGreaterThan(0)
})

test('a link without a record is counted too', async () => {
  const system = await startTestSystem({ environment: { METRICS_TOKEN: TOKEN } })
  const { link } = await mailed(system)
  const redis = new Redis(system.redis)
  onTestFinished(() => redis.disconnect())
  for (const key of await redis.keys('*:msg:*')) await redis.del(key)
  expect((await visit(link, { method: 'POST' })).status).toBe(303)
  const { body } = await visit(`${system.postern}/metrics`, bearer)
  expect(body).toContain(
    'postern_link_visits_total{visitor="unsure",evidence="",ending="unknown"} 1',
  )
})

test('metrics require the token, and do not exist without METRICS_TOKEN', async () => {
  const { url } = await startWebRole({ METRICS_TOKEN: TOKEN })
  const { status, headers } = await visit(`${url}/metrics`)
  expect([status, headers['www-authenticate']]).toEqual([401, 'Bearer'])
  const without = await startWebRole()
  expect((await visit(`${without.url}/metrics`, bearer)).status).toBe(404)
})

test('requests with a wrong token are limited by address, and the right token still works', async () => {
  const { url } = await startWebRole({ METRICS_TOKEN: TOKEN })
  const guess = () => visit(`${url}/metrics`, { headers: { authorization: 'Bearer x' } })
  for (let n = 0; n < 30; n++) expect((await guess()).status).toBe(401)
  const limited = await guess()
  expect(limited.status).toBe(429)
  expect(Number(limited.headers['retry-after'])).toBeGreaterThan(0)
  expect((await visit(`${url}/metrics`, bearer)).status).toBe(200)
})
