// A further worker on the Redis of a system, as in a process of its own.

import { onTestFinished } from 'vitest'
import { createApp } from '../../src/app.ts'
import { readConfig } from '../../src/config.ts'
import type { Clock } from '../../src/runtime/clock.ts'
import { createLog } from '../../src/runtime/log.ts'
import { simulatedMx } from '../../src/sandbox/mx.ts'

/**
 * Closed when the test ends, or before.
 * @param role `all`: it takes webhooks, too.
 */
export const startWorkerBeside = async (
  { environment, clock }: { environment: NodeJS.ProcessEnv; clock: Clock },
  role: 'worker' | 'all' = 'worker',
) => {
  const lines: string[] = []
  const log = createLog('debug', { write: (line) => lines.push(line) })
  const config = readConfig({ ...environment, ROLE: role }, clock)
  const app = await createApp(config, { clock, log, resolveMx: simulatedMx })
  onTestFinished(app.close)
  await app.startWorker()
  if (role === 'all') await app.startWeb()
  return { close: app.close, logText: () => lines.join('') }
}
