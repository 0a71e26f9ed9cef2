// Runs the roles that the settings ask for, until a signal says stop.

import { createApp } from './app.ts'
import { ConfigError, readConfig } from './config.ts'
import { RedisUnfitError } from './redis/connection.ts'
import { SECOND, systemClock } from './runtime/clock.ts'
import { createLog, failure } from './runtime/log.ts'
import { warningsOf } from './warnings.ts'

/** What is unfinished by then is picked up by the next start. */
const CLOSING = 15 * SECOND

const start = async () => {
  const config = readConfig(process.env, systemClock)
  const log = createLog(config.logLevel)
  const app = await createApp(config, { clock: systemClock, log })

  for (const warning of warningsOf(config)) log.warn(warning)

  let isClosing = false
  const close = async (signal: string) => {
    if (isClosing) return
    isClosing = true
    log.info({ signal }, 'closing began')
    const deadline = setTimeout(() => {
      log.error('closing took too long; what was unfinished goes on at the next start')
      process.exit(1)
    }, CLOSING)
    const failed = await app.close().then(
      () => false,
      (error: unknown) => {
        log.error(failure(error), 'closing failed')
        return true
      },
    )
    clearTimeout(deadline)
    log.info('closed')
    // A start that the signal came in the middle of may have opened something since.
    process.exit(failed ? 1 : 0)
  }
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, () => void close(signal))

  if (config.role !== 'web') await app.startWorker()
  const port = config.role === 'worker' ? undefined : (await app.startWeb()).port
  const { role, sendMode: mode, polar, email } = config
  const sender = email.from.address.replace(/^.*@/, '')
  log.info({ role, port, mode, sender, slug: polar.slug, ...(await app.facts()) }, 'ready')
  void app.checkAccount() // mail and clicks do not wait for it
}

/** Why a start failed, in words for whoever started it; with the stack where the fault is ours. */
export const whyNot = (error: unknown): string => {
  if (!(error instanceof Error)) return String(error)
  const { code, syscall } = error as NodeJS.ErrnoException
  if (code === 'EADDRINUSE') return 'PORT is in use; set another.'
  if (syscall === 'listen' || syscall === 'getaddrinfo')
    return `HOST and PORT: this machine cannot listen there (${code}).`
  const isTheirs = error instanceof ConfigError || error instanceof RedisUnfitError
  return isTheirs ? error.message : (error.stack ?? error.message)
}

/** Ends the process with 1, and a message that says what to mend, when it cannot start. */
export const run = async () => {
  try {
    await start()
  } catch (error) {
    process.stderr.write(`Postern did not start. ${whyNot(error)}\n`)
    process.exit(1)
  }
}
