// Starts the sandbox, plays the story and prints its URLs.

import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { settingNames } from '../config.ts'
import { explainFailure } from '../run.ts'
import { createMovableClock } from '../runtime/clock.ts'
import { createLog, failure } from '../runtime/log.ts'
import { walkStory } from './once.ts'
import { freePort, portOr } from './redis.ts'
import { playStory } from './story.ts'
import { startSystem } from './system.ts'

const say = (line = '') => process.stdout.write(`${line}\n`)

const USAGE = 'npm run sandbox [-- --once]'

/** Opens the console of the sandbox only, which this machine alone can reach. */
const CONSOLE_PASSWORD = 'sandbox-console'

const settings = () =>
  Object.fromEntries(
    settingNames.flatMap((name) => (process.env[name] ? [[name, process.env[name]]] : [])),
  )

/** Writes the settings of the sandbox to a file of its own, so that commands can run beside it. */
const writeSettings = async (environment: NodeJS.ProcessEnv) => {
  const folder = await mkdtemp(join(tmpdir(), 'postern-sandbox-'))
  const path = join(folder, 'settings.env')
  const lines = Object.entries(environment).map(([name, value]) => `${name}="${value}"\n`)
  await writeFile(path, lines.join(''), { mode: 0o600 })
  return { path, remove: () => rm(folder, { recursive: true, force: true }) }
}

/** `PORT` if it is set, otherwise the usual ports or free ones. */
const ports = async () => {
  const postern = process.env.PORT ? Number(process.env.PORT) : await portOr(3000)
  return { postern, polar: await portOr(postern + 1), resend: await portOr(postern + 2) }
}

const once = async () => {
  const system = await startSystem({
    clock: createMovableClock(),
    log: createLog(process.env.LOG_LEVEL ?? 'silent'),
    environment: settings(),
    ports: { postern: await freePort() },
    say,
  })
  try {
    await system.checkAccount()
    await walkStory(system, say)
  } finally {
    await system.close()
  }
}

const stay = async () => {
  const log = createLog(process.env.LOG_LEVEL ?? 'warn')
  const system = await startSystem({
    clock: createMovableClock(),
    log,
    environment: { CONSOLE_PASSWORD, ...settings() },
    ports: await ports(),
    say,
  })
  await playStory(system.polarWorld)
  await system.settle()
  const file = await writeSettings(system.environment)
  say(
    [
      '',
      'Postern sandbox: a simulated Polar and Resend, with three emails sent already. Nothing leaves this machine.',
      '',
      `  Inbox     ${system.resend}/`,
      '            read the emails of a purchase, a renewal and a failed payment, and press their buttons',
      `  Portal    ${system.polar}/larkspur/portal`,
      '            the buttons lead here; you can also sign in with a code',
      `  Console   ${system.postern}/console`,
      `            what an operator sees; the password is ${system.config.consolePassword}`,
      `  Commands  ENV_FILE=${file.path} npm run find -- theo.okafor@example.com`,
      '            what an operator does on a shell, in a second terminal: find, attention, schedule, held, resend …',
      '            a command goes by the clock of this machine, also after you have moved the sandbox’s',
      `  Postern   ${system.postern}`,
      '            serves /portal, /l/<token>, /healthz, /readyz, and in the sandbox only:',
      `              curl ${system.postern}/sandbox/inbox`,
      `              curl ${system.postern}/sandbox/sessions`,
      `              curl ${system.postern}/sandbox/events -d @event.json`,
      `              curl ${system.postern}/sandbox/purchases -d '{"email":"bounced@example.com"}'`,
      '            somebody buys something; an address that begins with bounced bounces, and one that begins with',
      '            complained marks the email as spam: both are suppressed then',
      `              curl ${system.postern}/sandbox/clock -d '{"advance":"30d"}'`,
      '            plays a month: at Polar, subscriptions renew, declined cards are charged again, and',
      '            trials and periods end, each at its own time, and Postern reminds; the answer lists what happened',
      `  Redis     ${system.redis}`,
      '            holds everything that Postern stores; see the debugging recipes in CONTRIBUTING.md',
      '',
      'In the first minute after its email, a link shows a Continue button, because mail scanners open links then.',
      "Press it once, and this browser opens that customer's links directly. Ctrl+C ends everything.",
      '',
    ].join('\n'),
  )
  const end = async () => {
    await file.remove()
    await system.close().catch((error) => log.error(failure(error), 'closing failed'))
    process.exit(0)
  }
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void end())
}

/** Exits with code 1 if the sandbox cannot start or the story fails. */
export const runSandbox = async (args: readonly string[]) => {
  try {
    if (args.some((arg) => arg !== '--once')) throw new Error(`Unknown option. Usage: ${USAGE}`)
    await (args.includes('--once') ? once() : stay())
  } catch (error) {
    process.stderr.write(`\nThe sandbox failed. ${explainFailure(error)}\n`)
    process.exit(1)
  }
}
