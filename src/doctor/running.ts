// Decides what is wrong with this Postern by what its processes left in Redis, and by the clocks: pure.

import type { Config } from '../config.ts'
import type { RunningProcess } from '../processes/store.ts'
import type { PauseState } from '../resend/pause.ts'
import { DAY, HOUR, MINUTE } from '../runtime/clock.ts'
import { type Finding, finding } from './finding.ts'
import { ofProcesses } from './processes.ts'

/** All times in milliseconds. */
export type RunningFacts = {
  /** An hour before the first start; `null` before it. */
  liveSince: number | null
  /** The processes that run. */
  running: readonly RunningProcess[]
  /** When a process last said that it runs; `null` if none ever has. */
  lastAlive: number | null
  /** No webhook has come for unusually long. */
  isSilent: boolean
  pause: PauseState
  /** Messages that are held one by one. */
  held: number
  /** A proxy that is not trusted; its address where it can be nobody's but our own. */
  proxy: { proxy?: string } | null
}

type Checked = Pick<Config, 'sendMode' | 'liveSince'>

const mail = ({ pause, held }: RunningFacts, mode: Config['sendMode']): Finding[] => {
  const found: Finding[] = []
  if (pause && 'held' in pause && (pause.held === 'command' || mode === 'live'))
    found.push(
      finding('mail_held', {
        says: 'All mail is on hold.',
        why: 'Messages wait until you release them.',
        mend: 'npm run held says what waits; npm run release -- all lets it go.',
      }),
    )
  if (pause && 'because' in pause && pause.because !== 'rate_limit')
    found.push(
      finding('mail_paused', {
        says: `Mail is paused, since Resend refuses it (${pause.because}).`,
        why: 'Messages wait, and go on by themselves once that is mended.',
        mend:
          pause.because === 'quota'
            ? 'Choose a larger plan at Resend.'
            : 'See the log for what Resend says (deliveries paused), and mend it at Resend or in .env.',
      }),
    )
  if (held > 0)
    found.push(
      finding('messages_held', {
        says: `${held} ${held === 1 ? 'message waits' : 'messages wait'} for your decision.`,
        why: 'Nobody else lets them go.',
        mend: 'npm run held lists them.',
      }),
    )
  return found
}

const proxies = ({ proxy }: RunningFacts): Finding[] =>
  proxy === null
    ? []
    : [
        finding('proxy_not_trusted', {
          says: `X-Forwarded-For came from ${proxy.proxy ?? 'an address'} that is not trusted.`,
          why: 'All visitors behind that proxy count as one, and are limited together.',
          mend: `If it is your proxy, name ${proxy.proxy ?? 'it'} in TRUSTED_PROXIES and restart.`,
        }),
      ]

/** Setting an instant a little before the start is usual. */
const EARLY = DAY

const live = (setting: number | undefined, facts: RunningFacts, now: number): Finding[] => {
  const started = facts.liveSince === null ? now : facts.liveSince + HOUR
  if (setting === undefined || setting > started - EARLY) return []
  return [
    finding('live_since_early', {
      says: `LIVE_SINCE is ${new Date(setting).toISOString()}, ${Math.floor((started - setting) / DAY)} days before the first start.`,
      why: 'Polar may have sent emails of that time itself, and customers would get them twice.',
      mend: 'Set LIVE_SINCE to when you switch over, or remove it.',
    }),
  ]
}

const silence = ({ isSilent }: RunningFacts): Finding[] =>
  isSilent
    ? [
        finding('silence', {
          says: 'No webhook has come for unusually long.',
          why: 'Events may be lost, and their emails with them.',
          mend: 'Run npm run webhooks, and try /healthz from outside.',
        }),
      ]
    : []

export const ofRunning = (facts: RunningFacts, { sendMode, liveSince }: Checked, now: number) => [
  ...(facts.liveSince === null ? [] : ofProcesses(facts, sendMode)),
  ...silence(facts),
  ...mail(facts, sendMode),
  ...proxies(facts),
  ...live(liveSince, facts, now),
]

/** Webhooks are refused at five minutes. */
const REFUSED = 4 * MINUTE
const DRIFTING = MINUTE / 2

/** @param polar Polar's time; `null` if unknown. */
export const ofClock = (polar: number | null, now: number): Finding[] => {
  const apart = polar === null ? 0 : Math.abs(polar - now)
  if (polar === null || apart < DRIFTING) return []
  return [
    finding('clock_wrong', {
      says: `The clock of this machine is ${Math.round(apart / 1_000)} seconds ${polar > now ? 'behind' : 'ahead of'} Polar's.`,
      why: 'At five minutes every webhook is refused.',
      mend: 'Set the clock of this machine by a time server (NTP).',
      severity: apart >= REFUSED ? 'problem' : 'warning',
    }),
  ]
}
