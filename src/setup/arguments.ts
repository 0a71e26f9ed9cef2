// Reads the arguments of `npm run setup`.

export type Arguments = {
  verb: 'setup' | 'undo' | 'emails off' | 'emails on'
  /** Asks nothing. */
  isSure: boolean
  /** Stops after the plan. */
  isDry: boolean
}

export const USAGE = [
  'npm run setup                             from two keys to a working configuration in .env, or in the file that ENV_FILE names',
  'npm run setup -- --dry-run                only says what it would do',
  'npm run setup -- --yes                    asks nothing, and takes its answers from the environment or that file',
  'npm run setup -- --polar-emails off       switches off at Polar the emails that Postern sends; on: as they were',
  'npm run setup -- --undo                   puts everything back as it was',
]

const VERBS: Record<string, Arguments['verb']> = {
  '': 'setup',
  '--undo': 'undo',
  '--polar-emails off': 'emails off',
  '--polar-emails on': 'emails on',
}

/** `null` if they make no sense. */
export const argumentsOf = (args: readonly string[]): Arguments | null => {
  const words = args.map((arg) => arg.replace(/^(--polar-emails)=/, '$1 ')).join(' ')
  const rest = words.split(' ').filter((word) => word !== '--yes' && word !== '--dry-run')
  const verb = VERBS[rest.join(' ')]
  return verb ? { verb, isSure: args.includes('--yes'), isDry: args.includes('--dry-run') } : null
}
