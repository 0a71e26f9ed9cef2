// Finds mistakes in pasted settings: quotes, a whole line, a placeholder, a key in the wrong
// setting. This check comes before a setting is parsed. No message shows a secret.

/** The prefixes of keys, and the settings they belong in. */
const KEYS: readonly { prefix: string; belongsIn: readonly string[] }[] = [
  { prefix: 'polar_oat_', belongsIn: ['POLAR_ACCESS_TOKEN'] },
  { prefix: 'polar_whs_', belongsIn: ['POLAR_WEBHOOK_SECRET'] },
  { prefix: 're_', belongsIn: ['RESEND_API_KEY'] },
  { prefix: 'whsec_', belongsIn: ['POLAR_WEBHOOK_SECRET', 'RESEND_WEBHOOK_SECRET'] },
]

const SECRET = /SECRETS?$|TOKEN$|PASSWORD$|_KEY$/

const OPENS = `["'\`“”‘’]`
const IN_QUOTES = new RegExp(`^(${OPENS}).*\\1$|^“.*”$|^‘.*’$`, 's')
const HAS_A_QUOTE = new RegExp(`^${OPENS}|${OPENS}$`)

/** Placeholders from the documentation. */
const PLACEHOLDERS: readonly [says: string, RegExp][] = [
  ['acme.com', /(?:^|[@/.\s,])acme\.com(?=$|[\s>/:,?#])/i],
  ['…', /…|\.\.\./],
  ['<…>', /<[^<>@]*>/],
]

const SLUGS = new Set(['slug', 'your-slug', 'your-organization'])

/** Placeholders for a whole secret. */
const PLACEHOLDER_SECRET = /^(?:your[-_ ]|changeme|change[-_ ]me|x{3,}$|todo$|placeholder)/i

/** Free text may contain anything. */
const isFreeText = (name: string) => name === 'BRAND_NAME' || name === 'BRAND_ADDRESS'

const itemsOf = (value: string) =>
  value
    .split(',')
    .map((item) => item.trim())
    .filter(Boolean)

const quotes = (name: string, value: string) =>
  IN_QUOTES.test(value) ||
  (SECRET.test(name) && itemsOf(value).some((item) => HAS_A_QUOTE.test(item)))
    ? 'is in quotes, which became a part of the value: remove them'
    : null

const wholeLine = (value: string) =>
  /^(?:export\s+)?[A-Z][A-Z_]+=/.test(value)
    ? 'contains a whole line: keep only the part after ='
    : null

const misplaced = (name: string, value: string) => {
  const key = KEYS.find(
    ({ prefix, belongsIn }) =>
      !belongsIn.includes(name) && itemsOf(value).some((item) => item.startsWith(prefix)),
  )
  return key
    ? `contains a value for ${key.belongsIn.join(' or ')}: it begins with ${key.prefix}`
    : null
}

const placeholder = (name: string, value: string) => {
  const [says] = PLACEHOLDERS.find(([, pattern]) => pattern.test(value)) ?? []
  const isOne =
    (name === 'POLAR_ORGANIZATION_SLUG' && SLUGS.has(value.toLowerCase())) ||
    (SECRET.test(name) && PLACEHOLDER_SECRET.test(value))
  if (says === undefined && !isOne) return null
  return `is still a placeholder${says === undefined ? '' : ` (${says})`}: replace it with your own value`
}

/** The mistake in a pasted setting, to follow its name in a sentence; `null` if there is none. */
export const pasteMistake = (name: string, value: string): string | null =>
  quotes(name, value) ??
  wholeLine(value) ??
  misplaced(name, value) ??
  (isFreeText(name) ? null : placeholder(name, value))

/** Reports a webhook secret that is in both settings. */
export const sharedWebhookSecret = (given: Record<string, string>): string | null => {
  const polar = itemsOf(given.POLAR_WEBHOOK_SECRET ?? '')
  const resend = itemsOf(given.RESEND_WEBHOOK_SECRET ?? '')
  return resend.some((secret) => polar.includes(secret))
    ? 'contains a secret that POLAR_WEBHOOK_SECRET contains too: one of them is in the wrong setting'
    : null
}
