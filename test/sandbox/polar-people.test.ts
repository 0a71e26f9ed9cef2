import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { isSettled, stopTime } from '../support/still-time.ts'
import { types } from './events-of.ts'
import { rejection, type Started, startPolar } from './world.ts'

let started: Started
beforeEach(async () => {
  started = await startPolar()
})
afterEach(() => started.close())

const locOf = (error: Record<string, unknown>) =>
  (error as { error: { detail: { loc: string[] }[] } }).error.detail[0]?.loc

const TEAM = {
  type: 'team',
  members: [{ name: 'Katrin Vogt' }, { name: 'Jonas Feld', role: 'billing_manager' }],
} as const

const welcomed = () => {
  const { customerId, memberIds } = started.polar.script.welcome({
    ...TEAM,
    members: [...TEAM.members],
  })
  const [owner = '', manager = ''] = memberIds
  return { customerId, owner, manager }
}

describe('a customer', () => {
  test('is found by id and by the merchant’s id, in its full shape', async () => {
    const { sdk, polar } = started
    const { customerId, events } = polar.script.welcome({ external_id: 'usr 1/2' })
    const found = await sdk.customers.get(customerId)
    expect(found).toEqual(events[0]?.data)
    expect(await sdk.customers.getExternal('usr 1/2')).toEqual(found)
  })

  test('that is not known, or not any more, is a 404', async () => {
    const { sdk, polar } = started
    const gone = polar.script.welcome({ external_id: 'usr_1' })
    polar.script.deleteCustomer(gone.customerId)
    for (const call of [
      sdk.customers.get(crypto.randomUUID()),
      sdk.customers.get(gone.customerId),
      sdk.customers.getExternal('usr_1'),
      sdk.customers.getExternal('usr_2'),
    ]) {
      const error = { error: 'ResourceNotFound', detail: 'Not found' }
      expect(await rejection(call)).toMatchObject({ statusCode: 404, error })
    }
  })

  test('that comes after a deleted one has the merchant’s id', async () => {
    const { sdk, polar } = started
    polar.script.deleteCustomer(polar.script.welcome({ external_id: 'usr_1' }).customerId)
    const { customerId } = polar.script.welcome({ external_id: 'usr_1' })
    expect(await sdk.customers.getExternal('usr_1')).toMatchObject({ id: customerId })
  })

  test('is a 422 by an id that is no UUID', async () => {
    const error = await rejection(started.sdk.customers.get('usr_1'))
    expect(error).toMatchObject({ statusCode: 422, name: 'HTTPValidationError' })
    expect(locOf(error)).toEqual(['path', 'id'])
  })

  test('that is deleted takes its members along, who are told first', async () => {
    const { polar } = started
    const { customerId } = welcomed()
    const { events } = polar.script.deleteCustomer(customerId)
    expect(types(events)).toEqual(['member.deleted', 'member.deleted', 'customer.deleted'])
    expect(polar.world.membersOf(customerId)).toEqual([])
  })
})

describe('a member', () => {
  test('is told in its full shape when it comes, changes and goes', async () => {
    const { polar, sdk, received } = started
    const { customerId } = welcomed()
    const { memberId } = await polar.scenario.addMember(customerId, { name: 'Nora Haugen' })
    await polar.scenario.updateMember(memberId, { email: 'nora@new.example.com' })
    await polar.scenario.removeMember(memberId)
    const [added, changed, gone] = received.map(({ body }) => JSON.parse(body))
    expect(started.types()).toEqual(['member.created', 'member.updated', 'member.deleted'])
    expect(added.data).toEqual({
      id: memberId,
      created_at: expect.any(String),
      modified_at: null,
      customer_id: customerId,
      email: 'nora.haugen@example.com',
      name: 'Nora Haugen',
      external_id: null,
      role: 'member',
    })
    const at = (event: { data: { modified_at: string } }) => Date.parse(event.data.modified_at)
    expect(changed.data).toMatchObject({ id: memberId, email: 'nora@new.example.com' })
    expect(gone.data).toMatchObject({ id: memberId, email: 'nora@new.example.com' })
    expect(at(changed)).toBeGreaterThan(Date.parse(added.data.created_at))
    expect(at(gone)).toBeGreaterThan(at(changed))
    const { items } = await sdk.customers.members.list(customerId)
    expect(items.map(({ role }) => role)).toEqual(['owner', 'billing_manager'])
  })

  test('has sessions for its address of now, and none once it is gone', async () => {
    const { polar, sdk } = started
    const { customerId: customer_id, manager: member_id } = welcomed()
    polar.script.updateMember(member_id, { email: 'jonas@new.example.com' })
    const { customer_portal_url } = await sdk.customerSessions.create({ customer_id, member_id })
    expect(new URL(customer_portal_url).searchParams.get('email')).toBe('jonas@new.example.com')
    expect((await fetch(customer_portal_url)).url).toContain('/portal/overview')
    polar.script.removeMember(member_id)
    expect((await fetch(customer_portal_url)).url).toContain('/portal/request')
    const error = await rejection(sdk.customerSessions.create({ customer_id, member_id }))
    expect(locOf(error)).toEqual(['body', 'member_id'])
  })

  test('of another customer is no member', async () => {
    const { manager: member_id } = welcomed()
    const { customerId: customer_id } = welcomed()
    const error = await rejection(started.sdk.customerSessions.create({ customer_id, member_id }))
    expect(error).toMatchObject({ statusCode: 422 })
    expect(locOf(error)).toEqual(['body', 'member_id'])
  })

  test('that becomes the owner replaces the one before, of whom nothing is told', () => {
    const { script, world } = started.polar
    const { owner, manager } = welcomed()
    expect(() => script.removeMember(owner)).toThrow('only owner')
    const { events } = script.updateMember(manager, { role: 'owner' })
    expect(types(events)).toEqual(['member.updated'])
    expect(events[0]?.data).toMatchObject({ id: manager, role: 'owner' })
    expect(world.members.get(owner)?.role).toBe('billing_manager')
    expect(types(script.removeMember(owner).events)).toEqual(['member.deleted'])
  })
})

test('an individual that becomes a team is signed in by its members only', async () => {
  const { polar, sdk } = started
  const { customerId: customer_id } = polar.script.purchase({
    customer: { name: 'Mara Lindqvist' },
  })
  const {
    ownerId = '',
    memberIds,
    events,
  } = polar.script.becomeTeam(customer_id, [{ name: 'Theo Okafor' }])
  expect(types(events)).toEqual(['customer.updated', 'member.created'])
  expect(events[0]?.data).toMatchObject({ type: 'team', email: 'mara.lindqvist@example.com' })
  const error = await rejection(sdk.customerSessions.create({ customer_id }))
  expect(locOf(error)).toEqual(['body', 'member_id'])
  const addresses = [ownerId, ...memberIds].map(async (member_id) => {
    const { customer_portal_url } = await sdk.customerSessions.create({ customer_id, member_id })
    return new URL(customer_portal_url).searchParams.get('email')
  })
  expect(await Promise.all(addresses)).toEqual([
    'mara.lindqvist@example.com',
    'theo.okafor@example.com',
  ])
})

describe('the way back', () => {
  const pageOf = async (return_url?: string) => {
    const { customerId: customer_id } = started.polar.script.purchase()
    const session = await started.sdk.customerSessions.create({
      customer_id,
      ...(return_url !== undefined && { return_url }),
    })
    return { session, html: await (await fetch(session.customer_portal_url)).text() }
  }

  test('is a link on the pages of a session that was made with one', async () => {
    const { session, html } = await pageOf('https://acme.example.com/account?tab=a&b=1')
    expect(session.return_url).toBe('https://acme.example.com/account?tab=a&b=1')
    expect(html).toMatch(
      /href="https:\/\/acme\.example\.com\/account\?tab=a&amp;b=1" data-testid="back">Back to Larkspur Audio</,
    )
  })

  test('is on none of another', async () => {
    const { session, html } = await pageOf()
    expect(session.return_url).toBeNull()
    expect(html).not.toContain('Back to')
  })

  test.each(['account', 'javascript:alert(1)', ''])(
    'is a web address or a 422: %j',
    async (url) => {
      const error = await rejection(pageOf(url))
      expect(error).toMatchObject({ statusCode: 422 })
      expect(locOf(error)).toEqual(['body', 'return_url'])
    },
  )
})

test('an answer takes as long as it is told to', async () => {
  const { polar, sdk } = started
  const { customerId } = polar.script.purchase()
  const time = stopTime()
  polar.delay = 60
  const calls = () => Object.values(polar.calls()).reduce((sum, count) => sum + count, 0)
  const before = calls()
  const asked = sdk.customers.get(customerId)
  await expect.poll(calls).toBe(before + 1)
  await time.pass(59)
  expect(await isSettled(asked)).toBe(false)
  await time.pass(1)
  expect((await asked).id).toBe(customerId)
  expect(polar.delay).toBe(60)
})
