// Starts the sandbox, tells the story, and says where to look.

import { settingNames } from '../config.ts'
import { explainFailure } from '../run.ts'
import { createMovableClock } from '../runtime/clock.ts'
import { createLog, failure } from '../runtime/log.ts'
import { walkStory } from './once.ts'
import { freePort, portOr } from './redis.ts'
import { tellStory } from './story.ts'
import { startSystem } from './system.ts'

const say = (line = '') => process.stdout.write(`${line}\n`)

const USAGE = 'npm run sandbox [-- --once]'

const settings = () =>
  Object.fromEntries(
    settingNames.flatMap((name) => (process.env[name] ? [[name, process.env[name]]] : [])),
  )

/** The usual ports where they are free; `PORT` where it is set. */
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
    environment: settings(),
    ports: await ports(),
    say,
  })
  void system.checkAccount()
  await tellStory(system.polarWorld)
  await system.settle()
  say(
    [
      '',
      'Postern sandbox: a simulated Polar and Resend, and a story already told. Nothing leaves this machine.',
      '',
      `  Inbox     ${system.resend}/`,
      '            a purchase, a renewal and a failed payment; follow their buttons',
      `  Portal    ${system.polar}/larkspur/portal`,
      '            where the buttons lead; sign in by code works too',
      `  Postern   ${system.postern}`,
      '            /portal, /l/<token>, /healthz, /readyz, and in the sandbox only:',
      `              curl ${system.postern}/sandbox/inbox`,
      `              curl ${system.postern}/sandbox/sessions`,
      `              curl ${system.postern}/sandbox/events -d @event.json`,
      `              curl ${system.postern}/sandbox/clock -d '{"advance":"7d"}'`,
      `  Redis     ${system.redis}`,
      '            what Postern has stored; see the debugging recipes in CONTRIBUTING.md',
      '',
      'A link opened within a minute of its email shows a Continue button, as a mail scanner would see it.',
      'Press it once and this browser is known as that customer. Ctrl+C ends everything.',
      '',
    ].join('\n'),
  )
  const end = async () => {
    await system.close().catch((error) => log.error(failure(error), 'closing failed'))
    process.exit(0)
  }
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void end())
}

/** Ends the process with 1 when the sandbox cannot start or the story fails. */
export const runSandbox = async (args: readonly string[]) => {
  try {
    if (args.some((arg) => arg !== '--once')) throw new Error(`I know only this: ${USAGE}`)
    await (args.includes('--once') ? once() : stay())
  } catch (error) {
    process.stderr.write(`\nThe sandbox failed. ${explainFailure(error)}\n`)
    process.exit(1)
  }
}
