// Mail through a gateway: a visitor must press once, because the gateway opens the links too, at
// any time.

import { expect, test } from 'vitest'
import { DAY, MINUTE } from '../../src/runtime/clock.ts'
import { NAVIGATION, press, visit } from '../../src/sandbox/person.ts'
import { minted } from '../support/links.ts'
import { firstLink, startTestSystem, type TestSystem } from '../support/system.ts'

/** A link mailed to an address, after the settle time. */
const linkTo = async (system: TestSystem, email: string) => {
  await system.polarWorld.scenario.purchase({ customer: { email } })
  const link = firstLink((await system.theMail('order_confirmation')).text)
  system.clock.advance(2 * MINUTE)
  return link
}

const evidence = (system: TestSystem) =>
  system
    .logs()
    .filter(({ msg }) => msg === 'link visited')
    .map((line) => line.evidence)

test('a link behind a gateway shows the button, even hours later, and a press signs in', async () => {
  const system = await startTestSystem()
  const link = await linkTo(system, 'theo@gateway.example.com')
  system.clock.advance(3 * DAY)
  const page = await visit(link)
  expect(page.status).toBe(200)
  expect(page.body).toContain('Continue')
  expect(minted(system)).toBe(0)

  const pressed = await press(link, page.body)
  expect(pressed.status).toBe(303)
  const cookie = pressed.headers['set-cookie']?.[0]?.split(';')[0] ?? ''
  expect((await visit(link, { headers: { ...NAVIGATION, cookie } })).status).toBe(302)
  expect(minted(system)).toBe(2)
  expect((await visit(link)).status).toBe(200)
  expect(evidence(system)).toEqual([
    ['gateway'],
    ['pressed', 'gateway'],
    ['known_browser', 'gateway'],
    ['gateway'],
  ])
})

test('a link without a gateway signs in at once', async () => {
  const system = await startTestSystem()
  expect((await visit(await linkTo(system, 'theo@example.com'))).status).toBe(302)
  expect(evidence(system)).toEqual([['navigation']])
})

test('while DNS hangs or fails, emails go out and their links sign in at once', async () => {
  const hanging = () => new Promise<string[]>(() => {})
  const failing = () => Promise.reject(new Error('queryMx ESERVFAIL'))
  for (const resolveMx of [hanging, failing]) {
    const system = await startTestSystem({ resolveMx })
    expect((await visit(await linkTo(system, 'theo@gateway.example.com'))).status).toBe(302)
    expect(evidence(system)).toEqual([['navigation']])
  }
})

test('a domain is looked up once for many emails, and no log names it', async () => {
  const asked: string[] = []
  const system = await startTestSystem({
    resolveMx: async (domain) => {
      asked.push(domain)
      return []
    },
  })
  for (const name of ['ann', 'bob', 'cleo'])
    await system.polarWorld.scenario.purchase({ customer: { email: `${name}@acme.example.com` } })
  await system.settle()
  expect(system.mails('order_confirmation')).toHaveLength(3)
  expect(asked).toEqual(['acme.example.com'])
  expect(system.logText()).not.toContain('acme.example.com')
})
