// npm run doctor: checks the configuration against Redis, Polar and Resend. It has its own way to the settings and to Redis,
// since it goes on where either is wrong.

import { runDoctor } from '../doctor/doctor.ts'
import type { Command } from './command.ts'
import { isSound, reportOf, USAGE } from './doctor-report.ts'

export const doctor: Command = async (args, { settings, out, screen }) => {
  const asJson = args[0] === '--json'
  if (args.length > (asJson ? 1 : 0)) {
    screen.write(`${USAGE.join('\n')}\n`)
    return 1
  }
  const diagnosis = await runDoctor({ environment: settings() })
  out(`${reportOf(diagnosis, asJson).join('\n')}\n`)
  return isSound(diagnosis) ? 0 : 1
}
