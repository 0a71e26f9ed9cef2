// Settings that were pasted wrongly are refused at the start. Each error says what to do, and shows
// no secret.

import { describe, expect, test } from 'vitest'
import { least, problemsWith, SECRET, varied } from './settings.ts'

const SIGNING = `whsec_${varied(24, 53).toString('base64')}`
const LONG = 'tq7Vn2xKe0Rw9sLf4ZbA'

/** A value that each secret may have. */
const SECRETS: Record<string, string> = {
  POLAR_ACCESS_TOKEN: `polar_oat_${LONG}`,
  POLAR_WEBHOOK_SECRET: SIGNING,
  RESEND_API_KEY: `re_${LONG}`,
  RESEND_WEBHOOK_SECRET: SIGNING,
  LINK_SECRETS: SECRET.toString('base64'),
  API_TOKEN: LONG,
  CONSOLE_PASSWORD: 'correct horse',
  METRICS_TOKEN: LONG,
}
const NAMES = Object.keys(SECRETS)

const theProblem = (name: string, value: string) => {
  const [problem = '', ...more] = problemsWith({ [name]: value })
  expect(more).toEqual([])
  expect(problem.split(' ')[0]).toBe(name)
  return problem
}

describe.each(NAMES)('%s', (name) => {
  const good = SECRETS[name] ?? ''

  test('is accepted in its correct form', () => {
    expect(problemsWith({ [name]: good })).toEqual([])
  })

  test.each([
    ['quotes', `"${good}"`, /is in quotes, .*: remove them$/],
    ['single quotes', `'${good}'`, /is in quotes, .*: remove them$/],
    ['typographic quotes', `“${good}”`, /is in quotes, .*: remove them$/],
    ['a quote at its end', `${good}"`, /is in quotes, .*: remove them$/],
    ['the whole line', `${name}=${good}`, /contains a whole line: .* after =$/],
    ['one letter', 'x', / (?:must be|needs) /],
    ['one letter that repeats', 'x'.repeat(50), / (?:must be|is still a placeholder)/],
    [
      'an ellipsis',
      `${good.slice(0, 6)}…`,
      /is still a placeholder \(…\): replace it with your own value$/,
    ],
    ['a hint in angle brackets', '<make one with: openssl rand>', /placeholder.*: replace it/],
    ['words to be replaced', 'your-secret-goes-here', /placeholder.*: replace it/],
    ['an unchanged default', 'changeme-changeme-changeme', /placeholder.*: replace it/],
  ])('is refused with %s', (_, value, expected) => {
    const problem = theProblem(name, value)
    expect(problem).toMatch(expected)
    expect(problem).not.toContain(good)
  })
})

describe('a signing secret', () => {
  test.each(['POLAR_WEBHOOK_SECRET', 'RESEND_WEBHOOK_SECRET'])(
    'with v1, before it is refused, because anybody could sign with "v1": %s',
    (name) => {
      for (const value of [`v1,${SIGNING}`, `${SIGNING},v1`, `v1a, ${SIGNING}`])
        expect(theProblem(name, value)).toMatch(/has v1, before the secret.* begin with whsec_$/)
    },
  )

  test.each(['POLAR_WEBHOOK_SECRET', 'RESEND_WEBHOOK_SECRET'])(
    'that was cut off is refused: %s',
    (name) => {
      for (const value of [
        'whsec_',
        'whsec_c2VjcmV0',
        `${SIGNING},w`,
        'whsec_!!!!!!!!!!!!!!!!!!!!',
      ])
        expect(theProblem(name, value)).toMatch(/must be the .*whole: whsec_/)
    },
  )

  test('that is set for both Polar and Resend is refused', () => {
    const settings = { POLAR_WEBHOOK_SECRET: `${SIGNING},${least.POLAR_WEBHOOK_SECRET}` }
    expect(problemsWith({ ...settings, RESEND_WEBHOOK_SECRET: SIGNING })).toEqual([
      expect.stringMatching(/^RESEND_WEBHOOK_SECRET .*POLAR_WEBHOOK_SECRET contains too/),
    ])
  })
})

describe('a key in the wrong setting', () => {
  const KEYS: [string, string, string[]][] = [
    ['polar_oat_', `polar_oat_${LONG}`, ['POLAR_ACCESS_TOKEN']],
    ['polar_whs_', `polar_whs_${LONG}`, ['POLAR_WEBHOOK_SECRET']],
    ['re_', `re_${LONG}`, ['RESEND_API_KEY']],
    ['whsec_', SIGNING, ['POLAR_WEBHOOK_SECRET', 'RESEND_WEBHOOK_SECRET']],
  ]
  const PLACES = [...NAMES, 'PUBLIC_URL', 'POLAR_ORGANIZATION_SLUG', 'EMAIL_FROM', 'REDIS_URL']

  test.each(
    KEYS.flatMap(([prefix, key, belongs]) =>
      PLACES.filter((name) => !belongs.includes(name)).map((name) => ({
        ...{ name, prefix, key },
        belongs: belongs.join(' or '),
      })),
    ),
  )(
    'is refused, and the error names the right setting: $prefix in $name',
    ({ name, key, ...its }) => {
      const problem = theProblem(name, key)
      expect(problem).toBe(
        `${name} contains a value for ${its.belongs}: it begins with ${its.prefix}`,
      )
      expect(problem).not.toContain(LONG)
    },
  )
})

describe('a placeholder', () => {
  test.each([
    ['PUBLIC_URL', 'https://billing.acme.com'],
    ['PUBLIC_URL', 'https://acme.com'],
    ['PUBLIC_URL', 'https://<your host>'],
    ['PUBLIC_URL', 'https://billing.…'],
    ['EMAIL_FROM', 'Acme <billing@acme.com>'],
    ['EMAIL_FROM', 'billing@mail.acme.com'],
    ['EMAIL_REPLY_TO', 'help@ACME.com'],
    ['EMAIL_ALLOWLIST', 'acme.com,tester@example.com'],
    ['EMAIL_ALLOWLIST', 'tester@example.com,acme.com'],
    ['RETURN_URL_ORIGINS', 'https://app.acme.com'],
    ['ALERT_WEBHOOK_URL', 'https://hooks.slack.com/services/…'],
    ['BRAND_WEBSITE', 'https://acme.com'],
    ['BRAND_LOGO_URL', 'https://acme.com/email-logo.png'],
    ['BRAND_SUPPORT_EMAIL', 'help@acme.com'],
    ['POLAR_ORGANIZATION_SLUG', 'your-slug'],
  ])('is refused: %s=%s', (name, value) => {
    expect(theProblem(name, value)).toMatch(
      /is still a placeholder.*: replace it with your own value$/,
    )
  })

  test.each([
    ['PUBLIC_URL', 'https://billing.notacme.com'],
    ['PUBLIC_URL', 'https://billing.acme.community'],
    ['EMAIL_FROM', 'Acme <billing@example.com>'],
    ['POLAR_ORGANIZATION_SLUG', 'acme-audio'],
    ['BRAND_NAME', 'Acme… and <more>'],
    ['BRAND_ADDRESS', 'Acme Inc., 1 Main Street'],
  ])('is not found in a value that only looks like one: %s=%s', (name, value) => {
    expect(problemsWith({ [name]: value })).toEqual([])
  })
})

test('a value in quotes is refused in every setting', () => {
  expect(theProblem('PUBLIC_URL', '"https://billing.example.com"')).toMatch(/quotes/)
  expect(theProblem('EMAIL_FROM', '"Larkspur <billing@example.com>"')).toMatch(/quotes/)
  expect(problemsWith({ EMAIL_FROM: '"Larkspur, Inc." <billing@example.com>' })).toEqual([])
})

test('no error shows the password in a URL', () => {
  const [problem] = problemsWith({ PUBLIC_URL: 'https://me:hush@billing.example.com/' })
  expect(problem).toMatch(/^PUBLIC_URL must be an origin/)
  expect(problem).not.toContain('hush')
})

describe('the allowlist', () => {
  test.each([
    'ann@example.com',
    'example.com',
    '@example.com',
    'a.b+c@mail.example.co',
    'bücher.example',
  ])('takes one entry: %s', (EMAIL_ALLOWLIST) =>
    expect(problemsWith({ EMAIL_ALLOWLIST })).toEqual([]),
  )

  test.each([
    'Ann <ann@example.com>',
    'https://example.com',
    '*.example.com',
    '*@example.com',
    'ann@@example.com',
    'ann@b@example.com',
    'example..com',
    'example.com.',
    '.example.com',
    'mailto:ann@example.com?x=1',
    'ann',
    'ann@localhost',
    'ann@example.com;ben@example.com',
  ])('refuses an entry that is neither an address nor a domain: %s', (EMAIL_ALLOWLIST) => {
    const problem = theProblem('EMAIL_ALLOWLIST', `ben@example.com,${EMAIL_ALLOWLIST}`)
    expect(problem).toMatch(/entry 2 is neither$/)
  })
})
