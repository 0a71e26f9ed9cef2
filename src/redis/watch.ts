// Watches whether Redis takes a write and keeps it. It checks after every reconnect, once a minute, every two seconds in
// trouble, and on request. The webhook endpoints ask before they store; readiness asks for a fresh answer.

import { type Clock, MINUTE, SECOND } from '../runtime/clock.ts'
import { type RedisClient, RedisUnfitError } from './connection.ts'
import type { Durability } from './durability.ts'
import { createWriteProbe, UNREACHABLE, whyNotWritten } from './probe.ts'

const TICK = SECOND
const EVERY = MINUTE
const EVERY_IN_TROUBLE = 2 * SECOND

/** A result this fresh is used again, so that a flood of readiness probes causes no flood of writes. */
const FRESH = SECOND

/** Trouble that ends sooner, such as a failover or a restart, raises no alarm. */
const PATIENCE = 15 * SECOND

/** A check that began before a reconnect says nothing of the new connection, so a second one may be needed. */
const MOST_CHECKS = 2

type MonitorParts = {
  redis: RedisClient
  durability: Durability
  clock: Clock
  /** Receives each new reason, and `null` when the trouble is over. */
  onChange: (reason: string | null) => void
  /** The same for trouble that lasts: once, and once with `null` when it is over. */
  onAlarm: (reason: string | null) => void
}

export const createRedisWatch = (parts: MonitorParts) => {
  const { redis, durability, clock, onChange, onAlarm } = parts
  const write = createWriteProbe(redis)

  let reason: string | null = null
  let reported: string | null = null
  let checkedAt = clock.now()
  let freshUntil = 0
  let troubledSince: number | null = null
  let hasAlarmed = false
  let isClosed = false

  /** Counts changes of the connection; the settings were read after the change numbered `known`. */
  let changes = 0
  let known = 0
  let wrong: string[] = []

  const settle = (found: string | null) => {
    const now = clock.now()
    checkedAt = now
    freshUntil = performance.now() + FRESH
    if (isClosed) return
    if (found !== null) troubledSince ??= now
    else troubledSince = null
    reason = found
    // Postern leaves a demoted server and connects to it in turns; between two connections it only seems unreachable.
    const isNews = found !== reported && !(found === UNREACHABLE && reported !== null)
    if (isNews) {
      reported = found
      onChange(found)
    }
    const isAlarming = troubledSince !== null && now - troubledSince >= PATIENCE
    if (isAlarming && !hasAlarmed) onAlarm(reported)
    if (found === null && hasAlarmed) onAlarm(null)
    hasAlarmed = found !== null && (hasAlarmed || isAlarming)
  }

  const runCheck = async () => {
    const upTo = changes
    const [settings, written] = await Promise.allSettled([durability.wrong(), write()])
    if (settings.status === 'fulfilled') {
      wrong = settings.value
      known = upTo
    }
    const failed = [settings, written].find((one) => one.status === 'rejected')
    if (wrong.length > 0) settle(`not durable: ${wrong.join('; ')}`)
    else settle(failed ? whyNotWritten(failed.reason) : null)
  }

  let running: Promise<void> | undefined
  const check = (): Promise<void> => {
    running ??= runCheck().finally(() => {
      running = undefined
    })
    return running
  }

  const onReconnect = () => {
    changes++
    // In trouble a check may itself cause the reconnect; the timer brings the next check then.
    if (redis.status === 'ready' && reason === null) void check()
  }
  const EVENTS = ['close', 'ready', '+node', 'refresh'] // the last two are a cluster's
  for (const event of EVENTS) redis.on(event, onReconnect)

  const timer = setInterval(() => {
    const age = clock.now() - checkedAt
    if (age < 0 || age >= (reason === null ? EVERY : EVERY_IN_TROUBLE)) void check()
  }, TICK)

  return {
    /** The reason for not being ready, no more than a second old; `null` when all is well. */
    reason: async (): Promise<string | null> => {
      if (performance.now() >= freshUntil) await check()
      return reason
    },
    /** The reason that the last check found; `null` when all was well. Asks nobody. */
    lastReason: (): string | null => reason,
    /**
     * Resolves when Redis is known to be durable over the present connection.
     * @throws {RedisUnfitError} when it is known not to be, or cannot be asked.
     */
    assertDurable: async (): Promise<void> => {
      for (let checks = 0; known !== changes && checks < MOST_CHECKS; checks++) await check()
      if (known !== changes)
        throw new RedisUnfitError('Redis cannot be asked whether it is durable')
      if (wrong.length > 0) throw new RedisUnfitError(`Redis is not durable: ${wrong.join('; ')}`)
    },
    close: async () => {
      isClosed = true
      clearInterval(timer)
      for (const event of EVENTS) redis.off(event, onReconnect)
      await running
    },
  }
}
