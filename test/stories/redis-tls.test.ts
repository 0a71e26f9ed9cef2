// Redis over TLS with a certificate of one's own CA, which REDIS_CA_FILE names: for every connection.

import { expect, onTestFinished, test, vi } from 'vitest'
import { startRedis } from '../../src/sandbox/redis.ts'
import { startClusterNodes } from '../support/cluster.ts'
import { runCommand } from '../support/command.ts'
import { startSentinels } from '../support/sentinels.ts'
import { startTestSystem } from '../support/system.ts'
import { createCertificates } from '../support/tls.ts'
import { createDelivery, readiness } from '../support/webhooks.ts'

vi.setConfig({ testTimeout: 120_000 })

const startTlsRedis = async () => {
  const { caFile, listening } = await createCertificates(['DNS:localhost', 'IP:127.0.0.1'])
  let tlsPort = 0
  const server = await startRedis({
    settings: async () => {
      const tls = await listening()
      tlsPort = tls.tlsPort
      return tls.settings
    },
  })
  onTestFinished(() => server.close())
  return { url: `rediss://localhost:${tlsPort}`, port: `${tlsPort}`, caFile, listening }
}

/** From a webhook to its email, which every kind of connection has a part in. */
const expectAnEmail = async (redisUrl: string, caFile: string) => {
  const system = await startTestSystem({ redisUrl, environment: { REDIS_CA_FILE: caFile } })
  expect(await readiness(system)).toMatchObject({ status: 200 })
  expect(await createDelivery(system)()).toBe(202)
  await expect.poll(() => system.mails(), { timeout: 30_000 }).toHaveLength(1)
}

test('a webhook becomes an email over TLS', async () => {
  const { url, caFile } = await startTlsRedis()
  await expectAnEmail(url, caFile)
})

test('an operator’s command reaches Redis over TLS', async () => {
  const { url, caFile } = await startTlsRedis()
  const held = await runCommand('hold', { REDIS_URL: url, REDIS_CA_FILE: caFile })
  expect(held).toMatchObject({ code: 0, err: '' })
})

test('without the CA a start is refused, and says which setting is missing', async () => {
  const { url } = await startTlsRedis()
  await expect(startTestSystem({ redisUrl: url })).rejects.toThrow(/certificate.*REDIS_CA_FILE/)
  const { code, err } = await runCommand('hold', { REDIS_URL: url })
  expect(code).toBe(1)
  expect(err).toContain('REDIS_CA_FILE')
})

test('a webhook becomes an email on a cluster whose certificates are for host names only', async () => {
  const { caFile, listening } = await createCertificates(['DNS:localhost'])
  const tlsPorts: number[] = []
  await startClusterNodes(async () => {
    const { tlsPort, settings } = await listening()
    tlsPorts.push(tlsPort)
    const byName = ['--cluster-announce-hostname', 'localhost']
    const preferred = ['--cluster-preferred-endpoint-type', 'hostname']
    return { tlsPort, settings: [...settings, '--tls-cluster', 'yes', ...byName, ...preferred] }
  })
  await expectAnEmail(tlsPorts.map((port) => `rediss://localhost:${port}`).join(','), caFile)
})

test('a webhook becomes an email on the primary that sentinels name, with TLS to both', async () => {
  const { port, caFile, listening } = await startTlsRedis()
  const { url } = await startSentinels('billing', port, onTestFinished, { count: 1, listening })
  await expectAnEmail(url, caFile)
  await expect(startTestSystem({ redisUrl: url })).rejects.toThrow(/REDIS_CA_FILE.*certificate/)
})
