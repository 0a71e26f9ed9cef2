// The files of a setup: the settings, what it keeps of them, and its record. All lie in one folder.

import { basename, dirname, join, resolve } from 'node:path'
import { USUAL_ENV_FILE } from '../config.ts'

/** The names are as the operator reads them: they begin as `ENV_FILE` does. */
export type Place = {
  /** The file of settings: `.env`, or the one that `ENV_FILE` names. */
  env: string
  /** The same as it was before the setup. */
  envBefore: string
  /** An undo keeps this of it. */
  envUndone: string
  record: string
  /** Where all of them are. */
  folder: string
  /** The path of one of them. */
  path: (name: string) => string
}

/** @param folder where the command runs. @param named the value of `ENV_FILE`. */
export const placeOf = (folder: string, named: string | undefined): Place => {
  const env = named || USUAL_ENV_FILE
  const file = basename(env)
  const part = file === USUAL_ENV_FILE ? '' : `.${file}`
  return {
    env,
    envBefore: `${env}.before-setup`,
    envUndone: `${env}.undone`,
    record: join(dirname(env), `.postern-setup${part}.json`),
    folder: resolve(folder, dirname(env)),
    path: (name) => resolve(folder, name),
  }
}
