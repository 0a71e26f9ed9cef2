// Runs `npm run setup` with its arguments, in a folder, before a terminal.

import { settingNames } from '../config.ts'
import { type Arguments, argumentsOf, USAGE } from './arguments.ts'
import { type Values, valuesIn } from './env-file.ts'
import { SetupError } from './errors.ts'
import { readText } from './files.ts'
import { lock } from './lock.ts'
import type { RunParts } from './parts.ts'
import { placeOf } from './place.ts'
import { switchOff, switchOn } from './polar-emails.ts'
import { createRecordFile } from './record.ts'
import { setUp } from './set-up.ts'
import type { Terminal } from './terminal.ts'
import { undo } from './undo.ts'

const VERBS: Record<Arguments['verb'], (parts: RunParts) => Promise<void>> = {
  setup: setUp,
  undo,
  'emails off': switchOff,
  'emails on': switchOn,
}

const settingsIn = (environment: NodeJS.ProcessEnv): Values =>
  Object.fromEntries(
    settingNames.flatMap((name) => {
      const value = environment[name]?.trim()
      return value ? [[name, value]] : []
    }),
  )

const nobodyToAsk = (env: string) =>
  `There is no terminal to ask questions in. Put the settings into the environment or ${env}, and run npm run setup -- --yes. With -- --dry-run it only says what it would do.`

type SetupParts = {
  args: readonly string[]
  environment: NodeJS.ProcessEnv
  folder: string
  terminal: Terminal
} & Pick<RunParts, 'examine' | 'reach' | 'workerModes' | 'clock'>

/** @returns the exit status. */
export const runSetup = async (parts: SetupParts): Promise<number> => {
  const { environment, folder, terminal } = parts
  const place = placeOf(folder, environment.ENV_FILE)
  const args = argumentsOf(parts.args)
  if (args === null) {
    for (const line of USAGE) terminal.complain(line)
    return 1
  }
  if (!terminal.isInteractive && !args.isSure && !args.isDry) {
    terminal.complain(nobodyToAsk(place.env))
    return 1
  }
  let release = () => {}
  try {
    if (!args.isDry) release = lock(place.folder)
    const exported = settingsIn(environment)
    const given = { ...valuesIn(readText(place.path(place.env)) ?? ''), ...exported }
    const file = createRecordFile(place)
    await VERBS[args.verb]({ ...parts, place, args, given, exported, file })
    return 0
  } catch (error) {
    if (!(error instanceof SetupError)) throw error
    terminal.complain(error.message)
    return 1
  } finally {
    release()
  }
}
