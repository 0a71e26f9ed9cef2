// What goes wrong when a setting is pasted: quotes, a whole line, a placeholder, a key in another's place. It is looked for
// before anything is read, in every setting, and no message shows a value.

/** How a key begins, and the settings that it is for. */
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

/** What the documentation says instead of the merchant's own. */
const PLACEHOLDERS: readonly [says: string, RegExp][] = [
  ['acme.com', /(?:^|[@/.\s,])acme\.com(?=$|[\s>/:,?#])/i],
  ['…', /…|\.\.\./],
  ['<…>', /<[^<>@]*>/],
]

const SLUGS = new Set(['slug', 'your-slug', 'your-organization'])

/** Of a secret the whole of it. */
const NO_SECRET = /^(?:your[-_ ]|changeme|change[-_ ]me|x{3,}$|todo$|placeholder)/i

/** Free texts, in which anything may stand. */
const isFreeText = (name: string) => name === 'BRAND_NAME' || name === 'BRAND_ADDRESS'

const itemsOf = (value: string) =>
  value
    .split(',')
    .map((item) => item.trim())
    .filter(Boolean)

const quotes = (name: string, value: string) =>
  IN_QUOTES.test(value) ||
  (SECRET.test(name) && itemsOf(value).some((item) => HAS_A_QUOTE.test(item)))
    ? 'has quotes around it that were kept as a part of it: remove them'
    : null

const wholeLine = (value: string) =>
  /^(?:export\s+)?[A-Z][A-Z_]+=/.test(value)
    ? 'has a whole line in it: keep only what stands after ='
    : null

const misplaced = (name: string, value: string) => {
  const key = KEYS.find(
    ({ prefix, belongsIn }) =>
      !belongsIn.includes(name) && itemsOf(value).some((item) => item.startsWith(prefix)),
  )
  return key
    ? `has what belongs in ${key.belongsIn.join(' or ')}: it begins with ${key.prefix}`
    : null
}

const placeholder = (name: string, value: string) => {
  const [says] = PLACEHOLDERS.find(([, pattern]) => pattern.test(value)) ?? []
  const isOne =
    (name === 'POLAR_ORGANIZATION_SLUG' && SLUGS.has(value.toLowerCase())) ||
    (SECRET.test(name) && NO_SECRET.test(value))
  if (says === undefined && !isOne) return null
  return `is a placeholder still${says === undefined ? '' : ` (${says})`}: put your own there`
}

/** What is wrong with how a setting was pasted; `null` if nothing is. */
export const pastedWrong = (name: string, value: string): string | null =>
  quotes(name, value) ??
  wholeLine(value) ??
  misplaced(name, value) ??
  (isFreeText(name) ? null : placeholder(name, value))

/** One secret in two places is in the wrong one of them. */
export const sharedWebhookSecret = (given: Record<string, string>): string | null => {
  const polar = itemsOf(given.POLAR_WEBHOOK_SECRET ?? '')
  const resend = itemsOf(given.RESEND_WEBHOOK_SECRET ?? '')
  return resend.some((secret) => polar.includes(secret))
    ? 'has a secret that POLAR_WEBHOOK_SECRET has too: one of them is in the wrong place'
    : null
}
