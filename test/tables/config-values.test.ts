import { describe, expect, test } from 'vitest'
import { DAY } from '../../src/runtime/clock.ts'
import { problemsWith, SECRET, type Settings, varied, withSettings } from './settings.ts'

describe('link secrets', () => {
  const other = varied(48, 43)

  test.each([
    ['base64', SECRET.toString('base64')],
    ['base64 without padding', SECRET.toString('base64').replace(/=+$/, '')],
    ['base64 of URLs', SECRET.toString('base64url')],
    ['hex', SECRET.toString('hex')],
    ['hex in capitals', SECRET.toString('hex').toUpperCase()],
  ])('may be in %s', (_, text) => {
    const [secret] = withSettings({ LINK_SECRETS: text }).links.secrets
    expect(secret).toEqual(SECRET)
  })

  test('may be several, and keep their order', () => {
    const text = `${other.toString('hex')}, ${SECRET.toString('base64')}`
    expect(withSettings({ LINK_SECRETS: text }).links.secrets).toEqual([other, SECRET])
  })

  test.each([
    ['31 bytes of base64', varied(31, 37).toString('base64')],
    ['31 bytes of hex', varied(31, 37).toString('hex')],
    ['a good one and a short one', `${SECRET.toString('base64')},c2hvcnQ=`],
    ['no secret at all', ','],
    ['words', 'a pass phrase that is long enough but neither base64 nor hex'],
    ['a long passphrase', 'my-very-long-passphrase-that-is-long-enough-really'],
    ['the same in canonical base64', 'my-very-long-passphrase-that-is-long-enough-reallyA='],
    ['a passphrase in capitals', 'MyVeryLongPassphraseThatIsLongEnoughReally12'],
    ['one byte that repeats', Buffer.alloc(32, 200).toString('base64')],
    ['a pattern that repeats', Buffer.alloc(48, Buffer.from([1, 200, 3, 90])).toString('hex')],
    [
      'base64 of two alphabets',
      `${Buffer.alloc(3, 0xff).toString('base64')}--__${SECRET.toString('base64')}`,
    ],
    ['base64 with loose ends', `${SECRET.toString('base64').slice(0, 42)}B=`],
  ])('may not be %s', (_, text) => {
    expect(problemsWith({ LINK_SECRETS: text })).toEqual([
      expect.stringMatching(/^LINK_SECRETS .*32 bytes/),
    ])
  })
})

describe('a value', () => {
  test.each([
    [
      'an origin keeps its port and loses its slash',
      { PUBLIC_URL: 'http://localhost:3000/' },
      { publicUrl: 'http://localhost:3000' },
    ],
    [
      'several nodes are one cluster',
      { REDIS_URL: 'redis://a:1, rediss://b:2' },
      { redis: { urls: ['redis://a:1', 'rediss://b:2'] } },
    ],
    [
      'several webhook secrets verify',
      { POLAR_WEBHOOK_SECRET: 'polar_whs_0123456789, an-older-one-of-2025' },
      { polar: { webhookSecrets: ['polar_whs_0123456789', 'an-older-one-of-2025'] } },
    ],
    [
      'an instant is in milliseconds',
      { LIVE_SINCE: '2026-11-22T09:00:00Z' },
      { liveSince: 1_795_338_000_000 },
    ],
    [
      'an instant may have a time zone',
      { LIVE_SINCE: '2026-11-22T10:00:00+01:00' },
      { liveSince: 1_795_338_000_000 },
    ],
    [
      'days and seconds are in milliseconds',
      { LINK_TTL_DAYS: '7', LINK_SETTLE_SECONDS: '0' },
      { links: { ttl: 7 * DAY, settle: 0 } },
    ],
    [
      'an address needs no name',
      { EMAIL_FROM: 'billing@example.com' },
      {
        email: { from: { name: null, address: 'billing@example.com' } },
        brand: { fallback: { name: 'larkspur' } },
      },
    ],
    [
      'an address may have a name in quotes',
      { EMAIL_FROM: '"Acme, Inc." <billing@example.com>' },
      { email: { from: { name: 'Acme, Inc.', address: 'billing@example.com' } } },
    ],
    [
      'the reply address is also the support address',
      { EMAIL_REPLY_TO: 'help@example.com' },
      { brand: { fallback: { supportEmail: 'help@example.com' } } },
    ],
    [
      'spaces around a value are ignored',
      { PORT: ' 8080 ', ROLE: ' web ' },
      { port: 8080, role: 'web' },
    ],
  ])('is converted: %s', (_, settings: Settings, expected) => {
    expect(withSettings(settings)).toMatchObject(expected)
  })

  test.each(['10.0.0.0/8', '127.0.0.1', '::1', 'fd00::/8, 192.168.0.0/16', '240.0.0.0/4'])(
    'may be a range of proxies: %s',
    (TRUSTED_PROXIES) => {
      expect(problemsWith({ TRUSTED_PROXIES })).toEqual([])
    },
  )

  test.each([
    '0.0.0.0/0',
    '::/0',
    '10.0.0.0/8,0.0.0.0/0',
    '0.0.0.0/1,128.0.0.0/1',
    '::/1,8000::/1',
  ])('may not trust everybody as a proxy: %s', (TRUSTED_PROXIES) => {
    expect(problemsWith({ TRUSTED_PROXIES })).toEqual([
      expect.stringMatching(/^TRUSTED_PROXIES .*anybody.*name only the proxies.*10\.0\.0\.0\/8/),
    ])
  })

  test.each([
    '10.0.0.0/',
    '10.0.0.0/33',
    '10.0.0.0/-1',
    '10.0.0.0/x',
    '10.0.0.0/8/8',
    '10.0.0/8',
    '::1/129',
    'localhost',
    '10.0.0.1-10.0.0.9',
  ])('may not be %s as a range of proxies', (TRUSTED_PROXIES) => {
    expect(problemsWith({ TRUSTED_PROXIES })).toEqual([
      expect.stringMatching(/^TRUSTED_PROXIES .*CIDR/),
    ])
  })

  test.each(['yesterday', '5', '2026-13-01T00:00:00Z', '1795338000000', '2026-11-22T09:00:00'])(
    'may not be %s as the instant of going live',
    (LIVE_SINCE) => {
      expect(problemsWith({ LIVE_SINCE })).toEqual([expect.stringMatching(/^LIVE_SINCE .*instant/)])
    },
  )

  test.each([
    ...['redis://h:6379/abc', 'redis://h:6379/0/1', 'http://h:6379', '127.0.0.1:6379'],
    ...['redis+sentinel://h:26379', 'redis+sentinel://h:x/name', 'redis+sentinel://h/name/zero'],
  ])('may not be %s as a Redis', (REDIS_URL) => {
    expect(problemsWith({ REDIS_URL })).toEqual([expect.stringMatching(/^REDIS_URL .*redis:/)])
  })

  test.each([
    ...['redis://h', 'redis://h:6379/', 'rediss://user:pass@h:6379/2'],
    ...[
      'redis+sentinel://h/name',
      'rediss+sentinel://:pass@h,[::1]:26380/name/2?sentinel_password=x',
    ],
  ])('may be %s as a Redis', (REDIS_URL) => {
    expect(problemsWith({ REDIS_URL })).toEqual([])
  })

  test.each([
    'https://hooks.example.com/services/T0/B0/x?wait=true',
    'http://localhost:8065/hooks/x',
  ])('may be %s as the URL of alerts', (ALERT_WEBHOOK_URL) => {
    expect(withSettings({ ALERT_WEBHOOK_URL }).alertWebhookUrl).toBe(ALERT_WEBHOOK_URL)
  })

  test.each([
    'hooks.example.com/x',
    'ftp://hooks.example.com/x',
    'https://me:pw@hooks.example.com/x',
  ])('may not be %s as the URL of alerts', (ALERT_WEBHOOK_URL) => {
    expect(problemsWith({ ALERT_WEBHOOK_URL })).toEqual([
      'ALERT_WEBHOOK_URL must be an http(s) URL, without a user name or password',
    ])
  })
})

test.each([
  ['ROLE', 'must be all, web or worker'],
  ['POLAR_ENVIRONMENT', 'must be production or sandbox'],
  ['SEND_MODE', 'must be live, shadow or hold'],
])('another word is refused with those that are right: %s', (name, says) => {
  expect(problemsWith({ [name]: 'another' })).toEqual([`${name} ${says}`])
})
