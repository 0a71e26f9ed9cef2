// The parts that each verb of a setup works with.

import type { Reach } from '../doctor/reach.ts'
import type { PosternProcess } from '../processes/store.ts'
import type { Clock } from '../runtime/clock.ts'
import type { Arguments } from './arguments.ts'
import type { Values } from './env-file.ts'
import type { Place } from './place.ts'
import type { RecordFile } from './record.ts'
import type { Terminal } from './terminal.ts'

export type RunParts = {
  args: Arguments
  /** The settings of the environment, and of the file of settings for the rest. */
  given: Values
  /** Those of the environment alone. */
  exported: Values
  place: Place
  terminal: Terminal
  file: RecordFile
  /** The report of the doctor on the settings, in lines. */
  examine: (settings: Record<string, string>) => Promise<readonly string[]>
  /** The send modes of the workers that run, or why nobody can tell. */
  workerModes: (settings: Values) => Promise<readonly PosternProcess['mode'][] | string>
  /** Asks what answers at an address. */
  reach: Reach
  clock: Clock
}
