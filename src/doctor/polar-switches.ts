// Decides which of Polar's switches Postern replaces. One switch may cover several kinds of email, and EMAIL_KINDS_OFF name only
// some of them. Pure.

import { type Kind, kinds, polarToggles } from '../../emails/index.ts'
import { named } from './account.ts'

export type PolarSwitch = {
  name: string
  /** The kinds that Postern sends in the place of Polar's own email. */
  sent: readonly Kind[]
  /** Those that it is not to send. */
  notSent: readonly Kind[]
}

/** Every switch that stands for an email which Postern could send. */
export const polarSwitches = (isOff: (kind: Kind) => boolean): PolarSwitch[] =>
  [...new Set(Object.values(polarToggles))].flatMap((name) => {
    if (name === null) return []
    const covered = kinds.filter((kind) => polarToggles[kind] === name)
    const sent = covered.filter((kind) => !isOff(kind))
    return [{ name, sent, notSent: covered.filter(isOff) }]
  })

/** Postern sends all that the switch covers: off is right. */
export const isWhollyReplaced = ({ sent, notSent }: PolarSwitch): boolean =>
  sent.length > 0 && notSent.length === 0

/** Postern sends a part of it: on, customers get that twice; off, nobody sends the rest. */
export const isPartlyReplaced = ({ sent, notSent }: PolarSwitch): boolean =>
  sent.length > 0 && notSent.length > 0

/** `subscription_cycled covers subscription_usage_invoice, which Postern does not send`. */
export const partSaid = ({ name, notSent }: PolarSwitch): string =>
  `${name} also covers ${named(notSent)}, which Postern does not send`

/** How to end that: the operator chooses. */
export const partMend = (partly: readonly PolarSwitch[]): string => {
  const [notSent, sent] = [
    named(partly.flatMap((one) => one.notSent)),
    named(partly.flatMap((one) => one.sent)),
  ]
  return `Let Postern send all kinds of the switch (take ${notSent} out of EMAIL_KINDS_OFF), or none (name ${sent} there, too, and leave the switch on at Polar).`
}
