// Says what is next after a setup, by the steps of docs/setup.md. Pure.

import { USUAL_ENV_FILE } from '../config.ts'

const START = '  2. Start Postern: npm start. Once it runs, npm run doctor finds nothing to mend.'
const REHEARSE =
  '  3. Rehearse: make a test purchase. SEND_MODE=shadow sends nothing, and npm run held sums up what would have gone.'
const SWITCH_OFF =
  '  4. Switch off at Polar the emails that Postern sends: npm run setup -- --polar-emails off'

const hold = (env: string) =>
  `  4. Hold: set SEND_MODE=hold in ${env} and restart. Then switch off the same emails at Polar: npm run setup -- --polar-emails off`
const send = (env: string) =>
  `  5. Send: set SEND_MODE=live in ${env} and restart. The waiting messages go out.`

type Situation = {
  mode: string
  /** The name of the file of settings. */
  env: string
  /** With these settings Postern cannot have run yet. */
  isFirst: boolean
  /** That file was changed. */
  isChanged: boolean
  /** A setup has switched off Polar's emails. */
  isOff: boolean
}

const after = ({ mode, env, isOff }: Situation): string[] => {
  if (mode === 'shadow') return [REHEARSE, hold(env), send(env)]
  return mode === 'hold' ? [...(isOff ? [] : [SWITCH_OFF]), send(env)] : []
}

export const nextSteps = (situation: Situation): string[] => {
  const { env, isFirst, isChanged } = situation
  const steps = [...(isFirst ? [START] : []), ...after(situation)]
  const named = env === USUAL_ENV_FILE ? '' : ` Each command needs ENV_FILE=${env}.`
  return [
    ...(isChanged && !isFirst ? [`Restart Postern, so that it reads ${env} again.`] : []),
    ...(steps.length > 0
      ? [`What is next, by the steps of docs/setup.md:${named}`, ...steps]
      : ['SEND_MODE is live: no step is left. npm run doctor checks everything.']),
  ]
}
