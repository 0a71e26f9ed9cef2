// From two keys to the first email, by the commands of docs/setup.md.

import { readdirSync, readFileSync } from 'node:fs'
import { expect, onTestFinished, test } from 'vitest'
import { press, visit } from '../../src/sandbox/person.ts'
import { freePort } from '../../src/sandbox/redis.ts'
import { spawnCommand } from '../support/command.ts'
import { startDurableRedis } from '../support/durable-redis.ts'
import { startPostern } from '../support/process.ts'
import { startAccounts } from '../support/setup.ts'
import { firstLink } from '../support/system.ts'

const PAGE = readFileSync(new URL('../../docs/setup.md', import.meta.url), 'utf8')

/** The page has it, so whoever follows the page runs it. */
const asThePageSays = (command: string) => {
  expect(PAGE).toContain(command)
  return command.replace(/^npm run setup(?: -- )?/, '').split(' ')
}

test('two keys and the commands of the page lead to the first email, even after a crash', async () => {
  const redis = await startDurableRedis()
  onTestFinished(() => redis.close())
  const port = await freePort()
  const accounts = await startAccounts(`http://127.0.0.1:${port}`)
  const { folder, origins, polar, resend } = accounts
  const settings = { ...accounts.settings, REDIS_URL: redis.url }
  const setup = (command: string, kill?: (kill: () => void) => void) =>
    spawnCommand('setup', { ...origins, ...settings }, asThePageSays(command), {
      ...{ folder, ...(kill && { started: kill }) },
    })

  // The machine dies when Polar is set up and Resend is not.
  resend.fault = ({ path, n }) => (path === '/webhooks' && n === 2 ? 'hang' : undefined)
  let kill = () => {}
  const killed = setup('npm run setup -- --yes', (by) => {
    kill = by
  })
  await expect.poll(() => resend.requests('/webhooks')).toBe(2)
  kill()
  await killed
  expect(polar.webhooks.endpoints()).toHaveLength(1)
  expect(readdirSync(folder)).not.toContain('.env')

  resend.rateLimit = 5 // fewer than a setup and its doctor ask for
  const done = await setup('npm run setup -- --yes')
  expect(done.out).not.toContain('resend_not_checked')
  expect([done.code, done.err]).toEqual([
    ...[0, expect.stringMatching(/^PUBLIC_URL is .* which nobody outside can reach\..*\n$/)],
  ])
  expect(done.out).toMatch(/This Postern\n {2}It is checked by npm run doctor[\s\S]*0 problems/)
  expect(polar.webhooks.endpoints()).toHaveLength(1)

  const start = (mode: string) => {
    const env = accounts.read('.env').replace(/^SEND_MODE=.*$/m, `SEND_MODE=${mode}`)
    accounts.write('.env', env)
    return startPostern({ ...accounts.env(), ...origins, PORT: `${port}` })
  }
  const holding = await start('hold')
  await accounts.run(asThePageSays('npm run setup -- --polar-emails off').concat('--yes').join(' '))
  expect(Object.values(polar.world.organization.customer_email_settings)).not.toContain(true)
  const { deliveries } = await polar.scenario.purchase()
  expect(deliveries.map(({ status }) => status)).toEqual([202, 202, 202])
  await expect.poll(holding.output).toContain('"msg":"event interpreted"')
  expect(resend.inbox()).toEqual([])
  await holding.kill('SIGTERM')

  const live = await start('live')
  await expect.poll(() => resend.inbox().length).toBe(1)
  const [mail] = resend.inbox()
  const link = firstLink(mail?.text ?? null)
  const page = await visit(link)
  expect((await press(link, page.body)).location).toContain('/larkspur/portal/')
  await expect.poll(live.output).toContain('"msg":"delivery reported"')
})
