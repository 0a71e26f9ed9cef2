// Validates and converts the values of settings. Each error says what the value must be.

import { X509Certificate } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { BlockList, isIP } from 'node:net'
import * as z from 'zod'
import { isRedisUrl, urlsIn } from '../redis/address.ts'

const parseUrl = (text: string) => (URL.canParse(text) ? new URL(text) : null)

/** A text with its `%20` and the like decoded, if it can be. */
const decodedOr = (text: string): string => {
  try {
    return decodeURIComponent(text)
  } catch {
    return text // a lone % stands for itself
  }
}

export const list = z.string().transform((text) =>
  text
    .split(',')
    .map((item) => item.trim())
    .filter(Boolean),
)

/** The characters that HTTP allows in a header: `fetch` refuses others. */
const isHeaderText = (text: string) => /^[\x20-\x7e\xa0-\xff]+$/.test(text)

/** `name=value`, as OpenTelemetry writes headers. The values are secrets, so no error shows them. */
export const headers = list.transform((pairs, context) => {
  const entries = pairs.map((pair) => {
    const [, name = '', value = ''] = /^([\w-]+)\s*=\s*(.+)$/.exec(pair) ?? []
    return [name, decodedOr(value)] as const
  })
  const areHeaders = entries.every(([name, value]) => name !== '' && isHeaderText(value))
  if (areHeaders) return Object.fromEntries(entries)
  context.addIssue(
    'must be headers such as x-api-key=secret, comma-separated, of the characters that HTTP allows',
  )
  return z.NEVER
})

export const origin = z.string().transform((text, context) => {
  const url = parseUrl(text)
  if (
    !url ||
    !/^https?:$/.test(url.protocol) ||
    url.pathname !== '/' ||
    url.search ||
    url.hash ||
    url.username
  ) {
    context.addIssue(
      'must be an origin such as https://billing.example.com, without a path or a user name',
    )
    return z.NEVER
  }
  return url.origin
})

export const oneOf = <const Words extends readonly [string, ...string[]]>(words: Words) =>
  z.enum(words, `must be ${words.slice(0, -1).join(', ')} or ${words.at(-1)}`)

export const wholeNumber = (min: number, max: number) =>
  z.coerce
    .number(`must be a whole number from ${min} to ${max}`)
    .int(`must be a whole number from ${min} to ${max}`)
    .min(min, `must be at least ${min}`)
    .max(max, `must be at most ${max}`)

/** `3,6,13`: different numbers of days, in ascending order. */
export const days = (min: number, max: number) =>
  list.transform((items, context) => {
    const numbers = items.map(Number)
    const isValid = numbers.every(
      (one, index) =>
        Number.isInteger(one) && one >= min && one <= max && one > (numbers[index - 1] ?? 0),
    )
    if (isValid) return numbers
    context.addIssue(`must be days from ${min} to ${max} in ascending order, such as 3,6,13`)
    return z.NEVER
  })

/** `20-8`: from 20:00 to 8:00. `off`: none, which is from any hour to itself. */
export const quietHours = z.string().transform((text, context) => {
  if (text === 'off') return { from: 0, until: 0 }
  const [, from = '', until = ''] = /^(\d{1,2})\s*-\s*(\d{1,2})$/.exec(text) ?? []
  if (from === '' || Number(from) > 23 || Number(until) > 24 || Number(from) === Number(until)) {
    context.addIssue('must be two hours of the day such as 20-8, or off')
    return z.NEVER
  }
  return { from: Number(from), until: Number(until) }
})

export const mailbox = z.string().transform((text, context) => {
  const match =
    /^\s*(?:"?([^"<>\r\n]*?)"?\s*<([^<>\s@]+@[^<>\s@]+)>|([^<>\s@]+@[^<>\s@]+))\s*$/.exec(text)
  const address = match?.[2] ?? match?.[3]
  if (!address) {
    context.addIssue('must be an address such as Acme <billing@example.com>')
    return z.NEVER
  }
  const name = match?.[1] || null
  // Without quotes, a comma in a name would make two senders of one (RFC 5322).
  const sender = name ? `${/[(),.:;@[\]\\]/.test(name) ? `"${name}"` : name} <${address}>` : address
  return { text: sender, name, address }
})

export const redisUrls = z.string().transform((text, context) => {
  const urls = urlsIn(text)
  if (urls.length === 0 || !urls.every(isRedisUrl)) {
    context.addIssue(
      'must be redis://… or rediss://…; several, comma-separated, are the nodes of one cluster; ' +
        'sentinels are redis+sentinel://host:26379,host:26379/name',
    )
  }
  return urls
})

const PEM_CERTIFICATE = /-----BEGIN CERTIFICATE-----[\s\S]+?-----END CERTIFICATE-----/g

const isCertificate = (pem: string) => {
  try {
    return new X509Certificate(pem).raw.length > 0
  } catch {
    return false // not a certificate
  }
}

/** Reads the file of CA certificates at this path. */
export const caFile = z.string().transform((path, context) => {
  if (path.includes('-----BEGIN')) {
    context.addIssue('must be the path of a file, not its contents')
    return z.NEVER
  }
  let text: string
  try {
    text = readFileSync(path, 'utf8')
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    context.addIssue(
      code === 'ENOENT'
        ? `names a file that does not exist: "${path}"; give the path of a CA certificate in PEM`
        : `names a file that cannot be read (${code}): "${path}"; let Postern's user read it`,
    )
    return z.NEVER
  }
  const certificates = text.match(PEM_CERTIFICATE) ?? []
  if (certificates.length === 0 || !certificates.every(isCertificate)) {
    context.addIssue(
      `must be the path of a CA certificate in PEM, which begins with -----BEGIN CERTIFICATE-----; "${path}" is not one`,
    )
    return z.NEVER
  }
  return certificates.join('\n')
})

const LABEL = '[\\p{L}\\p{N}](?:[\\p{L}\\p{N}-]*[\\p{L}\\p{N}])?'
const ALLOWED = new RegExp(`^(?:[^\\s@*<>()"]*@)?(?:${LABEL}\\.)+${LABEL}$`, 'u')

/** An entry is an address, a domain, or a domain after an @. */
export const allowlist = list.transform((entries, context) => {
  const wrong = entries.findIndex((entry) => !ALLOWED.test(entry))
  if (entries.length === 0)
    context.addIssue('must be addresses or domains, comma-separated; it is empty')
  else if (wrong >= 0) {
    context.addIssue(
      `must be addresses or domains, comma-separated, such as ann@example.com,example.com; entry ${wrong + 1} is neither`,
    )
  }
  return entries.map((entry) => entry.toLowerCase())
})

/** Addresses from all over the world. If all of a family are trusted, everybody is. */
const SAMPLE_ADDRESSES = [
  ['ipv4', ['1.1.1.1', '41.0.0.1', '80.0.0.1', '103.0.0.1', '150.0.0.1', '200.0.0.1']],
  ['ipv6', ['2001:200::1', '2400::1', '2600::1', '2800::1', '2a00::1', '2c00::1']],
] as const

export const cidrs = list.transform((ranges, context) => {
  const trusted = new BlockList()
  for (const range of ranges) {
    const [, address = '', bits] = /^([^/]+?)(?:\/(\d{1,3}))?$/.exec(range) ?? []
    const family = isIP(address)
    const max = family === 6 ? 128 : 32
    const prefix = bits === undefined ? max : Number(bits)
    if (family === 0 || prefix > max) {
      context.addIssue(`"${range}" is not a CIDR such as 10.0.0.0/8`)
    } else trusted.addSubnet(address, prefix, family === 6 ? 'ipv6' : 'ipv4')
  }
  const trustsEverybody = SAMPLE_ADDRESSES.some(([family, addresses]) =>
    addresses.every((address) => trusted.check(address, family)),
  )
  if (trustsEverybody) {
    context.addIssue(
      `trusts every address ("${ranges.join(', ')}"), so anybody could fake theirs with X-Forwarded-For; name only the proxies in front of Postern, such as 10.0.0.0/8`,
    )
  }
  return trusted
})

export const instant = z.iso
  .datetime({ offset: true, error: 'must be an instant such as 2026-11-22T09:00:00Z' })
  .transform((text) => Date.parse(text))

export const httpUrl = z.url({ protocol: /^https?$/, error: 'must be an http(s) URL' })

/**
 * The path is a secret, so no error shows it. `fetch` refuses a URL with a user name or password.
 */
export const alertUrl = z.string().refine((text) => {
  const url = parseUrl(text)
  return url !== null && /^https?:$/.test(url.protocol) && !url.username && !url.password
}, 'must be an http(s) URL, without a user name or password')
