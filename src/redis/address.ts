// Reads REDIS_URL: one server, the nodes of one cluster, or the sentinels that know which server is the primary.

export type Sentinels = {
  sentinels: { host: string; port: number }[]
  /** The name by which the sentinels know the primary and its replicas. */
  name: string
  db: number
  /** `null` where there is none. Those of the primary and its replicas, and those of the sentinels themselves. */
  login: Login | null
  sentinelLogin: Login | null
  isSecure: boolean
}

type Login = { username: string; password: string }

const SENTINEL_PORT = 26_379

const SENTINEL_SCHEME = /^rediss?\+sentinel:/

const SENTINEL_URL =
  /^redis(?<tls>s?)\+sentinel:\/\/(?:(?<login>[^@/?#]*)@)?(?<hosts>[^@/?#]+)\/(?<name>[^/?#]+)(?:\/(?<db>\d+))?(?:\?(?<query>[^#]*))?$/

const HOST = /^(?:\[(?<six>[\da-f:.]+)\]|(?<plain>[\w.-]+))(?::(?<port>\d{1,5}))?$/i

const hostIn = (text: string) => {
  const { six, plain, port } = HOST.exec(text.trim())?.groups ?? {}
  const host = six ?? plain
  return host === undefined ? null : { host, port: Number(port ?? SENTINEL_PORT) }
}

const loginIn = (text: string | undefined): Login | null => {
  if (!text) return null
  const at = text.indexOf(':')
  const [username, password] = at < 0 ? [text, ''] : [text.slice(0, at), text.slice(at + 1)]
  return { username: decodeURIComponent(username), password: decodeURIComponent(password) }
}

const ofSentinels = (query: URLSearchParams): Login | null => {
  const [username, password] = [query.get('sentinel_username'), query.get('sentinel_password')]
  return password === null ? null : { username: username ?? '', password }
}

/**
 * Reads `redis+sentinel://[user:password@]host[:port],…/name[/database][?sentinel_username=…&sentinel_password=…]`.
 * @returns `null` for any other text.
 */
export const readSentinels = (text: string): Sentinels | null => {
  const groups = SENTINEL_URL.exec(text)?.groups
  if (!groups?.hosts || !groups.name) return null
  const sentinels = groups.hosts.split(',').map(hostIn)
  if (!sentinels.every((one) => one !== null)) return null
  try {
    return {
      sentinels,
      name: decodeURIComponent(groups.name),
      db: Number(groups.db ?? 0),
      login: loginIn(groups.login),
      sentinelLogin: ofSentinels(new URLSearchParams(groups.query)),
      isSecure: groups.tls === 's',
    }
  } catch {
    return null // a lone %
  }
}

/** The URLs in REDIS_URL: commas separate the nodes of a cluster, but also the hosts of one URL of sentinels. */
export const urlsIn = (text: string): string[] =>
  SENTINEL_SCHEME.test(text.trim())
    ? [text.trim()]
    : text
        .split(',')
        .map((url) => url.trim())
        .filter(Boolean)

/** The path may only be the number of a database. */
const isServerUrl = (text: string): boolean => {
  const url = URL.canParse(text) ? new URL(text) : null
  return url !== null && /^rediss?:$/.test(url.protocol) && /^\/?\d*$/.test(url.pathname)
}

export const isRedisUrl = (text: string): boolean =>
  isServerUrl(text) || readSentinels(text) !== null

export const isSecureUrl = (text: string): boolean => /^rediss(?:\+sentinel)?:/.test(text.trim())

/** Its hosts and ports, without a password. */
export const hostsOf = (text: string): string =>
  readSentinels(text)
    ?.sentinels.map(({ host, port }) => `${host.includes(':') ? `[${host}]` : host}:${port}`)
    .join(', ') ?? new URL(text).host
