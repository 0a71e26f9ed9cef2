// Says what is next after a setup, by the steps of docs/setup.md. Pure.

const START = '  2. Start Postern: npm start. Once it runs, npm run doctor finds nothing to mend.'
const REHEARSE =
  '  3. Rehearse: make a test purchase. SEND_MODE=shadow sends nothing, and npm run held sums up what would have gone.'
const HOLD =
  '  4. Hold: set SEND_MODE=hold in .env and restart. Then switch off the same emails at Polar: npm run setup -- --polar-emails off'
const SWITCH_OFF =
  '  4. Switch off at Polar the emails that Postern sends: npm run setup -- --polar-emails off'
const SEND = '  5. Send: set SEND_MODE=live in .env and restart. The waiting messages go out.'

const AFTER: Record<string, readonly string[]> = {
  shadow: [REHEARSE, HOLD, SEND],
  hold: [SWITCH_OFF, SEND],
  live: [],
}

type Situation = {
  mode: string
  /** With these settings Postern cannot have run yet. */
  isFirst: boolean
  /** `.env` was changed. */
  isChanged: boolean
  /** A setup has switched off Polar's emails. */
  isOff: boolean
}

export const nextSteps = ({ mode, isFirst, isChanged, isOff }: Situation): string[] => {
  const left = (AFTER[mode] ?? []).filter((step) => step !== SWITCH_OFF || !isOff)
  const steps = [...(isFirst ? [START] : []), ...left]
  return [
    ...(isChanged && !isFirst ? ['Restart Postern, so that it reads .env again.'] : []),
    ...(steps.length > 0
      ? ['What is next, by the steps of docs/setup.md:', ...steps]
      : ['SEND_MODE is live: no step is left. npm run doctor checks everything.']),
  ]
}
