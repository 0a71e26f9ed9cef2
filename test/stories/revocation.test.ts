// Changes of a customer revoke the links that were mailed before, without a call to Polar.

import { describe, expect, test } from 'vitest'
import { MINUTE } from '../../src/runtime/clock.ts'
import { visit } from '../../src/sandbox/person.ts'
import { minted, settled } from '../support/links.ts'
import { firstLink, startTestSystem } from '../support/system.ts'

const startTeam = async () => {
  const system = await startTestSystem({ environment: { LINK_SETTLE_SECONDS: '0' } })
  const { scenario } = system.polarWorld
  const { customerId, memberIds } = await scenario.welcome({
    type: 'team',
    members: [
      { email: 'katrin@example.com' },
      { email: 'jonas@example.com', role: 'billing_manager' },
    ],
  })
  const linksTo = async (address: string) => {
    await system.settle()
    const mails = system.mails('order_confirmation').filter(({ to }) => to.includes(address))
    return mails.map(({ text }) => firstLink(text))
  }
  await scenario.purchase({ customer: customerId })
  const [katrin = '', jonas = ''] = memberIds
  const [ofKatrin = ''] = await linksTo('katrin@example.com')
  const [ofJonas = ''] = await linksTo('jonas@example.com')
  return { system, scenario, customerId, katrin, jonas, ofKatrin, ofJonas, linksTo }
}

describe('a changed address', () => {
  test('of a customer revokes the links mailed to the old one, and not those mailed to the new', async () => {
    const { system, link, customerId } = await settled()
    await system.polarWorld.scenario.updateCustomer(customerId, { email: 'new@example.com' })
    await system.settle()
    expect((await visit(link)).status).toBe(410)
    expect(minted(system)).toBe(0)
    await system.polarWorld.scenario.subscribe({ customer: customerId })
    const next = firstLink((await system.theMail('subscription_confirmation')).text)
    system.clock.advance(2 * MINUTE)
    expect((await visit(next)).status).toBe(302)
    expect((await visit(link)).status).toBe(410)
  })

  test('that arrives twice, or late, revokes no link mailed since', async () => {
    const { system, customerId } = await settled()
    const { script, scenario, deliver } = system.polarWorld
    const { events: early } = script.updateCustomer(customerId, { email: 'early@example.com' })
    const { events: now } = script.updateCustomer(customerId, { email: 'now@example.com' })
    for (const event of now) await deliver(event)
    await system.settle()
    await scenario.subscribe({ customer: customerId })
    const link = firstLink((await system.theMail('subscription_confirmation')).text)
    for (const event of [...early, ...now]) await deliver(event)
    await system.settle()
    system.clock.advance(2 * MINUTE)
    expect((await visit(link)).status).toBe(302)
  })

  test('of a member without an earlier event revokes the links that were mailed before', async () => {
    const system = await startTestSystem({ environment: { LINK_SETTLE_SECONDS: '0' } })
    await system.polarWorld.scenario.purchase({
      customer: { type: 'team', members: [{ email: 'owner@example.com', role: 'owner' }] },
    })
    const link = firstLink((await system.theMail('order_confirmation')).text)
    const [owner] = [...system.polarWorld.world.members.values()]
    await system.polarWorld.scenario.updateMember(owner?.id ?? '', { email: 'new@example.com' })
    await system.settle()
    expect((await visit(link)).status).toBe(410)
  })

  test("of a member revokes that member's links only", async () => {
    const { system, scenario, katrin, ofKatrin, ofJonas } = await startTeam()
    expect((await visit(ofKatrin)).status).toBe(302)
    await scenario.updateMember(katrin, { email: 'katrin@new.example.com' })
    await system.settle()
    expect((await visit(ofKatrin)).status).toBe(410)
    expect((await visit(ofJonas)).status).toBe(302)
  })
})

describe('a customer or member who leaves', () => {
  test('a team has the links revoked', async () => {
    const { system, scenario, jonas, ofKatrin, ofJonas } = await startTeam()
    await scenario.removeMember(jonas)
    await system.settle()
    expect((await visit(ofJonas)).status).toBe(410)
    expect(minted(system)).toBe(0)
    expect((await visit(ofKatrin)).status).toBe(302)
  })

  test('a team without an event is not signed in either', async () => {
    const { system, jonas, ofJonas } = await startTeam()
    system.polarWorld.world.members.delete(jonas)
    const { status, location } = await visit(ofJonas)
    expect([status, location]).toEqual([302, `${system.polar}/larkspur/portal/request`])
    expect(minted(system)).toBe(0)
  })

  test('for good has all links revoked', async () => {
    const { system, scenario, customerId, ofKatrin, ofJonas } = await startTeam()
    await scenario.deleteCustomer(customerId)
    await system.settle()
    expect((await visit(ofKatrin)).status).toBe(410)
    expect((await visit(ofJonas)).status).toBe(410)
  })
})
