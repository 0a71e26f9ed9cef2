import { Resend } from 'resend'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { signWebhook as signAsResend } from '../../src/sandbox/resend/sign.ts'
import {
  BASE64,
  BODY,
  decoded,
  everyone,
  headersOf,
  ID,
  judge,
  NOW,
  no,
  ours,
  SECRET,
  STAMP,
  sent,
  signed,
  withOrder,
  yes,
} from './judges.ts'

beforeEach(() => {
  vi.setSystemTime(NOW)
})
afterEach(() => {
  vi.useRealTimers()
})

describe('a body that Polar signed', () => {
  test.each([
    ['with a secret of today', SECRET, decoded(SECRET)],
    ['with the same secret, the older way', SECRET, withOrder(SECRET)],
    ['with a secret of before', 'polar_whs_Zk3vXq9TtYw1', withOrder('polar_whs_Zk3vXq9TtYw1')],
    [
      'with a secret in plain words',
      'correct horse battery staple',
      withOrder('correct horse battery staple'),
    ],
    ['with a secret that has other letters', 'geheimnis-äöü-秘密', withOrder('geheimnis-äöü-秘密')],
    ['with base64 without a prefix', BASE64, decoded(BASE64)],
    ['with base64 without a prefix, as it stands', BASE64, withOrder(BASE64)],
    ['with base64 without padding', SECRET.replace(/=+$/, ''), decoded(SECRET)],
    [
      'with base64 without padding, as it stands',
      SECRET.replace(/=+$/, ''),
      withOrder(SECRET.replace(/=+$/, '')),
    ],
    ['with a prefix and nothing after it', 'whsec_', withOrder('whsec_')],
    ['with a prefix and no base64 after it', 'whsec_not base64!', withOrder('whsec_not base64!')],
  ])('is taken by all three, %s', async (_, secret, key) => {
    expect(await everyone(secret, sent(signed(key)))).toEqual(yes)
  })

  test.each([
    '',
    '{}',
    'not JSON',
    '[1]',
    'ü秘密🚪',
    `{"type":"a.b","text":"${'x'.repeat(100_000)}"}`,
  ])('is taken by all three whatever it says: %.30s', async (body) => {
    expect(await everyone(SECRET, sent(signed(decoded(SECRET), body)), body)).toEqual(yes)
  })

  test('is judged by its bytes, also where they are no text', () => {
    // The judges read the bytes as text first, and so sign something else.
    const bytes = Buffer.from([0xef, 0xbb, 0xbf, 0x7b, 0x7d, 0xff, 0xfe])
    expect(ours([SECRET], sent(signed(decoded(SECRET), bytes)), bytes)).toBe(true)
    expect(ours([SECRET], sent(signed(decoded(SECRET), bytes)), bytes.toString())).toBe(false)
  })

  test('is taken if any of several signatures is right', async () => {
    const right = signed(decoded(SECRET))
    const wrong = signed(withOrder('another'))
    for (const several of [
      `${wrong} ${right}`,
      `${right} ${wrong}`,
      `v1a,AAAA v2,${right.slice(3)} ${wrong} ${right}`,
      `  ${right}`,
    ])
      expect(await everyone(SECRET, sent(several))).toEqual(yes)
    expect(await everyone(SECRET, sent(`${wrong} v1a,AAAA v2,${right.slice(3)}`))).toEqual(no)
  })

  test('is taken if any of several secrets is the one', () => {
    const secrets = ['polar_whs_old', SECRET, BASE64.replaceAll('B', 'C')]
    for (const secret of secrets) {
      for (const key of [withOrder(secret), decoded(secret)].slice(
        0,
        secret.startsWith('polar') ? 1 : 2,
      ))
        expect(ours(secrets, sent(signed(key)))).toBe(true)
    }
    expect(ours(secrets, sent(signed(withOrder('polar_whs_older'))))).toBe(false)
    expect(ours([], sent(signed(decoded(SECRET))))).toBe(false)
  })
})

describe('a body that was signed otherwise', () => {
  const right = signed(decoded(SECRET))

  test.each([
    [
      'with another secret',
      sent(signed(decoded(`whsec_${Buffer.alloc(32, 8).toString('base64')}`))),
    ],
    ['with an empty key', sent(signed(Buffer.alloc(0)))],
    ['under another id', sent(right, { id: 'f08db22f' })],
    ['under an empty id', sent(right, { id: '' })],
    ['at another time', sent(right, { timestamp: String(NOW / 1000 - 1) })],
    ['at no time', sent(right, { timestamp: '' })],
    [
      'at no time that is one',
      sent(signed(decoded(SECRET), BODY, { timestamp: 'now' }), { timestamp: 'now' }),
    ],
    [
      'at a time in milliseconds',
      sent(signed(decoded(SECRET), BODY, { timestamp: String(NOW) }), { timestamp: String(NOW) }),
    ],
    [
      'at a time that is none',
      sent(signed(decoded(SECRET), BODY, { timestamp: 'NaN' }), { timestamp: 'NaN' }),
    ],
    ['in another version', sent(right.replace('v1', 'v2'))],
    ['without a version', sent(right.slice(3))],
    ['without a signature', sent('')],
    ['with a version only', sent('v1,')],
    ['with half of it', sent(right.slice(0, 20))],
    [
      'with all but its last byte',
      sent(`v1,${Buffer.from(right.slice(3), 'base64').subarray(0, 31).toString('base64')}`),
    ],
    [
      'with a byte more',
      sent(
        `v1,${Buffer.concat([Buffer.from(right.slice(3), 'base64'), Buffer.of(0)]).toString('base64')}`,
      ),
    ],
    ['with noise', sent('v1,%%% ,,, v1 \u0000 v1,v1,v1')],
    ['in capitals', sent(right.toUpperCase())],
  ])('is refused by all three, %s', async (_, headers) => {
    expect(await everyone(SECRET, headers)).toEqual(no)
  })

  test('is refused by all three with any character of it changed', async () => {
    for (const at of [0, 1, 100, BODY.length - 1]) {
      const body = `${BODY.slice(0, at)}~${BODY.slice(at + 1)}`
      expect(await everyone(SECRET, sent(right), body)).toEqual(no)
    }
    expect(await everyone(SECRET, sent(right), `${BODY}\n`)).toEqual(no)
  })

  test('is refused with parts of it moved from one field to another', () => {
    const key = decoded(SECRET)
    const moved = signed(key, `x.${BODY}`, { id: 'a', timestamp: STAMP })
    expect(ours([SECRET], sent(moved, { id: `a.${STAMP}`, timestamp: 'x' }))).toBe(false)
  })

  test.each([
    '0x69a1',
    `${STAMP}.0`,
    `${STAMP}.9`,
    ` ${STAMP}`,
    `+${STAMP}`,
    '1e9',
    `${STAMP}abc`,
    '١٧٩',
  ])(
    'is refused by ours with a time that is no plain number, whatever the judges make of it: %s',
    (timestamp) => {
      for (const as of [timestamp, STAMP])
        expect(
          ours([SECRET], sent(signed(decoded(SECRET), BODY, { timestamp: as }), { timestamp })),
        ).toBe(false)
    },
  )

  test.each(['id', 'timestamp', 'signature'] as const)('is refused without its %s', (missing) => {
    const headers = { id: ID, timestamp: STAMP, signature: right }
    expect(judge([SECRET])(headers)).toEqual({ is: 'verified', secret: 0 })
    expect(judge([SECRET])({ ...headers, [missing]: undefined })).toEqual({ is: 'no_signature' })
  })
})

describe('a signature from another time', () => {
  test.each([
    [-301, no],
    [-300, yes],
    [-299, yes],
    [0, yes],
    [299, yes],
    [300, yes],
    [301, no],
  ])('of %i seconds away: all three agree', async (seconds, expected) => {
    const timestamp = String(NOW / 1000 + seconds)
    const signature = signed(decoded(SECRET), BODY, { timestamp })
    expect(await everyone(SECRET, sent(signature, { timestamp }))).toEqual(expected)
  })

  test('is too old a millisecond after five minutes, as the SDK has it; the library drops the fraction', async () => {
    vi.setSystemTime(NOW + 300_001)
    expect(await everyone(SECRET, sent(signed(decoded(SECRET))))).toEqual({ ...no, library: true })
  })
})

describe('the verdict', () => {
  const OLD = 'polar_whs_old'
  const minutes = (count: number) => {
    const timestamp = String(NOW / 1000 + count * 60)
    return { timestamp, genuine: sent(signed(decoded(SECRET), BODY, { timestamp }), { timestamp }) }
  }

  test('names the secret that verified by its place', () => {
    const verdict = judge([OLD, SECRET])
    expect(verdict(headersOf(sent(signed(decoded(SECRET)))))).toEqual({ is: 'verified', secret: 1 })
    expect(verdict(headersOf(sent(signed(withOrder(SECRET)))))).toEqual({
      is: 'verified',
      secret: 1,
    })
    expect(verdict(headersOf(sent(signed(withOrder(OLD)))))).toEqual({ is: 'verified', secret: 0 })
  })

  test.each([15, -15])(
    'of a genuine one %i minutes away says how far apart the clocks are',
    (count) => {
      const { genuine } = minutes(count)
      const apart = -count * 60_000
      expect(judge([OLD, SECRET])(headersOf(genuine))).toEqual({ is: 'clock', apart })
    },
  )

  test.each([0, 15, -15])('of one with another secret, %i minutes away, is just that', (count) => {
    const { genuine } = minutes(count)
    expect(judge([OLD])(headersOf(genuine))).toEqual({ is: 'wrong_secret' })
  })

  test.each([
    ['its time is no number', { timestamp: 'soon' }],
    ['its time is in milliseconds', { timestamp: String(NOW) }],
    [
      'its signature is of another version',
      { signature: signed(decoded(SECRET)).replace('v1', 'v2') },
    ],
    ['its signature is too short', { signature: 'v1,AAAA' }],
    ['its signature is noise', { signature: '%%% ,,, v1' }],
  ])('says that it cannot be read where %s', (_, change) => {
    const headers = headersOf(sent(signed(decoded(SECRET))))
    expect(judge([SECRET])({ ...headers, ...change })).toEqual({ is: 'malformed' })
  })
})

describe('a report that Resend signed', () => {
  const at = NOW + 999
  const report = '{"type":"email.delivered","data":{"subject":"秘密"}}'
  const { 'svix-id': id, ...signature } = signAsResend({
    ...{ secret: SECRET, svixId: 'msg_2x', at, body: report },
  })
  const headers = {
    id,
    timestamp: signature['svix-timestamp'],
    signature: signature['svix-signature'],
  }
  const takes = (payload: string, secret: string) => {
    try {
      new Resend('re_nobody').webhooks.verify({ payload, headers, webhookSecret: secret })
    } catch {
      return false
    }
    return true
  }

  test.each([
    ['as it came', report, SECRET, true],
    ['with another secret', report, `whsec_${Buffer.alloc(32, 8).toString('base64')}`, false],
    ['with anything changed', `${report} `, SECRET, false],
  ])('is judged by ours as by its SDK: %s', (_, body, secret, isTaken) => {
    expect(judge([secret])(headers, body).is === 'verified').toBe(isTaken)
    expect(takes(body, secret)).toBe(isTaken)
  })
})
