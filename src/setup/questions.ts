// The settings that a setup needs from the operator, and what makes an answer good.

import { settingProblem } from '../config.ts'
import { isPrivate } from '../doctor/settings.ts'
import type { CustomerEmails } from '../polar/customer-emails.ts'
import type { SendingDomain } from '../resend/account.ts'
import type { Clock } from '../runtime/clock.ts'
import {
  createPolar,
  createResend,
  domainsOf,
  isUsable,
  organizationOf,
  senderProblems,
} from './accounts.ts'
import type { Values } from './env-file.ts'
import { SetupError } from './errors.ts'

/** The accounts as the good answers so far have shown them. */
export type Shown = { organization?: CustomerEmails; domains?: readonly SendingDomain[] }

type Situation = { values: Values; shown: Shown; clock: Clock }

export type Question = {
  name: string
  text: string
  isHidden?: true
  isNeeded?: (values: Values) => boolean
  suggestion?: (situation: Situation) => string | undefined
  /** The fault of an answer that is well formed, to follow the name of the setting. It notes what it is shown. */
  check?: (situation: Situation) => Promise<string | null> | string | null
}

const NO_DOMAIN =
  'The Resend account has no verified domain, so no mail can be sent. Add a domain at Resend, set the DNS records that it shows, and run the command again once it is verified.'

/** A simulated Polar may be on the same machine. */
const publicUrlProblem = ({ values }: Situation): string | null => {
  const { PUBLIC_URL = '', POLAR_BASE_URL } = values
  const { protocol, hostname } = new URL(PUBLIC_URL)
  if (isPrivate(hostname))
    return POLAR_BASE_URL
      ? null
      : 'cannot be reached from outside, and Polar takes no webhook to it. Use the public https:// address of Postern, or that of a tunnel to this machine'
  return protocol === 'https:'
    ? null
    : 'must begin with https://, since Polar and Resend send webhooks to it'
}

/** A refusal, with a hint where the key does not look like one. */
const refusal = (problem: string, value = '', begins: string): string =>
  value.startsWith(begins)
    ? problem
    : `${problem}. Such a key begins with ${begins}, and this one does not`

const tokenProblem = async ({ values, shown, clock }: Situation): Promise<string | null> => {
  const polar = createPolar(values, clock)
  const found = await organizationOf(polar, values.POLAR_ORGANIZATION_SLUG)
  if (typeof found === 'string') return refusal(found, values.POLAR_ACCESS_TOKEN, 'polar_oat_')
  shown.organization = found
  return null
}

const keyProblem = async ({ values, shown, clock }: Situation): Promise<string | null> => {
  const found = await domainsOf(createResend(values, clock))
  if (typeof found === 'string') return refusal(found, values.RESEND_API_KEY, 're_')
  if (!found.some(isUsable)) throw new SetupError(NO_DOMAIN)
  shown.domains = found
  return null
}

const senderProblem = ({ values: { EMAIL_FROM = '' }, shown }: Situation): string | null => {
  if (!shown.domains) return null // the key is refused, and that is said already
  const problem = senderProblems(shown.domains, EMAIL_FROM).find(({ blocks }) => blocks)
  return problem ? `cannot be used. ${problem.says}` : null
}

const suggestSender = ({ shown }: Situation) => {
  const domain = shown.domains?.find(isUsable)
  return domain && `billing@${domain.name}`
}

export const QUESTIONS: readonly Question[] = [
  {
    name: 'POLAR_ENVIRONMENT',
    text: 'Polar environment: production, or sandbox for a try in the sandbox of Polar',
    suggestion: () => 'production',
  },
  {
    name: 'POLAR_ACCESS_TOKEN',
    text: 'Organization access token of Polar (polar_oat_…, not shown)',
    isHidden: true,
    check: tokenProblem,
  },
  {
    name: 'RESEND_API_KEY',
    text: 'API key of Resend with full access (re_…, not shown)',
    isHidden: true,
    check: keyProblem,
  },
  {
    name: 'EMAIL_FROM',
    text: 'Sender of the emails, such as Your Shop <billing@your-domain>',
    suggestion: suggestSender,
    check: senderProblem,
  },
  {
    name: 'PUBLIC_URL',
    text: 'Public address of Postern, such as https://billing.your-domain',
    check: publicUrlProblem,
  },
  { name: 'REDIS_URL', text: 'Redis', suggestion: () => 'redis://localhost:6379' },
  {
    name: 'EMAIL_ALLOWLIST',
    text: 'Addresses or domains that may be mailed in the sandbox, comma-separated',
    isNeeded: ({ POLAR_ENVIRONMENT }) => POLAR_ENVIRONMENT === 'sandbox',
  },
]

/** The fault of an answer, to follow the name of the setting; `null` if it is good. */
export const problemWith = async (
  { name, check }: Question,
  situation: Situation,
): Promise<string | null> => {
  const value = situation.values[name]
  if (!value) return 'is required'
  return settingProblem(name, value) ?? (await check?.(situation)) ?? null
}
