// Switches off at Polar the emails that this version of Postern sends, and on again those that it switched off.

import { ConfigError, readConfig } from '../config.ts'
import {
  isPartlyReplaced,
  isWhollyReplaced,
  partMend,
  partSaid,
  polarSwitches,
} from '../doctor/polar-switches.ts'
import { brandWithoutPolar, createIsKindOff } from '../messages/brand.ts'
import type { CustomerEmails } from '../polar/customer-emails.ts'
import { createPolar, organizationNamed, organizationOf, type Polar } from './accounts.ts'
import { asSentence, polarError, SetupError } from './errors.ts'
import { nextSteps } from './next-steps.ts'
import type { RunParts } from './parts.ts'
import { assertOf, type RecordFile, type SetupRecord } from './record.ts'
import { confirm } from './terminal.ts'

const BY_HAND = 'Or switch them by hand: Settings → Customer notifications.'

const AGAIN = 'Then run the command again: npm run setup -- --polar-emails off'

/** A restart that failed leaves a process that does what the settings said before. */
const assertWorkerSends = async ({ workerModes, given }: RunParts, setting: string) => {
  const modes = await workerModes(given)
  if (typeof modes === 'string')
    throw new SetupError(
      `Setup cannot see whether a worker runs: ${modes}. Run the command where Postern runs, or set METRICS_TOKEN, so that it can ask at PUBLIC_URL. ${BY_HAND}`,
    )
  if (modes.length === 0)
    throw new SetupError(
      `No worker runs, so customers would get no email at all. Start Postern (npm start), and wait for “ready” in its log. ${AGAIN}`,
    )
  if (modes.includes('shadow'))
    throw new SetupError(
      `A worker still runs with SEND_MODE=shadow, so Postern sends nothing, although the settings say ${setting}. Restart it; if the start fails, it says why. One that was killed counts for half a minute more. ${AGAIN}`,
    )
}

const settingsOf = ({ given }: RunParts) => {
  try {
    return readConfig(given)
  } catch (cause) {
    if (!(cause instanceof ConfigError)) throw cause
    throw new SetupError(cause.message, { cause })
  }
}

const organization = async (polar: Polar, slug: string | undefined): Promise<CustomerEmails> => {
  const found = await organizationOf(polar, slug)
  if (typeof found === 'string') throw new SetupError(asSentence(`POLAR_ACCESS_TOKEN ${found}`))
  return found
}

/** Polar replaces all switches at once, so the others are written as they are. */
const switchTo = async (
  polar: Polar,
  of: CustomerEmails,
  names: readonly string[],
  isOn: boolean,
) => {
  const change = Object.fromEntries(names.map((name) => [name, isOn]))
  const wanted = { ...of.switches, ...change }
  const { switches } = await polar
    .setCustomerEmails(of.organizationId, wanted)
    .catch((error: unknown) => {
      throw polarError(error, BY_HAND)
    })
  const wrong = names.filter((name) => switches[name] !== isOn)
  if (wrong.length > 0) throw new SetupError(`Polar did not switch ${wrong.join(', ')}. ${BY_HAND}`)
}

/** The steps after the switches. The settings are as they were, and a worker runs. */
const sayWhatIsNext = ({ terminal, place: { env } }: RunParts, mode: string) => {
  for (const line of nextSteps({ mode, env, isFirst: false, isChanged: false, isOff: true }))
    terminal.say(line)
}

export const switchOff = async (parts: RunParts) => {
  const { file, place, terminal, args, clock, given } = parts
  const { publicUrl, email, brand, sendMode, polar: settings } = settingsOf(parts)
  if (sendMode === 'shadow')
    throw new SetupError(
      `SEND_MODE is shadow, so Postern sends nothing, and customers would get no email at all. Set SEND_MODE=hold in ${place.env}, restart, and run the command again.`,
    )
  await assertWorkerSends(parts, sendMode)
  const polar = createPolar(given, clock)
  const of = await organization(polar, settings.slug)
  const found = file.load()
  if (found) assertOf(found, place.record, { slug: of.slug, environment: settings.environment })
  const on = polarSwitches(createIsKindOff(brandWithoutPolar(brand), email.kindsOff)).filter(
    ({ name }) => of.switches[name],
  )
  const names = on.filter(isWhollyReplaced).map(({ name }) => name)
  const partly = on.filter(isPartlyReplaced)
  for (const one of partly)
    terminal.say(
      `${partSaid(one)}. So it stays on, and customers get the others twice. ${partMend([one])}`,
    )
  if (names.length === 0) {
    terminal.say(
      partly.length > 0
        ? 'No other switch is to go off; nothing was changed.'
        : 'Polar sends none of the emails that Postern sends; nothing was changed.',
    )
    return sayWhatIsNext(parts, sendMode)
  }
  terminal.say(`At Polar (${of.slug}), setup switches off ${names.join(', ')}.`)
  if (args.isDry || !(await confirm(terminal, args))) return
  const record: SetupRecord = found ?? {
    slug: of.slug,
    environment: settings.environment,
    publicUrl,
  }
  record.emailsOff = [...new Set([...(record.emailsOff ?? []), ...names])]
  file.save(record)
  await switchTo(polar, of, names, false)
  terminal.say('Done. To switch them on again: npm run setup -- --polar-emails on')
  sayWhatIsNext(parts, sendMode)
}

/** Switches on what the record says was switched off, and forgets it. */
export const restoreEmails = async (polar: Polar, file: RecordFile, record: SetupRecord) => {
  const { emailsOff = [] } = record
  if (emailsOff.length > 0) {
    await switchTo(polar, await organizationNamed(polar, record.slug), emailsOff, true)
  }
  delete record.emailsOff
  file.save(record)
}

export const switchOn = async ({ file, terminal, args, clock, given }: RunParts) => {
  const record = file.load()
  const { emailsOff = [] } = record ?? {}
  if (!record || emailsOff.length === 0) {
    terminal.say(`Setup has switched nothing off at Polar; nothing was changed. ${BY_HAND}`)
    return
  }
  terminal.say(`At Polar (${record.slug}), setup switches on ${emailsOff.join(', ')}.`)
  if (args.isDry || !(await confirm(terminal, args))) return
  await restoreEmails(createPolar(given, clock), file, record)
  terminal.say('Done.')
}
