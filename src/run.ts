// Runs the roles named by the settings until SIGTERM or SIGINT.

import { setTimeout as sleep } from 'node:timers/promises'
import { type App, createApp } from './app.ts'
import { ConfigError, loadSettings, readConfig } from './config.ts'
import { ofSettings } from './doctor/settings.ts'
import { RedisUnfitError } from './redis/connection.ts'
import { SECOND, systemClock } from './runtime/clock.ts'
import { createLog, failure } from './runtime/log.ts'
import { sentenceOf } from './watch/finding.ts'

/** From the end of the drain on; work that is unfinished by then continues at the next start. */
const CLOSE_TIMEOUT = 15 * SECOND

/** While a machine starts all of its services, Redis may answer slower than a command waits. Then a start begins anew. */
const MOST_STARTS = 5

/** ioredis has no class for it. */
const isTimeOut = (error: unknown) =>
  error instanceof Error && error.message === 'Command timed out'

const start = async () => {
  loadSettings()
  const config = readConfig(process.env, systemClock)
  const log = createLog(config.logLevel)

  let app: App | undefined
  let web: Awaited<ReturnType<App['startWeb']>> | undefined
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
    let failed = false
    await app?.close().catch((error: unknown) => {
      log.error(failure(error), 'closing failed')
      failed = true
    })
    clearTimeout(deadline)
    log.info('closed')
    // If the signal came during the start, connections opened since then would keep the process
    // alive.
    process.exit(failed ? 1 : 0)
  }
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, () => void close(signal))

  const open = async () => {
    app = await createApp(config, { clock: systemClock, log })
    // The web role first: where its port is taken, the worker has applied no SEND_MODE.
    web = config.role === 'worker' ? undefined : await app.startWeb()
    if (config.role !== 'web') await app.startWorker()
    return { facts: await app.facts(), checkAccount: app.checkAccount }
  }
  const openPatiently = async (left: number): ReturnType<typeof open> => {
    try {
      return await open()
    } catch (error) {
      if (left === 1 || isClosing || !isTimeOut(error)) throw error
      log.warn('redis answered too slowly for a start, which begins anew')
      await app?.close().catch(() => {}) // Redis is still slow
      return openPatiently(left - 1)
    }
  }
  const { facts, checkAccount } = await openPatiently(MOST_STARTS)
  for (const found of ofSettings(config)) log.warn({ finding: found.name }, sentenceOf(found))
  const { role, sendMode: mode, polar, email } = config
  const sender = email.from.address.replace(/^.*@/, '')
  log.info({ role, port: web?.port, mode, sender, slug: polar.slug, ...facts }, 'ready')
  void checkAccount() // mail and clicks do not wait for it
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
