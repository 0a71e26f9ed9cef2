// Changes of a customer revoke the links that were mailed before, without a call to Polar.

import { describe, expect, test } from 'vitest'
import { MINUTE } from '../../src/runtime/clock.ts'
import { visit } from '../../src/sandbox/person.ts'
import { minted, settledIn } from '../support/links.ts'
import { newAddress, shareSystem } from '../support/shared-system.ts'
import { firstLink, type TestSystem } from '../support/system.ts'

const shared = shareSystem({ environment: { LINK_SETTLE_SECONDS: '0' } })

/** The link of the one email of a kind to an address. */
const linkTo = async (system: TestSystem, kind: string, address: string) => {
  await system.settle()
  const mails = system.mails(kind).filter(({ to }) => to.includes(address))
  expect(mails).toHaveLength(1)
  return firstLink(mails[0]?.text ?? null)
}

const buyAsTeam = async () => {
  const system = shared()
  const addresses = [newAddress(), newAddress()] as const
  const { scenario } = system.polarWorld
  const { customerId, memberIds } = await scenario.welcome({
    type: 'team',
    members: [{ email: addresses[0] }, { email: addresses[1], role: 'billing_manager' }],
  })
  await scenario.purchase({ customer: customerId })
  const [katrin = '', jonas = ''] = memberIds
  const ofKatrin = await linkTo(system, 'order_confirmation', addresses[0])
  const ofJonas = await linkTo(system, 'order_confirmation', addresses[1])
  return { system, scenario, customerId, katrin, jonas, ofKatrin, ofJonas }
}

describe('a changed address', () => {
  test('of a customer revokes the links mailed to the old one, and not those mailed to the new', async () => {
    const { system, link, customerId } = await settledIn(shared())
    const email = newAddress()
    await system.polarWorld.scenario.updateCustomer(customerId, { email })
    await system.settle()
    expect((await visit(link)).status).toBe(410)
    expect(minted(system, customerId)).toBe(0)
    await system.polarWorld.scenario.subscribe({ customer: customerId })
    const next = await linkTo(system, 'subscription_confirmation', email)
    system.clock.advance(2 * MINUTE)
    expect((await visit(next)).status).toBe(302)
    expect((await visit(link)).status).toBe(410)
  })

  test('that arrives twice, or late, revokes no link mailed since', async () => {
    const { system, customerId } = await settledIn(shared())
    const { script, scenario, deliver } = system.polarWorld
    const email = newAddress()
    const { events: early } = script.updateCustomer(customerId, { email: newAddress() })
    const { events: now } = script.updateCustomer(customerId, { email })
    for (const event of now) await deliver(event)
    await system.settle()
    await scenario.subscribe({ customer: customerId })
    const link = await linkTo(system, 'subscription_confirmation', email)
    for (const event of [...early, ...now]) await deliver(event)
    await system.settle()
    system.clock.advance(2 * MINUTE)
    expect((await visit(link)).status).toBe(302)
  })

  test('of a member without an earlier event revokes the links that were mailed before', async () => {
    const system = shared()
    const email = newAddress()
    await system.polarWorld.scenario.purchase({
      customer: { type: 'team', members: [{ email, role: 'owner' }] },
    })
    const link = await linkTo(system, 'order_confirmation', email)
    const owner = [...system.polarWorld.world.members.values()].find((one) => one.email === email)
    await system.polarWorld.scenario.updateMember(owner?.id ?? '', { email: newAddress() })
    await system.settle()
    expect((await visit(link)).status).toBe(410)
  })

  test("of a member revokes that member's links only", async () => {
    const { system, scenario, katrin, ofKatrin, ofJonas } = await buyAsTeam()
    expect((await visit(ofKatrin)).status).toBe(302)
    await scenario.updateMember(katrin, { email: newAddress() })
    await system.settle()
    expect((await visit(ofKatrin)).status).toBe(410)
    expect((await visit(ofJonas)).status).toBe(302)
  })
})

describe('a customer or member who leaves', () => {
  test('a team has the links revoked', async () => {
    const { system, scenario, customerId, jonas, ofKatrin, ofJonas } = await buyAsTeam()
    await scenario.removeMember(jonas)
    await system.settle()
    expect((await visit(ofJonas)).status).toBe(410)
    expect(minted(system, customerId)).toBe(0)
    expect((await visit(ofKatrin)).status).toBe(302)
  })

  test('a team without an event is not signed in either', async () => {
    const { system, customerId, jonas, ofJonas } = await buyAsTeam()
    system.polarWorld.world.members.delete(jonas)
    const { status, location } = await visit(ofJonas)
    expect([status, location]).toEqual([302, `${system.polar}/larkspur/portal/request`])
    expect(minted(system, customerId)).toBe(0)
  })

  test('for good has all links revoked', async () => {
    const { system, scenario, customerId, ofKatrin, ofJonas } = await buyAsTeam()
    await scenario.deleteCustomer(customerId)
    await system.settle()
    expect((await visit(ofKatrin)).status).toBe(410)
    expect((await visit(ofJonas)).status).toBe(410)
  })
})
