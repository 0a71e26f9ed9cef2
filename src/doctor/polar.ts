// Decides which mistakes the organization at Polar shows: whose token it is, and who sends which email. Pure.

import { type Intended, named, type PolarRead } from './account.ts'
import { type Finding, finding } from './finding.ts'
import {
  isPartlyReplaced,
  isWhollyReplaced,
  type PolarSwitch,
  partMend,
  partSaid,
  polarSwitches,
} from './polar-switches.ts'

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

const PAGE = 'Settings → Customer notifications'
const SWITCH_OFF = 'npm run setup -- --polar-emails off'

/** Both send all that these switches cover. */
const wholly = (switches: readonly PolarSwitch[], hasAllowlist: boolean): Finding[] => {
  if (switches.length === 0) return []
  const says = `Polar still sends its own emails for ${switches.map(({ name }) => name).join(', ')}.`
  return [
    hasAllowlist
      ? finding('polar_sends_too', {
          says,
          why: 'Recipients on EMAIL_ALLOWLIST get both.',
          mend: `Switch Polar's off when you remove the list: ${SWITCH_OFF}, or by hand (${PAGE}).`,
          severity: 'warning',
        })
      : finding('polar_sends_too', {
          says,
          why: 'Customers get both emails.',
          mend: `Run ${SWITCH_OFF}, or switch Polar's off by hand (${PAGE}), or name the kinds in EMAIL_KINDS_OFF.`,
        }),
  ]
}

/** Both send a part of what these switches cover, and nobody would send the rest. */
const partly = (switches: readonly PolarSwitch[], hasAllowlist: boolean): Finding[] =>
  switches.length === 0
    ? []
    : [
        finding('polar_sends_too', {
          says: `Polar's switch ${switches.map(partSaid).join('; ')}.`,
          why: 'While it is on, customers get the others twice; off, nobody sends that one.',
          mend: partMend(switches),
          ...(hasAllowlist && { severity: 'warning' }),
        }),
      ]

/** Until mail is sent, Polar's own emails are rightly on. */
const doubled = (emailsOn: readonly string[], intended: Intended): Finding[] => {
  if (intended.mode !== 'live') return []
  const on = polarSwitches(intended.isOff).filter(({ name }) => emailsOn.includes(name))
  return [
    ...wholly(on.filter(isWhollyReplaced), intended.hasAllowlist),
    ...partly(on.filter(isPartlyReplaced), intended.hasAllowlist),
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
  const isLive = intended.mode === 'live'
  const off = polarSwitches(isLive ? intended.isOff : () => true)
    .filter(({ name }) => ours.emailsOff.includes(name))
    .filter((one) => !isWhollyReplaced(one))
  if (off.length === 0) return []
  const some = off.filter(isPartlyReplaced)
  const neither = off.flatMap((one): readonly string[] =>
    isPartlyReplaced(one) ? one.notSent : [one.name],
  )
  return [
    finding('nobody_sends', {
      says: `Polar's own emails are off for ${neither.join(', ')}, and Postern does not send them (${isLive ? 'EMAIL_KINDS_OFF names them' : 'SEND_MODE is shadow'}).`,
      why: 'Customers get neither email.',
      mend: [
        ...(some.length < off.length
          ? [`Switch them on at Polar (${PAGE}), unless you want none.`]
          : []),
        ...(some.length > 0 ? [partMend(some)] : []),
      ].join(' '),
    }),
  ]
}

/** Why Polar could not be read; `null` where it was, or where that is reported elsewhere. */
export const unreadAtPolar = (read: PolarRead): string | null => {
  if ('unread' in read) return read.unread
  const isNobodys = 'organizations' in read && read.organizations.length === 0
  return isNobodys ? 'the access token names no organization' : null
}
