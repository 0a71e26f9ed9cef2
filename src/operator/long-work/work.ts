// Long work that an operator starts: a backfill, a replay of a stretch of events, or a reindex. One at a time, by command or
// in the console, with its progress for everybody to see.
//
//   running ──▶ done
//      │ ├────▶ failed
//      ▼ │
//   stopping ─▶ stopped

import type { Window } from '../../backfill/window.ts'
import type { ProcessStart } from '../../runtime/process-start.ts'
import type { Actor } from '../actions.ts'

export type Order =
  | { what: 'backfill'; isDry: boolean; window: Window }
  | { what: 'replay'; isDry: boolean; window: Window }
  | { what: 'reindex' }

/** Counts by their names, the most telling first. */
export type Found = readonly (readonly [name: string, count: number])[]

export type Work = {
  id: string
  order: Order
  by: Actor
  /** The console's session, or the command's process. */
  from: string
  /** The command's process, to tell whether it is gone. */
  process?: ProcessStart
  /** Milliseconds. */
  beganAt: number
  endedAt: number | null
  state: 'running' | 'stopping' | 'stopped' | 'done' | 'failed'
  /** From 0 to 1. */
  share: number
  found: Found
  /** Where another process goes on, for work that keeps its place here. */
  place: string | null
  /** Sentences about what went wrong. */
  problems: readonly string[]
  /** The longest distance that a process has noted. */
  distance: number
  /** How often a process has taken it up since it last came further. */
  starts: number
  /** Before then no worker takes it up (ms). */
  notBefore: number
}

/** `distance`: how far it has come, in a measure of its own. It grows while the work moves on, and is the same after a crash. */
export type Progress = Pick<Work, 'share' | 'found' | 'distance'> & { place?: string }

/** Notes how far the work has come. @returns whether it goes on. */
export type Report = (progress: Progress) => Promise<boolean>

/** Whether all was done, and sentences about what went wrong. */
export type Performed = {
  isDone: boolean
  problems: readonly string[]
  /** Takes away what the work no longer needs, once its end is noted. A crash before that leaves what does no harm. */
  tidy?: () => Promise<void>
}

/** Does the work until it is done, or `report` says that it does not go on. `signal` cuts waiting short. */
export type Perform = (work: Work, report: Report, signal: AbortSignal) => Promise<Performed>

export const hasEnded = ({ endedAt }: Work): boolean => endedAt !== null

export const isDry = ({ order }: Pick<Work, 'order'>): boolean => 'isDry' in order && order.isDry

const NAMES: Record<Order['what'], string> = {
  backfill: 'backfill',
  replay: 'replay of events',
  reindex: 'reindex',
}

/** The counts of a dry run that say whether anything is left to do. */
export const TO_DO = { backfill: 'missed events', replay: 'can be interpreted again' }

/** Whether a dry run has found something that the same work in earnest would do. */
export const hasFoundWork = ({ order, found }: Pick<Work, 'order' | 'found'>): boolean =>
  order.what !== 'reindex' && found.some(([name, count]) => name === TO_DO[order.what] && count > 0)

/** `backfill, dry run` */
export const nameOf = (work: Pick<Work, 'order'>): string =>
  isDry(work) ? `${NAMES[work.order.what]}, dry run` : NAMES[work.order.what]

export const percentOf = ({ share }: Pick<Work, 'share'>): string => `${Math.floor(100 * share)} %`

/** The counts that say most. */
const TELLING = 3

/** `3 missed events, 12 calls to Polar` */
export const foundText = (found: Found): string =>
  found
    .slice(0, TELLING)
    .map(([name, count]) => `${count} ${name}`)
    .join(', ')
