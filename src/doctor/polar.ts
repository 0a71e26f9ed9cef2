// Decides which mistakes the organization at Polar shows: whose token it is, and who sends which email. Pure.

import { kinds, polarToggles } from '../../emails/index.ts'
import { type Intended, named, type PolarRead } from './account.ts'
import { type Finding, finding } from './finding.ts'

const slug = (slugs: readonly string[], intended: Intended): Finding[] =>
  slugs.length === 0 || slugs.includes(intended.slug)
    ? []
    : [
        finding('polar_slug', {
          says: `POLAR_ORGANIZATION_SLUG is ${intended.slug}, but POLAR_ACCESS_TOKEN belongs to ${named(slugs)}.`,
          why: `The portal and sign-in pages of ${intended.slug} are not your customers'.`,
          mend: 'Set the slug or the token that is meant, and restart.',
        }),
      ]

/** The switches at Polar that stand for at least one kind of email that Postern sends. */
export const replaced = ({ isOff }: Pick<Intended, 'isOff'>): ReadonlySet<string> =>
  new Set(
    kinds.flatMap((kind) => {
      const toggle = polarToggles[kind]
      return toggle === null || isOff(kind) ? [] : [toggle]
    }),
  )

const PAGE = 'Settings → Customer notifications'

/** Until mail is sent, Polar's own emails are rightly on. */
const doubled = (emailsOn: readonly string[], intended: Intended): Finding[] => {
  if (intended.mode !== 'live') return []
  const ours = replaced(intended)
  const both = emailsOn.filter((toggle) => ours.has(toggle))
  if (both.length === 0) return []
  const says = `Polar still sends its own emails for ${both.join(', ')}.`
  return [
    intended.hasAllowlist
      ? finding('polar_sends_too', {
          says,
          why: 'Recipients on EMAIL_ALLOWLIST get both.',
          mend: `Switch Polar's off (${PAGE}) when you remove the list.`,
          severity: 'warning',
        })
      : finding('polar_sends_too', {
          says,
          why: 'Customers get both emails.',
          mend: `Switch Polar's off (${PAGE}), or name the kinds in EMAIL_KINDS_OFF.`,
        }),
  ]
}

type Organizations = Extract<PolarRead, { organizations: unknown }>['organizations']

const oursAmong = (organizations: Organizations, intended: Intended) =>
  organizations.find((one) => one.slug === intended.slug) ??
  (organizations.length === 1 ? organizations[0] : undefined)

export const ofPolar = (read: PolarRead, intended: Intended): Finding[] => {
  if (!('organizations' in read)) return []
  const { organizations } = read
  const slugs = organizations.map((one) => one.slug)
  const { emailsOn = [] } = oursAmong(organizations, intended) ?? {}
  return [...slug(slugs, intended), ...doubled(emailsOn, intended)]
}

/** The switches that are off although Postern sends nothing in their place. In hold, that is how a switch-over goes. */
export const sentByNobody = (read: PolarRead, intended: Intended): Finding[] => {
  if (!('organizations' in read) || intended.mode === 'hold') return []
  const ours = oursAmong(read.organizations, intended)
  if (!ours || ours.emailsOff.length === 0) return []
  const sent = intended.mode === 'live' ? replaced(intended) : new Set<string>()
  const toggles = new Set<string | null>(Object.values(polarToggles))
  const neither = ours.emailsOff.filter((toggle) => toggles.has(toggle) && !sent.has(toggle))
  if (neither.length === 0) return []
  const reason = intended.mode === 'live' ? 'EMAIL_KINDS_OFF names them' : 'SEND_MODE is shadow'
  return [
    finding('nobody_sends', {
      says: `Polar's own emails are off for ${neither.join(', ')}, and Postern does not send them (${reason}).`,
      why: 'Customers get neither email.',
      mend: `Switch them on at Polar (${PAGE}), unless you want none.`,
    }),
  ]
}

/** Why Polar could not be read; `null` where it was, or where that is reported elsewhere. */
export const unreadAtPolar = (read: PolarRead): string | null => {
  if ('unread' in read) return read.unread
  const isNobodys = 'organizations' in read && read.organizations.length === 0
  return isNobodys ? 'the access token names no organization' : null
}
