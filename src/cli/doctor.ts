// npm run doctor: checks the configuration against Redis, Polar and Resend. It has its own way to the settings and to Redis,
// since it goes on where either is wrong.

import { loadSettings } from '../config.ts'
import { runDoctor } from '../doctor/doctor.ts'
import { isSound, reportOf, USAGE } from './doctor-report.ts'

export const doctor = async (args: readonly string[]) => {
  const asJson = args[0] === '--json'
  if (args.length > (asJson ? 1 : 0)) {
    process.stderr.write(`${USAGE.join('\n')}\n`)
    process.exit(1)
  }
  loadSettings()
  const diagnosis = await runDoctor({ environment: process.env })
  process.stdout.write(`${reportOf(diagnosis, asJson).join('\n')}\n`)
  process.exitCode = isSound(diagnosis) ? 0 : 1
  // An answer that nobody waits for any more would keep the process alive.
  process.exit()
}
