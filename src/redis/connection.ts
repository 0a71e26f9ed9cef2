// Connects to Redis, to the primary that sentinels name, or to the nodes of one cluster: the time-outs of each kind of
// connection, and when it reconnects.

import { Cluster, Redis } from 'ioredis'
import { SECOND } from '../runtime/clock.ts'
import { PosternError } from '../runtime/errors.ts'
import { hostsOf, isSecureUrl, readSentinels } from './address.ts'
import { awaitReplicas } from './replication.ts'

export type RedisClient = Redis | Cluster

/**
 * One URL, or those of a cluster's nodes; `ca` is the PEM text of the CA that signs their certificates; so many replicas must
 * have a write that Postern relies on.
 */
type RedisAddress = { urls: readonly string[]; ca?: string | undefined; replicas?: number }

/** A worker waits this long for a job (BZPOPMIN), and its connection is silent meanwhile. */
export const JOB_WAIT = 5 * SECOND

const ASK = {
  maxRetriesPerRequest: 1,
  enableOfflineQueue: false,
  commandTimeout: 1.5 * SECOND,
  socketTimeout: 3 * SECOND,
  // A command that Redis may have executed is not sent again: a compare-and-set would take its own write for another's.
  autoResendUnfulfilledCommands: false,
}

/**
 * Requests fail fast when Redis is away; a worker waits for Redis as long as it takes. Auto-pipelining sends the commands of
 * one tick together: cheapest overall, slower for the first.
 *
 * Nudges have a connection of their own. BullMQ defines its scripts on the connection that it is given, and ioredis copies
 * them into every pipeline that it makes there, which takes twenty times as long as the pipeline itself.
 *
 * A worker has no `commandTimeout` and no `blockingTimeout`. Both give up on BZPOPMIN while Redis still holds it, and the job
 * marker that it pops later is lost. Its socket is closed instead, later than BullMQ ends such a wait (`JOB_WAIT` and a
 * second). BullMQ's own scripts may be sent twice: they move nudges, and a second nudge does no harm.
 */
const OPTIONS = {
  ask: { ...ASK, enableAutoPipelining: true },
  ask_at_once: { ...ASK, enableAutoPipelining: false },
  nudge: { ...ASK, enableAutoPipelining: false },
  work: {
    maxRetriesPerRequest: null,
    enableOfflineQueue: true,
    enableAutoPipelining: false,
    socketTimeout: JOB_WAIT + 3 * SECOND,
  },
}

const CONNECT_TIMEOUT = 3 * SECOND

/** Between two checks whether Redis has loaded its data. */
const LOADING_WAIT = SECOND

const MOST_RECONNECT_WAIT = 2 * SECOND

/** Codes of a server that is no longer a primary. Redis 6.2 puts a `-` before the code of a script's error. */
const DEMOTED = /(?:^|-)(?:READONLY|UNBLOCKED|MASTERDOWN|LOADING)\b/

/** For a while the host name still resolves to the demoted server, and each new connection ends at once. */
const DEMOTED_WAIT = SECOND / 2

/**
 * Leaves a demoted server; each new connection resolves the host name again. The failed command is not sent again here,
 * since in a MULTI it would be executed without its neighbours. Its caller may retry: a demoted server executes no write.
 */
const createReconnect = () => {
  let demotedAt = Number.NEGATIVE_INFINITY
  return {
    reconnectOnError: ({ message }: Error) => {
      const isDemoted = DEMOTED.test(message)
      if (isDemoted) demotedAt = performance.now()
      return isDemoted
    },
    retryStrategy: (times: number) => {
      const least = performance.now() - demotedAt < SECOND ? DEMOTED_WAIT : 0
      return Math.max(least, Math.min(50 * 2 ** Math.min(times, 10), MOST_RECONNECT_WAIT))
    },
  }
}

const open = ({ urls, ca }: RedisAddress, purpose: keyof typeof OPTIONS): RedisClient => {
  const { enableOfflineQueue, enableAutoPipelining, ...others } = OPTIONS[purpose]
  const { reconnectOnError, retryStrategy } = createReconnect()
  const options = {
    ...others,
    connectTimeout: CONNECT_TIMEOUT,
    maxLoadingRetryTime: LOADING_WAIT,
    reconnectOnError,
  }
  const [url = ''] = urls
  const secure = ca === undefined ? {} : { ca }
  const tls = isSecureUrl(url) ? { tls: secure } : {}
  const alone = { ...options, ...tls, enableOfflineQueue, retryStrategy, enableAutoPipelining }
  const bySentinels = readSentinels(url)
  if (bySentinels) {
    const { sentinels, name, db, login, sentinelLogin, isSecure } = bySentinels
    return new Redis({
      ...{ ...alone, ...login, sentinels, name, db, lazyConnect: true },
      sentinelRetryStrategy: retryStrategy,
      sentinelCommandTimeout: CONNECT_TIMEOUT,
      ...(sentinelLogin && {
        sentinelUsername: sentinelLogin.username,
        sentinelPassword: sentinelLogin.password,
      }),
      ...(isSecure && { enableTLSForSentinelMode: true, sentinelTLS: secure }),
    })
  }
  if (urls.length === 1) return new Redis(url, { ...alone, lazyConnect: true })
  const { username, password } = new URL(url)
  return new Cluster([...urls], {
    lazyConnect: true,
    enableOfflineQueue,
    clusterRetryStrategy: retryStrategy,
    // With a delay, ioredis resends a command whose connection was lost, whatever `autoResendUnfulfilledCommands` says.
    ...(purpose === 'work' ? {} : { retryDelayOnFailover: 0 }),
    // ioredis would replace the host name by its address, for which the certificate may not be.
    ...(isSecureUrl(url)
      ? { dnsLookup: (host: string, done: (error: null, host: string) => void) => done(null, host) }
      : {}),
    redisOptions: {
      ...options,
      ...tls,
      ...(username ? { username: decodeURIComponent(username) } : {}),
      ...(password ? { password: decodeURIComponent(password) } : {}),
    },
  })
}

/** Redis cannot be reached, or its settings do not keep data. */
export class RedisUnfitError extends PosternError {
  override readonly name = 'RedisUnfitError'
}

/** Codes of OpenSSL for a certificate whose CA is not among the trusted ones. */
const UNKNOWN_CA =
  /^(?:SELF_SIGNED_CERT_IN_CHAIN|DEPTH_ZERO_SELF_SIGNED_CERT|UNABLE_TO_(?:VERIFY_LEAF_SIGNATURE|GET_ISSUER_CERT(?:_LOCALLY)?))$/

const mendOf = (error: unknown) =>
  error instanceof Error && 'code' in error && UNKNOWN_CA.test(String(error.code))
    ? '. Name the file of its CA certificate in REDIS_CA_FILE.'
    : ''

/** ioredis says no more, whatever ends a connection to a sentinel. */
const mendOfSentinel = (redis: Redis, why: string) =>
  redis.options.sentinelTLS && why.endsWith('Connection is closed.')
    ? ' Check that it listens with TLS, and that REDIS_CA_FILE names its CA certificate.'
    : ''

/** Said by a sentinel, or by ioredis of its answer. */
const UNKNOWN_NAME = /No such master|invalid reply: null$/

/** The first failure of a connection by sentinels, which ioredis would go on to try for ever. */
const sentinelFailure = (redis: Redis) =>
  new Promise<never>((_, reject) => {
    let why: string | undefined
    redis.on('sentinelError', ({ message }: Error) => {
      why = UNKNOWN_NAME.test(message)
        ? `no sentinel knows a primary named ${redis.options.name}`
        : message + mendOfSentinel(redis, message)
    })
    redis.once('error', (cause: Error) => reject(why ? new Error(why, { cause }) : cause))
  })

/** The first failure of a connection to a cluster. When the cluster is down, ioredis goes on, but its `connect` never ends. */
const clusterFailure = (cluster: Cluster) =>
  new Promise<never>((_, reject) => {
    const why = 'its nodes answer, but the cluster does not serve all slots'
    cluster.once('close', () => reject(new Error(why)))
  })

/** Resolves when the connection to a cluster's node is ready, or has failed: other nodes may serve its slots by then. */
const opened = (node: Redis) =>
  new Promise<void>((resolve) => {
    if (node.status === 'ready' || node.status === 'end') return resolve()
    node.once('ready', resolve).once('end', resolve)
    if (node.status === 'wait') node.connect().catch(() => {}) // 'end' follows
  })

const connectOnce = async (
  address: RedisAddress,
  purpose: keyof typeof OPTIONS,
  onError: (error: Error) => void,
): Promise<RedisClient> => {
  const redis = open(address, purpose)
  let reason: Error | undefined
  const keepReason = (error: Error) => {
    reason = error
  }
  redis.on('error', keepReason)
  try {
    const connecting = redis.connect()
    if (redis instanceof Redis && redis.options.sentinels) {
      connecting.catch(() => {}) // where the other fails first
      await Promise.race([connecting, sentinelFailure(redis)])
    } else if (redis instanceof Cluster) await Promise.race([connecting, clusterFailure(redis)])
    else await connecting
    // ioredis connects to a node at its first command, and refuses the others that come meanwhile.
    if (redis instanceof Cluster) await Promise.all(redis.nodes('master').map(opened))
    redis.off('error', keepReason)
    redis.on('error', onError)
    // BullMQ duplicates it for each worker. A duplicate that connects by itself tries until it succeeds. One that BullMQ has to
    // connect is given up for good when its first try fails.
    if (purpose === 'work') redis.options.lazyConnect = false
  } catch (cause) {
    redis.disconnect()
    const hosts = address.urls.map(hostsOf).join(', ')
    const isBySentinels = redis instanceof Redis && redis.options.sentinels
    const error = (isBySentinels ? undefined : reason) ?? cause
    const why = error instanceof Error ? error.message : String(error)
    throw new RedisUnfitError(
      `REDIS_URL: cannot connect to Redis at ${hosts} (${why})${mendOf(error)}`,
      {
        cause,
      },
    )
  }
  return redis
}

/**
 * Connects: for requests and nudges, where a command fails within three seconds, or for a worker, which waits for Redis.
 * @throws {RedisUnfitError} when it cannot be reached.
 */
export const connect = async (
  address: RedisAddress,
  purpose: keyof typeof OPTIONS,
  onError: (error: Error) => void,
): Promise<RedisClient> => {
  const redis = await connectOnce(address, purpose, onError)
  const { replicas = 0 } = address
  if (replicas === 0 || ['work', 'nudge'].includes(purpose)) return redis // queues may lose nudges
  try {
    awaitReplicas(redis, await connectOnce(address, 'ask_at_once', onError), replicas)
    return redis
  } catch (error) {
    redis.disconnect()
    throw error
  }
}

/** Another connection to the same Redis, which connects by itself until it succeeds. The caller disconnects it. */
export const duplicate = (redis: RedisClient, onError: (error: Error) => void): RedisClient => {
  const options = { lazyConnect: false }
  const copy = redis instanceof Cluster ? redis.duplicate([], options) : redis.duplicate(options)
  return copy.on('error', onError)
}
