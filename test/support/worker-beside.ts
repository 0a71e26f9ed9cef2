// A further worker on the Redis of a system, as in a process of its own.

import { onTestFinished } from 'vitest'
import { createApp } from '../../src/app.ts'
import { readConfig } from '../../src/config.ts'
import { createLog } from '../../src/runtime/log.ts'
import { simulatedMx } from '../../src/sandbox/mx.ts'
import type { TestSystem } from './system.ts'

/** Closed when the test ends, or before. */
export const startWorkerBeside = async ({ environment, clock }: TestSystem) => {
  const lines: string[] = []
  const log = createLog('debug', { write: (line) => lines.push(line) })
  const config = readConfig({ ...environment, ROLE: 'worker' }, clock)
  const app = await createApp(config, { clock, log, resolveMx: simulatedMx })
  onTestFinished(app.close)
  await app.startWorker()
  return { close: app.close, logText: () => lines.join('') }
}
