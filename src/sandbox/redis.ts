// A Redis of our own for the sandbox and the tests: on loopback, on a free port, in its own directory, durable as in
// production, and gone with the process that started it. Never one that happens to listen on 6379: it may hold somebody's
// data.

import { execFile, spawn } from 'node:child_process'
import { randomInt } from 'node:crypto'
import { access, mkdir, mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { createServer } from 'node:net'
import { homedir, tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import type { Readable } from 'node:stream'
import { setTimeout as sleep } from 'node:timers/promises'
import { promisify } from 'node:util'
import { Redis } from 'ioredis'
import { RedisUnfitError } from '../redis/connection.ts'
import { SECOND } from '../runtime/clock.ts'

const run = promisify(execFile)

const NAMES = ['redis-server', 'valkey-server']
const HOMEBREW = ['/opt/homebrew/bin', '/usr/local/bin', '/home/linuxbrew/.linuxbrew/bin']
const CACHE = join(homedir(), '.cache', 'postern', 'redis')
const PACKAGES = ['redis-server', 'redis-tools', 'libjemalloc2', 'liblzf1', 'libatomic1']
const START = 10 * SECOND

/** Ports that a Redis is tried on before its start fails. */
const MOST_PORTS = 5

/** Below the ports that systems give to outgoing connections. */
const PORTS = { from: 12_000, to: 32_000 }

const noServer = (cause?: unknown) =>
  new RedisUnfitError(
    [
      'There is no redis-server on this machine. Install one, with nothing else to set up:',
      '  Debian, Ubuntu   sudo apt-get install redis-server',
      '  macOS            brew install redis',
      '  with Docker      docker compose up   (runs Postern and its Redis together)',
      ...(cause instanceof Error ? [`Fetching one failed: ${cause.message.split('\n')[0]}`] : []),
    ].join('\n'),
    { cause },
  )

type Server = { command: string; libraries?: string }

const exists = (path: string) =>
  access(path).then(
    () => true,
    () => false,
  )

/** That of the first folder that has one, so `PATH` says which. */
const installed = async (): Promise<Server | null> => {
  const folders = [...(process.env.PATH ?? '').split(delimiter), ...HOMEBREW]
  for (const folder of folders) {
    for (const name of NAMES)
      if (await exists(join(folder, name))) return { command: join(folder, name) }
  }
  return null
}

const fetched = async (): Promise<Server | null> => {
  const command = join(CACHE, 'usr', 'bin', 'redis-server')
  if (!(await exists(command))) return null
  const triplets = await readdir(join(CACHE, 'usr', 'lib'))
  const libraries = triplets.map((triplet) => join(CACHE, 'usr', 'lib', triplet)).join(delimiter)
  return { command: join(CACHE, 'usr', 'bin', 'redis-server'), libraries }
}

const isDebian = () =>
  readFile('/etc/os-release', 'utf8').then(
    (text) => /^ID(_LIKE)?=.*\b(debian|ubuntu)\b/m.test(text),
    () => false,
  )

/** Unpacks Debian's packages into a cache folder: nothing is installed, and no rights are needed. */
const fetchDebian = async (say: (line: string) => void): Promise<Server | null> => {
  if (!(await isDebian())) return null
  say(`No redis-server here: fetching Debian's into ${CACHE}`)
  await mkdir(CACHE, { recursive: true })
  const download = await mkdtemp(join(tmpdir(), 'postern-redis-download-'))
  try {
    await run('apt-get', ['download', ...PACKAGES], { cwd: download }).catch(async () => {
      await run('apt-get', ['update']) // fails without rights; the second download then says what is wrong
      await run('apt-get', ['download', ...PACKAGES], { cwd: download })
    })
    for (const file of await readdir(download))
      await run('dpkg-deb', ['-x', join(download, file), CACHE])
  } finally {
    await rm(download, { recursive: true, force: true })
  }
  return fetched()
}

const find = async (say: (line: string) => void): Promise<Server> => {
  const found =
    (await installed()) ??
    (await fetched()) ??
    (await fetchDebian(say).catch((cause) => {
      throw noServer(cause)
    }))
  if (!found) throw noServer()
  return found
}

const probe = (wanted: number) =>
  new Promise<number>((resolve, reject) => {
    const server = createServer()
    server.once('error', reject)
    server.listen(wanted, '127.0.0.1', () => {
      const address = server.address()
      const port = typeof address === 'object' && address ? address.port : 0
      server.close(() => resolve(port))
    })
  })

/** Each process tries one port after another from its own first one, so that it never names the same twice in a while. */
let next = randomInt(PORTS.from, PORTS.to)

/** A port that is free now. No outgoing connection takes it later; a server of another process may, if rarely. */
export const freePort = (): Promise<number> => {
  const port = next
  next = port + 1 < PORTS.to ? port + 1 : PORTS.from
  return probe(port).catch(freePort)
}

/** The wanted port if it is free, else another. */
export const portOr = (wanted: number) => probe(wanted).catch(freePort)

/**
 * The shell ends the server as soon as its standard input closes, which it does however our process ends. A line there is
 * the name of a signal to send first. The server's process id comes on descriptor 3, which closes when the server ends. The
 * first argument is a directory to remove at last, or nothing.
 */
const WITH_ITS_PARENT = [
  'directory=$1; shift',
  '"$@" & server=$!',
  'echo $server >&3; exec 3>&-',
  'while read -r signal; do kill -s "$signal" $server; done 2>/dev/null',
  'kill $server 2>/dev/null',
  'wait $server',
  '[ -z "$directory" ] || rm -rf "$directory"',
].join('\n')

type Launched = { url: string; pid: Promise<string>; hasEnded: () => boolean }

/** Whether it answers, and not another Redis that took the port first. */
const answers = async (launched: Launched, until: number): Promise<boolean> => {
  if (launched.hasEnded() || Date.now() > until) return false
  const redis = new Redis(launched.url, {
    lazyConnect: true,
    retryStrategy: () => null,
    enableOfflineQueue: false,
  })
  redis.on('error', () => {}) // not up yet: asked again below
  try {
    await redis.connect()
    const [, pid] = /^process_id:(\d+)/m.exec(await redis.info('server')) ?? []
    if (pid === (await launched.pid)) return true
  } catch {
    // not up yet
  } finally {
    redis.disconnect()
  }
  await sleep(5)
  return answers(launched, until)
}

type Place = { directory: string; isTemporary: boolean; config?: string | undefined }

const launch = (server: Server, port: number, place: Place, settings: readonly string[]) => {
  const { directory, isTemporary, config } = place
  const all = [
    ...(config === undefined ? [] : [config]), // it comes first, or is none
    ...['--port', `${port}`, '--bind', '127.0.0.1', '--dir', directory, '--daemonize', 'no'],
    ...['--save', '', '--appendonly', 'yes', '--appendfsync', 'always'],
    ...['--maxmemory-policy', 'noeviction', ...settings],
  ]
  const child = spawn(
    'sh',
    ['-c', WITH_ITS_PARENT, 'sh', isTemporary ? directory : '', server.command, ...all],
    {
      stdio: ['pipe', 'ignore', 'ignore', 'pipe'],
      env: { ...process.env, ...(server.libraries ? { LD_LIBRARY_PATH: server.libraries } : {}) },
    },
  )
  child.unref()
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()))
  const life = child.stdio[3] as Readable & { unref: () => void }
  const pid = new Promise<string>((resolve) =>
    life.once('data', (text: Buffer) => resolve(`${text}`.trim())),
  )
  let hasEnded = false
  life.once('close', () => {
    hasEnded = true
  })
  life.unref()
  const end = async (signal = '') => {
    child.ref() // the process waits for its end, even with nothing else to do
    child.stdin?.end(signal)
    await ended
  }
  return {
    ...{ url: `redis://127.0.0.1:${port}`, pid, hasEnded: () => hasEnded },
    close: () => end(),
    /** Ends it as a crash would, with nothing tidied up. */
    kill: () => end('KILL\n'),
  }
}

/**
 * Starts a Redis, fetching one first where that is possible.
 * @param options.settings more of Redis's own settings, as on its command line; a function is called for each port tried.
 * @param options.config its file of settings, which a sentinel needs.
 * @param options.port the only port tried; otherwise a free one, and another if it is taken meanwhile.
 * @param options.directory where its data is and stays; otherwise it has a directory of its own, gone when it is closed.
 * @param options.say hears of a fetch, which takes some seconds.
 * @throws {RedisUnfitError} when there is none and none can be fetched.
 */
export const startRedis = async (
  options: {
    settings?: readonly string[] | ((port: number) => Promise<readonly string[]>)
    config?: string
    port?: number
    directory?: string
    say?: (line: string) => void
  } = {},
) => {
  const server = await find(options.say ?? (() => {}))
  const { settings = [], config } = options
  const tried: number[] = []
  while (tried.length < (options.port ? 1 : MOST_PORTS)) {
    const port = options.port ?? (await freePort())
    tried.push(port)
    const own = typeof settings === 'function' ? await settings(port) : settings
    const directory = options.directory ?? (await mkdtemp(join(tmpdir(), 'postern-redis-')))
    const isTemporary = options.directory === undefined
    const launched = launch(server, port, { directory, isTemporary, config }, own)
    if (await answers(launched, Date.now() + START)) {
      // Where its data goes with it, it need not save any. Asked to end, it takes up to 100 ms to notice.
      const close = isTemporary ? launched.kill : launched.close
      return { url: launched.url, close, kill: launched.kill }
    }
    await launched.close()
  }
  throw new Error(`${server.command} did not answer on port ${tried.join(', ')}`)
}
