// A CA of one's own, a certificate that it signed, and what a redis-server needs to use it.

import { execFile } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { onTestFinished } from 'vitest'
import { freePort } from '../../src/sandbox/redis.ts'

const run = promisify(execFile)

const KEY = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes']
const VALID = ['-days', '36500']

/** @param names for which the certificate is, as in `DNS:localhost` or `IP:127.0.0.1`. */
export const createCertificates = async (names: readonly string[]) => {
  const directory = await mkdtemp(join(tmpdir(), 'postern-tls-'))
  onTestFinished(() => rm(directory, { recursive: true, force: true }))
  const at = (name: string) => join(directory, name)
  const openssl = (...args: string[]) => run('openssl', args, { cwd: directory })

  const own = ['-subj', '/CN=Our own CA', ...VALID, '-keyout', 'ca.key', '-out', 'ca.crt']
  await openssl('req', '-x509', ...KEY, ...own)
  await openssl('req', ...KEY, '-subj', '/CN=redis', '-keyout', 'redis.key', '-out', 'redis.csr')
  await writeFile(at('names'), `subjectAltName=${names.join(',')}\n`)
  const signed = ['-CA', 'ca.crt', '-CAkey', 'ca.key', '-CAcreateserial', '-extfile', 'names']
  await openssl('x509', '-req', '-in', 'redis.csr', ...signed, ...VALID, '-out', 'redis.crt')
  return {
    caFile: at('ca.crt'),
    keyFile: at('redis.key'),
    /** A port for TLS, and the settings with which a server listens there. */
    listening: async () => {
      const tlsPort = await freePort()
      const files = ['cert-file', at('redis.crt'), 'key-file', at('redis.key')]
      const all = [
        'port',
        `${tlsPort}`,
        ...files,
        'ca-cert-file',
        at('ca.crt'),
        'auth-clients',
        'no',
      ]
      const settings = all.map((word, index) => (index % 2 === 0 ? `--tls-${word}` : word))
      return { tlsPort, settings }
    },
  }
}
