// Runs the roles named by the settings until SIGTERM or SIGINT.

import { setTimeout as sleep } from 'node:timers/promises'
import { createApp } from './app.ts'
import { ConfigError, loadSettings, readConfig } from './config.ts'
import { ofSettings } from './doctor/settings.ts'
import { RedisUnfitError } from './redis/connection.ts'
import { SECOND, systemClock } from './runtime/clock.ts'
import { createLog, failure } from './runtime/log.ts'
import { sentenceOf } from './watch/finding.ts'

/** From the end of the drain on; work that is unfinished by then continues at the next start. */
const CLOSE_TIMEOUT = 15 * SECOND

const start = async () => {
  loadSettings()
  const config = readConfig(process.env, systemClock)
  const log = createLog(config.logLevel)
  const app = await createApp(config, { clock: systemClock, log })

  for (const found of ofSettings(config)) log.warn({ finding: found.name }, sentenceOf(found))

  let web: Awaited<ReturnType<typeof app.startWeb>> | undefined
  let isClosing = false
  const close = async (signal: string) => {
    if (isClosing) return
    isClosing = true
    log.info({ signal }, 'closing began')
    if (web && config.drain > 0) {
      web.drain()
      await sleep(config.drain)
    }
    const deadline = setTimeout(() => {
      log.error('closing took too long; unfinished work continues at the next start')
      process.exit(1)
    }, CLOSE_TIMEOUT)
    const failed = await app.close().then(
      () => false,
      (error: unknown) => {
        log.error(failure(error), 'closing failed')
        return true
      },
    )
    clearTimeout(deadline)
    log.info('closed')
    // If the signal came during the start, connections opened since then would keep the process
    // alive.
    process.exit(failed ? 1 : 0)
  }
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, () => void close(signal))

  // The web role first: where its port is taken, the worker has applied no SEND_MODE.
  if (config.role !== 'worker') web = await app.startWeb()
  if (config.role !== 'web') await app.startWorker()
  const { role, sendMode: mode, polar, email } = config
  const sender = email.from.address.replace(/^.*@/, '')
  log.info(
    { role, port: web?.port, mode, sender, slug: polar.slug, ...(await app.facts()) },
    'ready',
  )
  void app.checkAccount() // mail and clicks do not wait for it
}

/**
 * The reason for a failed start, as a sentence for the operator. A bug in Postern is shown with its
 * stack.
 */
export const explainFailure = (error: unknown): string => {
  if (!(error instanceof Error)) return String(error)
  const { code, syscall } = error as NodeJS.ErrnoException
  if (code === 'EADDRINUSE')
    return 'PORT is in use (with ROLE=worker: WORKER_PORT). Another Postern may still run; stop it, or set another port.'
  if (syscall === 'listen' || syscall === 'getaddrinfo')
    return `HOST and PORT: this machine cannot listen there (${code}).`
  const isExpected = error instanceof ConfigError || error instanceof RedisUnfitError
  return isExpected ? error.message : (error.stack ?? error.message)
}

/** If the start fails, prints the reason and exits with status 1. */
export const run = async () => {
  try {
    await start()
  } catch (error) {
    process.stderr.write(`Postern did not start. ${explainFailure(error)}\n`)
    process.exit(1)
  }
}
