// npm run setup: from two keys to a working configuration in `.env`, and back. At its end the doctor checks it.

import { setTimeout } from 'node:timers/promises'
import type { Diagnosis } from '../doctor/check-all.ts'
import { runDoctor } from '../doctor/doctor.ts'
import { groupOf } from '../doctor/finding.ts'
import { reach } from '../doctor/reach.ts'
import { systemClock as clock, SECOND } from '../runtime/clock.ts'
import { runSetup } from '../setup/run.ts'
import { createTerminal } from '../setup/terminal.ts'
import { readWorkerModes } from '../setup/worker-modes.ts'
import type { Command } from './command.ts'
import { reportOf } from './doctor-report.ts'

/** Setup has just made requests itself, and Resend admits a few a second: its limit may need a moment. */
const diagnose = async (environment: NodeJS.ProcessEnv): Promise<Diagnosis> => {
  const diagnosis = await runDoctor({ environment })
  if (diagnosis.findings.every(({ name }) => name !== 'resend_not_checked')) return diagnosis
  await setTimeout(SECOND)
  return runDoctor({ environment })
}

/** Postern does not run yet, so its own part waits for `npm run doctor`. */
const examine = async (environment: NodeJS.ProcessEnv): Promise<readonly string[]> => {
  const diagnosis = await diagnose(environment)
  const { findings, checked } = diagnosis
  const outside = {
    ...diagnosis,
    findings: findings.filter(({ name }) => groupOf(name) !== 'postern'),
    checked: checked.filter((group) => group !== 'postern'),
    notes: [],
  }
  return reportOf(outside, false, 'It is checked by npm run doctor, once it runs.')
}

/** It asks on the terminal of this process, and writes into the folder in which it runs. */
export const setup: Command = async (args) => {
  const terminal = createTerminal()
  const place = { environment: process.env, folder: process.cwd() }
  const workerModes = (settings: Record<string, string>) => readWorkerModes(settings, clock)
  const parts = { ...place, terminal, examine, reach, workerModes, clock }
  const status = await runSetup({ args, ...parts })
  terminal.close()
  return status
}
