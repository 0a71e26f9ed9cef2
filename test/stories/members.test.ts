// The members of a team change and go: what Polar tells of it is understood, mailed to nobody, and known without an address.

import { describe, expect, test } from 'vitest'
import { addressDigest } from '../../src/customers/digest.ts'
import type { CustomerState } from '../../src/customers/state.ts'
import { customersOf, startQuiet, suppressionsOf } from '../support/mailed.ts'
import type { TestSystem } from '../support/system.ts'

const KATRIN = 'katrin.vogt@example.com'
const JONAS = 'jonas.feld@example.com'

const startTeam = async () => {
  const system = await startQuiet()
  const { customerId, memberIds } = await system.polarWorld.scenario.welcome({
    type: 'team',
    members: [{ email: KATRIN }, { email: JONAS, role: 'billing_manager' }],
  })
  await system.settle()
  const [katrin = '', jonas = ''] = memberIds
  return { system, scenario: system.polarWorld.scenario, customerId, katrin, jonas }
}

const knownOf = async (system: TestSystem, customerId: string): Promise<CustomerState> =>
  (await customersOf(system).load(customerId, null)).state

const bounced = (system: TestSystem, address: string) =>
  suppressionsOf(system).suppress(address, {
    because: 'bounced',
    at: system.clock.now(),
    origin: { message: null, provider: 'an email of before' },
  })

const isBounced = async (system: TestSystem, address: string) =>
  (await suppressionsOf(system).isSuppressed(address)) !== null

const outcomesOf = (system: TestSystem, from = 0) =>
  system
    .outcomes()
    .slice(from)
    .map(({ ignored, because }) => `${ignored}: ${because}`)

describe('a member', () => {
  test('who has another address is mailed there again, should it have bounced for somebody else', async () => {
    const { system, scenario, customerId, katrin, jonas } = await startTeam()
    await bounced(system, 'katrin@new.example.com')
    await bounced(system, JONAS)
    await scenario.updateMember(katrin, { email: 'katrin@new.example.com' })
    await scenario.updateMember(jonas, { name: 'Jonas F.' })
    await system.settle()
    expect(await isBounced(system, 'katrin@new.example.com')).toBe(false)
    expect(await isBounced(system, JONAS)).toBe(true)
    await scenario.purchase({ customer: customerId })
    await system.settle()
    expect(system.mails().flatMap(({ to }) => to)).toEqual(['katrin@new.example.com'])
  })

  test('who is told of late, or twice, has the address of now', async () => {
    const { system, scenario, customerId, katrin } = await startTeam()
    const { script, deliver } = system.polarWorld
    const { events: early } = script.updateMember(katrin, { email: 'early@example.com' })
    await scenario.updateMember(katrin, { email: 'now@example.com' })
    await system.settle()
    await bounced(system, 'early@example.com')
    for (const event of [...early, ...early]) await deliver(event)
    await system.settle()
    expect(await isBounced(system, 'early@example.com')).toBe(true)
    const { members } = await knownOf(system, customerId)
    expect(members?.[katrin]).toMatchObject({ hash: addressDigest('now@example.com') })
  })

  test('who comes, changes or goes is mailed nothing, and known without an address', async () => {
    const { system, scenario, customerId, jonas } = await startTeam()
    const before = system.outcomes().length
    const { memberId } = await scenario.addMember(customerId, { email: 'nora@example.com' })
    await scenario.updateMember(memberId, { email: 'nora@new.example.com' })
    await scenario.removeMember(jonas)
    await system.settle()
    expect(outcomesOf(system, before).toSorted()).toEqual([
      'not_mapped: member.created',
      'not_mapped: member.deleted',
      'not_mapped: member.updated',
    ])
    expect(system.mails()).toEqual([])
    const known = await knownOf(system, customerId)
    expect(known.members?.[memberId]).toMatchObject({ hash: addressDigest('nora@new.example.com') })
    expect(known.members?.[jonas]).toEqual({ isGone: true })
    expect(JSON.stringify(known)).not.toContain('example.com')
    expect(system.logText()).not.toMatch(/nora@|jonas\.feld@/)
  })

  test('of whom hardly anything is told is ignored, and what comes next is understood', async () => {
    const { system, scenario, customerId, katrin } = await startTeam()
    const before = system.outcomes().length
    const { status } = await system.polarWorld.deliver({
      type: 'member.deleted',
      data: { id: katrin, email: KATRIN },
    })
    expect(status).toBe(202)
    await system.settle()
    expect(outcomesOf(system, before)).toEqual(['unreadable: member without customer_id'])
    await scenario.purchase({ customer: customerId })
    await system.settle()
    expect(system.mails().flatMap(({ to }) => to)).toEqual(expect.arrayContaining([KATRIN, JONAS]))
  })

  test('of a customer who is deleted leaves nothing behind', async () => {
    const { system, scenario, customerId } = await startTeam()
    expect(Object.keys((await knownOf(system, customerId)).members ?? {})).toHaveLength(2)
    await scenario.deleteCustomer(customerId)
    await system.settle()
    expect(await knownOf(system, customerId)).not.toHaveProperty('members')
  })
})
