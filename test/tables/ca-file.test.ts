// REDIS_CA_FILE: the start names every mistake, with the fix.

import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { ConfigError, readCommandConfig } from '../../src/config.ts'
import { problemsWith, withSettings } from './settings.ts'

const folder = mkdtempSync(join(tmpdir(), 'postern-ca-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const file = (name: string, text: string) => {
  writeFileSync(join(folder, name), text)
  return join(folder, name)
}

const OPENSSL = [
  ...['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes'],
  ...['-subj', '/CN=A CA', '-days', '36500', '-keyout', join(folder, 'ca.key')],
]

const certificate = execFileSync('openssl', OPENSSL, { stdio: ['ignore', 'pipe', 'ignore'] })
  .toString()
  .trim()

const ca = file('ca.crt', `A CA of ours\n${certificate}\n`)
const TLS = { REDIS_URL: 'rediss://redis.internal:6380' }

test('a CA certificate is read, without the other lines of its file', () => {
  expect(withSettings({ ...TLS, REDIS_CA_FILE: ca }).redis.ca).toBe(certificate)
  const command = readCommandConfig({ ...TLS, REDIS_CA_FILE: ca })
  expect(command.redis.ca).toBe(certificate)
})

test.each([
  ['does not exist', join(folder, 'none.crt'), /does not exist.*path of a CA certificate/],
  ['is a folder', folder, /cannot be read \(EISDIR\)/],
  ['is empty', file('empty.crt', ''), /must be the path of a CA certificate in PEM/],
  [
    'holds a key',
    file('a.key', '-----BEGIN PRIVATE KEY-----\nhush\n-----END PRIVATE KEY-----'),
    /in PEM/,
  ],
  [
    'is damaged',
    file('bad.crt', certificate.replace(/\n\w{9}/, '\nAAAAAAAAA')),
    /must be the path of a CA certificate in PEM/,
  ],
])('a file that %s is refused', (_, path, expected) => {
  const bad = { ...TLS, REDIS_CA_FILE: path }
  const sentence = expect.stringMatching(new RegExp(`^REDIS_CA_FILE .*${expected.source}`))
  expect(problemsWith(bad)).toEqual([sentence])
  expect(() => readCommandConfig(bad)).toThrow(ConfigError)
})

test('the certificate itself in place of its path is refused, and not shown', () => {
  expect(problemsWith({ ...TLS, REDIS_CA_FILE: certificate })).toEqual([
    'REDIS_CA_FILE must be the path of a file, not its contents',
  ])
})

test.each(['redis://redis.internal:6379', 'rediss://a:1,redis://b:2'])(
  'a CA for %s, which has no TLS, is refused',
  (REDIS_URL) => {
    const bad = { REDIS_URL, REDIS_CA_FILE: ca }
    expect(problemsWith(bad)).toEqual([expect.stringMatching(/^REDIS_CA_FILE .*rediss:\/\//)])
    expect(() => readCommandConfig(bad)).toThrow(/REDIS_CA_FILE .*rediss:\/\//)
  },
)
