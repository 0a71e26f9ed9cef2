import { readFileSync } from 'node:fs'
import { parseEnv } from 'node:util'
import { describe, expect, test } from 'vitest'
import { settingNames } from '../../src/config.ts'
import { least, problemsOf, problemsWith, type Settings, withSettings } from './settings.ts'

const text = readFileSync(new URL('../../.env.example', import.meta.url), 'utf8')

/** `NAME=value`, or `# NAME=value` for an optional setting. */
const lines = [...text.matchAll(/^(#? ?)([A-Z][A-Z_]*)=(.*)$/gm)].map(
  ([, hash = '', name = '', value = '']) => ({
    name,
    isOff: hash !== '',
    value: value.trim().replace(/^(["'])(.*)\1$/, '$2'),
  }),
)

const HAVE_A_DEFAULT = [
  'PORT',
  'HOST',
  'ROLE',
  'DRAIN_SECONDS',
  'POLAR_ENVIRONMENT',
  'RESEND_RATE_LIMIT',
  'LINK_TTL_DAYS',
  'LINK_CONFIRM',
  'LINK_SETTLE_SECONDS',
  'REDIS_DURABILITY',
  'LOG_LEVEL',
  'BRAND_LOGO_SIZE',
]

describe('.env.example', () => {
  test('names every setting once, in the order of the configuration', () => {
    expect(lines.map(({ name }) => name)).toEqual(settingNames)
  })

  test('has a line for every required setting', () => {
    const required = lines.filter(({ isOff }) => !isOff).map(({ name }) => name)
    for (const name of Object.keys(least)) expect(required).toContain(name)
  })

  test.each(HAVE_A_DEFAULT)('shows the default of %s', (name) => {
    const value = lines.find((line) => line.name === name)?.value ?? ''
    expect(value).not.toBe('')
    expect(withSettings({ [name]: value })).toEqual(withSettings())
  })

  test('has no invalid value, except placeholders for the merchant’s own', () => {
    for (const { name, value, isOff } of lines) {
      if (value === '') continue
      const problems = problemsWith({ [name]: value })
      if (!isOff) expect(problems).toEqual([])
      for (const problem of problems) expect(problem).toMatch(/is still a placeholder/)
    }
  })

  test('prevents a start until it is filled in, and then sends nothing at first', () => {
    const asIs = parseEnv(text)
    expect(problemsOf(asIs as Settings)).toEqual(
      Object.keys(least).map((name) => `${name} is required`),
    )
    expect(withSettings({ SEND_MODE: asIs.SEND_MODE ?? '' }).sendMode).toBe('shadow')
    expect(withSettings().sendMode).toBe('live')
  })

  test('is valid once its optional lines are switched on', () => {
    const switchedOn = parseEnv(text.replaceAll(/^# ?(?=[A-Z][A-Z_]*=)/gm, ''))
    expect(switchedOn).toEqual(Object.fromEntries(lines.map(({ name, value }) => [name, value])))
  })

  test('contains no usable secret', () => {
    const secret = /SECRET|TOKEN|PASSWORD|_KEY$/
    for (const { name, value, isOff } of lines)
      if (secret.test(name) && !isOff) expect([name, value]).toEqual([name, ''])
  })
})
