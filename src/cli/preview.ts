// npm run preview: sends a sample email of a kind to an address, as the console does. The address is not stored.

import { brandSettings, kinds } from '../../emails/index.ts'
import { createIsAllowed } from '../messages/allowlist.ts'
import { brandWithoutPolar, createBrandOf } from '../messages/brand.ts'
import {
  createPreviews,
  LANGUAGES,
  type Sample,
  sampleNamed,
  testText,
} from '../operator/previews.ts'
import { createResendClient } from '../resend/client.ts'
import { createRateLimiter } from '../resend/rate-limiter.ts'
import { parsed } from './arguments.ts'
import { command } from './command.ts'
import { type Context, polarFor } from './context.ts'

const USAGE = [
  'npm run preview -- <kind> --to <address> [--language <language>]',
  `  <kind> is one of: ${kinds.join(', ')}.`,
  `  <language> is one of: ${LANGUAGES.join(', ')}. Without it, it is your default language.`,
]

type Given = { kind: string; to: string; language: string | undefined }

const givenIn = (args: readonly string[]): Given | null => {
  const found = parsed(args, { to: { type: 'string' }, language: { type: 'string' } })
  const [kind, ...more] = found.positionals
  const { to, language } = found.values
  if (kind === undefined || more.length > 0 || to === undefined) return null
  return sampleNamed(kind, language ?? 'en') ? { kind, to, language } : null
}

const previewsOf = (context: Context) => {
  const { redis, clock, note, pause } = context
  const { email, brand, publicUrl, resend: settings, sendMode } = context.config()
  // A worker notes the limit that Resend names.
  const resend = createResendClient({ ...settings, clock, onLimit: () => {} })
  return createPreviews({
    ...{ note, sendMode, resend },
    brandOf: createBrandOf({ polar: polarFor(context), ...brand, own: brandSettings }),
    sender: { from: email.from.text, replyTo: email.replyTo?.text ?? null },
    portalUrl: `${publicUrl}/portal`,
    isAllowed: createIsAllowed(email.allowlist),
    suppressions: context.suppressions(),
    rateLimiter: createRateLimiter({ redis, rate: settings.rateLimit, pause: pause(), clock }),
  })
}

export const preview = command({
  usage: USAGE,
  given: givenIn,
  run: async (context, { kind, to, language }) => {
    const ofMerchant = brandWithoutPolar(context.config().brand).language
    const sample = sampleNamed(kind, language ?? ofMerchant) as Sample
    const because = await previewsOf(context).sendTest(sample, to)
    const text = testText(because)
    return because === null ? { lines: [text], errors: [] } : { lines: [], errors: [text] }
  },
})
