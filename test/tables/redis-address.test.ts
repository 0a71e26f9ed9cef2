// REDIS_URL with sentinels: its parts, and the hosts that an error may name.

import { expect, test } from 'vitest'
import { hostsOf, isSecureUrl, readSentinels, urlsIn } from '../../src/redis/address.ts'

const SECURE =
  'rediss+sentinel://bill:p%40ss:x@one.example.com,[::1]:26380/my%20primary/2?sentinel_username=watch&sentinel_password=a%26b'

test('the parts of a URL of sentinels are decoded, and their port may be left out', () => {
  expect(readSentinels(SECURE)).toEqual({
    sentinels: [
      { host: 'one.example.com', port: 26_379 },
      { host: '::1', port: 26_380 },
    ],
    name: 'my primary',
    db: 2,
    login: { username: 'bill', password: 'p@ss:x' },
    sentinelLogin: { username: 'watch', password: 'a&b' },
    isSecure: true,
  })
  expect(readSentinels('redis+sentinel://:p@h/name')).toMatchObject({
    ...{ db: 0, login: { username: '', password: 'p' }, sentinelLogin: null, isSecure: false },
  })
})

test('the commas of a URL of sentinels separate no URLs, and it may have TLS', () => {
  expect(urlsIn(` ${SECURE} `)).toEqual([SECURE])
  expect(urlsIn('redis://a:1, redis://b:2,')).toEqual(['redis://a:1', 'redis://b:2'])
  expect([SECURE, 'redis+sentinel://h/name', 'rediss://h'].map(isSecureUrl)).toEqual([
    ...[true, false, true],
  ])
})

test('no password is among the hosts that an error names', () => {
  expect(hostsOf(SECURE)).toBe('one.example.com:26379, [::1]:26380')
  expect(hostsOf('redis://user:pass@h:6379/1')).toBe('h:6379')
})
