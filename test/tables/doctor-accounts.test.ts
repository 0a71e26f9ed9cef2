// The findings about both accounts: which mistakes are told, in which words, and what is none.

import { describe, expect, test } from 'vitest'
import { type Kind, kinds, polarToggles } from '../../emails/index.ts'
import {
  type Account,
  type Intended,
  intendedBy,
  type PolarRead,
  type ResendRead,
} from '../../src/doctor/account.ts'
import { sentByNobody } from '../../src/doctor/polar.ts'
import { unreadAtResend } from '../../src/doctor/resend.ts'
import { accountFindings, unreadIn } from '../../src/doctor/start-check.ts'
import type { ResendError } from '../../src/resend/errors.ts'
import { REFUSALS, type Refusal } from '../../src/sandbox/resend/refusals.ts'
import { sentenceOf } from '../../src/watch/finding.ts'
import { withSettings } from './settings.ts'

const SENDER = 'larkspur.example.com'

const intended: Intended = {
  ...{ sender: SENDER, slug: 'larkspur', mode: 'live', hasAllowlist: false },
  isOff: () => false,
}

const domain = {
  ...{ id: 'd91cd9bd', name: SENDER, status: 'verified', maySend: true },
  ...{ clickTracking: false, openTracking: false },
}

const well: Account = {
  resend: { domain },
  polar: { organizations: [{ slug: 'larkspur', emailsOn: [], emailsOff: [] }] },
}

/** Each as it is told: an alert goes with a problem. */
const findingsOf = (account: Account, of: Intended) =>
  accountFindings(account, of).map((one) => ({
    ...{ name: one.name, isUrgent: one.severity === 'problem', says: sentenceOf(one) },
  }))

const ofResend = (resend: ResendRead) => findingsOf({ ...well, resend }, intended)
const ofDomain = (change: Partial<typeof domain>) => ofResend({ domain: { ...domain, ...change } })
const ofPolar = (polar: PolarRead, change: Partial<Intended> = {}) =>
  findingsOf({ ...well, polar }, { ...intended, ...change })
const withOn = (emailsOn: readonly string[], change: Partial<Intended> = {}) =>
  ofPolar({ organizations: [{ slug: 'larkspur', emailsOn, emailsOff: [] }] }, change)

const errorOf = (refusal: Refusal): ResendError => {
  const { name, statusCode, message } = REFUSALS[refusal]
  return { name, status: statusCode, message, retryAfter: null }
}

test('accounts as they should be have no finding, and were read', () => {
  expect(findingsOf(well, intended)).toEqual([])
  expect(unreadIn(well)).toEqual({})
})

describe('Resend', () => {
  test.each<[Refusal, string, boolean]>([
    ['key is missing', 'resend_key_refused', true],
    ['key is unknown', 'resend_key_refused', true],
    ['key is invalid', 'resend_key_refused', true],
    ['key is forbidden', 'resend_key_refused', true],
    ['key may only send', 'resend_key_only_sends', false],
    ['account is suspended', 'resend_account_refused', true],
  ])('%s: %s, with an alert: %s', (refusal, name, isUrgent) => {
    const account = { ...well, resend: { error: errorOf(refusal) } }
    expect(findingsOf(account, intended)).toEqual([
      expect.objectContaining({ name, isUrgent, says: expect.stringMatching(/^[^\n]+\.$/) }),
    ])
    expect(unreadIn(account)).toEqual({})
  })

  test('a key that is refused is told with what Resend says of it, and what to do', () => {
    const [finding] = ofResend({ error: errorOf('key is unknown') })
    expect(finding?.says).toMatch(/it says: “API key is invalid”.* set RESEND_API_KEY and restart/)
  })

  test('a key that may only send is told with what will not work', () => {
    const [finding] = ofResend({ error: errorOf('key may only send') })
    expect(finding?.says).toMatch(/cannot look up unconfirmed messages.* key with full access/)
  })

  test('no address and no key gets through with what Resend says', () => {
    const message = 'API key re_abcdefgh12345 of owner@example.com is invalid'
    const [finding] = ofResend({ error: { ...errorOf('key is unknown'), message } })
    expect(finding?.says).not.toMatch(/@|re_abc/)
  })

  test.each<[string, ResendError]>([
    ['no answer', { name: 'application_error', status: null, message: '', retryAfter: null }],
    [
      'the page of a proxy',
      { name: 'application_error', status: 403, message: '', retryAfter: null },
    ],
    ['no Resend', { name: 'not_found', status: 404, message: '', retryAfter: null }],
    ['a limit', { name: 'rate_limit_exceeded', status: 429, message: '', retryAfter: 1 }],
    [
      'a limit that names the key',
      {
        name: 'rate_limit',
        status: 429,
        message: 'Too many requests by this API key',
        retryAfter: 1,
      },
    ],
    ['a failure', { name: 'internal_server_error', status: 500, message: '', retryAfter: null }],
  ])('%s is no finding, but says that it was not read', (_, error) => {
    const account = { ...well, resend: { error } }
    expect(findingsOf(account, intended)).toEqual([])
    expect(unreadIn(account)).toEqual({ resend: expect.stringContaining(error.name) })
    expect(unreadAtResend({ error })?.isLimited).toBe(error.status === 429 || undefined)
  })

  test('a sender whose domain is missing is told with the domains that are there', () => {
    const others = ['a.example.com', 'b.example.com']
    expect(ofResend({ domain: null, others })).toEqual([
      expect.objectContaining({ name: 'domain_missing', isUrgent: true }),
    ])
    const says = (some: string[]) => ofResend({ domain: null, others: some })[0]?.says
    expect(says(others)).toMatch(
      /larkspur\.example\.com, .* \(it has a\.example\.com and b\.example\.com\)\./,
    )
    expect(says([])).toContain('(it has none)')
    expect(says(['a', 'b', 'c', 'd', 'e', 'f', 'g'])).toContain('a, b, c, d, e and 2 more')
  })

  test.each([
    ['pending', 'domain_not_verified', true],
    ['failed', 'domain_not_verified', true],
    ['not_started', 'domain_not_verified', true],
    ['partially_verified', 'domain_partly_verified', false],
    ['partially_failed', 'domain_partly_verified', false],
  ])('a domain that is %s: %s, with an alert: %s', (status, name, isUrgent) => {
    const [finding, ...more] = ofDomain({ status })
    expect(more).toEqual([])
    expect(finding).toMatchObject({ name, isUrgent, says: expect.stringContaining(`(${status})`) })
  })

  test('a domain that may not send is not as good as verified', () => {
    expect(ofDomain({ maySend: false })[0]?.says).toMatch(/^Sending is switched off for larkspur/)
  })

  test.each([
    [true, true, /^Resend tracks clicks and opens in mail from .* rewrites .* hidden image/],
    [true, false, /^Resend tracks clicks in .* rewrites every link/],
    [false, true, /^Resend tracks opens in .* hidden image/],
  ])('click tracking %s and open tracking %s', (clickTracking, openTracking, says) => {
    expect(ofDomain({ clickTracking, openTracking })).toEqual([
      { name: 'domain_tracking', isUrgent: true, says: expect.stringMatching(says) },
    ])
  })

  test('tracking of which nothing is known is no finding', () => {
    const unknown = { ...domain, clickTracking: null, openTracking: null, maySend: null }
    expect(ofResend({ domain: unknown })).toEqual([])
  })
})

describe('Polar', () => {
  test("a slug that is not the token's is told with both", () => {
    expect(
      ofPolar(
        { organizations: [{ slug: 'larkspur', emailsOn: [], emailsOff: [] }] },
        { slug: 'larkspurr' },
      ),
    ).toEqual([
      expect.objectContaining({
        ...{ name: 'polar_slug', isUrgent: true },
        says: expect.stringMatching(/SLUG is larkspurr, but .* belongs to larkspur\./),
      }),
    ])
  })

  test('a token of several organizations, ours among them, is no mistake', () => {
    const organizations = ['acme', 'larkspur'].map((slug) => ({
      slug,
      emailsOn: [],
      emailsOff: [],
    }))
    expect(ofPolar({ organizations })).toEqual([])
    expect(ofPolar({ organizations }, { slug: 'other' })[0]?.says).toContain('acme and larkspur')
  })

  test('a token that names no organization was not read', () => {
    const account: Account = { ...well, polar: { organizations: [] } }
    expect(findingsOf(account, intended)).toEqual([])
    expect(unreadIn(account)).toEqual({ polar: 'the access token names no organization' })
  })

  test('a denied token is left to whoever reports denials', () => {
    const account: Account = { ...well, polar: { denied: 401 } }
    expect(findingsOf(account, intended)).toEqual([])
    expect(unreadIn(account)).toEqual({})
  })

  const toggles = [
    ...new Set(kinds.map((kind) => polarToggles[kind]).filter((one) => one !== null)),
  ]

  test.each(toggles)('%s, on at Polar while Postern sends live, is named', (toggle) => {
    expect(withOn([toggle])).toEqual([
      expect.objectContaining({
        ...{ name: 'polar_sends_too', isUrgent: true },
        says: expect.stringContaining(`for ${toggle}.`),
      }),
    ])
  })

  test.each(['shadow', 'hold'] as const)('in %s they are rightly on', (mode) => {
    expect(withOn(toggles, { mode })).toEqual([])
  })

  test('all of them are one finding', () => {
    const [finding, ...more] = withOn(toggles)
    expect(more).toEqual([])
    expect(finding?.says).toContain(`for ${toggles.join(', ')}. Customers get both emails.`)
  })

  test('what Postern does not send is rightly on at Polar', () => {
    expect(withOn(['seat_invitation'])).toEqual([])
    const isOff = (kind: Kind) => kind === 'subscription_paused'
    expect(withOn(['subscription_paused'], { isOff })).toEqual([])
  })

  test('a switch of which Postern sends only a part leaves a choice, on or off', () => {
    const cycled: readonly Kind[] = [
      'subscription_cycled',
      'subscription_usage_invoice',
      'subscription_final_invoice',
    ]
    const without = (off: readonly Kind[]) => ({ isOff: (kind: Kind) => off.includes(kind) })
    const [on, ...more] = withOn(['subscription_cycled'], without(cycled.slice(1)))
    expect([on?.name, more]).toEqual(['polar_sends_too', []])
    expect(on?.says).toMatch(
      /also covers subscription_usage_invoice and subscription_final_invoice, .* twice; off, nobody/,
    )
    expect(on?.says).toMatch(
      /take subscription_usage.* out of EMAIL_KINDS_OFF.*or none \(name subs/,
    )
    expect(withOn(['subscription_cycled'], without(cycled))).toEqual([])
    const nobody = (off: readonly Kind[], mode: Intended['mode'] = 'live') =>
      sentByNobody(
        { organizations: [{ slug: 'larkspur', emailsOn: [], emailsOff: ['subscription_cycled'] }] },
        { ...intended, ...without(off), mode },
      ).map(sentenceOf)
    expect(nobody([])).toEqual([])
    expect(nobody(cycled.slice(2))).toEqual([
      expect.stringMatching(
        /off for subscription_final_invoice, .*take subscription_final_invoice out/,
      ),
    ])
    expect(nobody(cycled)).toEqual([
      expect.stringMatching(/for subscription_cycled,.* Switch them on/),
    ])
    expect(nobody([], 'shadow')).toHaveLength(1)
  })

  test("with an allowlist the others need Polar's emails, so nobody is told to switch them off now", () => {
    const [finding] = withOn(['order_confirmation'], { hasAllowlist: true })
    expect(finding).toMatchObject({ isUrgent: false })
    expect(finding?.says).toMatch(/on EMAIL_ALLOWLIST get both\..* when you remove the list/)
  })
})

test('the sender is compared as DNS has it, and the settings say what is intended', () => {
  const config = withSettings({
    ...{ EMAIL_FROM: 'Größe <post@Größe.example.com>', SEND_MODE: 'hold' },
    EMAIL_ALLOWLIST: 'example.com',
  })
  expect(intendedBy(config, () => false)).toMatchObject({
    ...{ sender: 'xn--gre-6ka8i.example.com', slug: 'larkspur', mode: 'hold', hasAllowlist: true },
  })
})
