// Reading a customer from the simulated Polar: the customer, no customer, or no answer.

import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { PolarUnavailableError } from '../../src/polar/call.ts'
import { createPolarClient } from '../../src/polar/client.ts'
import type { CustomerRef } from '../../src/polar/customers.ts'
import { createDenials } from '../../src/polar/denials.ts'
import { SECOND } from '../../src/runtime/clock.ts'
import type { Fault } from '../../src/sandbox/polar/calls.ts'
import { ACCESS_TOKEN, ORGANIZATION, type Started, startPolar } from '../sandbox/world.ts'
import { ODD } from './odd.ts'

const PATIENCE = 10 * SECOND

let started: Started
beforeEach(async () => {
  started = await startPolar()
})
afterEach(() => started.close())

const client = (accessToken = ACCESS_TOKEN) =>
  createPolarClient(
    {
      ...{ accessToken, environment: 'production', baseUrl: started.polar.url },
      slug: ORGANIZATION.slug,
      denials: createDenials(() => {}),
    },
    { name: 'messages', spend: async () => {}, backOff: 0 },
    started.clock,
  )

const ask = (ref: CustomerRef, patience = PATIENCE) => client().customer(ref, patience)

const made = (change: object = {}) =>
  started.polar.script.welcome({ email: 'mara@example.com', external_id: 'usr_1', ...change })
    .customerId

describe('a customer', () => {
  test('is read by its id and by the merchant’s own', async () => {
    const id = made({ locale: 'sv' })
    const mara = {
      id,
      address: 'mara@example.com',
      locale: 'sv',
      isTeam: false,
      isDeleted: false,
    }
    expect(await ask({ id })).toEqual(mara)
    expect(await ask({ id: id.toUpperCase() })).toEqual(mara)
    expect(await ask({ externalId: 'usr_1' })).toEqual(mara)
  })

  test('may be a team without an address or a language', async () => {
    const id = made({ type: 'team', email: null, locale: null })
    expect(await ask({ id })).toEqual({
      ...{ id, address: null, locale: null },
      ...{ isTeam: true, isDeleted: false },
    })
  })

  test('is read in its present state', async () => {
    const id = made()
    started.polar.script.updateCustomer(id, { email: 'new@example.com' })
    started.polar.script.becomeTeam(id)
    expect(await ask({ id })).toMatchObject({ address: 'new@example.com', isTeam: true })
  })

  test.each(['a b', 'ü/ß', 'a?b=c#d', '100%', '$&', '{id}', '.a', 'state', 'x'.repeat(500)])(
    'may have any text as the merchant’s id: %s',
    async (externalId) => {
      const id = made({ external_id: externalId })
      expect(await ask({ externalId })).toMatchObject({ id })
    },
  )

  test('that is deleted is marked as such, if Polar still returns it', async () => {
    const id = made()
    const { events } = started.polar.script.deleteCustomer(id)
    started.polar.fault = () => ({ status: 200, body: events.at(-1)?.data })
    expect(await ask({ id })).toMatchObject({ id, isDeleted: true })
  })
})

describe('no customer', () => {
  test('has an id that Polar does not know', async () => {
    expect(await ask({ id: crypto.randomUUID() })).toBeNull()
    expect(await ask({ externalId: 'usr_9' })).toBeNull()
  })

  test('is left once it is deleted', async () => {
    const id = made()
    started.polar.script.deleteCustomer(id)
    expect(await ask({ id })).toBeNull()
    expect(await ask({ externalId: 'usr_1' })).toBeNull()
  })

  test.each(['mara', '1', 'a/b', 'x'.repeat(500)])('has an id that is no UUID: %s', async (id) => {
    made()
    expect(await ask({ id })).toBeNull()
  })

  test.each(['', '.', '..', '\ud800'])(
    'has an id that a path cannot contain: %j, and Polar is not called',
    async (odd) => {
      expect(await ask({ id: odd })).toBeNull()
      expect(await ask({ externalId: odd })).toBeNull()
      expect(started.polar.calls()).toEqual({})
    },
  )
})

describe('Polar is unavailable', () => {
  const unavailable = async (fault: Fault, patience = PATIENCE) => {
    const id = made()
    started.polar.fault = () => fault
    for (const ref of [{ id }, { externalId: 'usr_1' }]) {
      const error = await ask(ref, patience).catch((thrown: unknown) => thrown)
      expect(error).toBeInstanceOf(PolarUnavailableError)
      expect(String(error)).not.toMatch(/example\.com|usr_1/)
    }
  }

  test.each<[string, Fault]>([
    ['it limits', { status: 429, headers: { 'retry-after': '7' } }],
    ['it fails', { status: 500, body: 'down' }],
    ['it is being deployed', { status: 503, body: '<html>' }],
    ['it breaks the connection', 'reset'],
    ['the token may not ask', { status: 403, body: { error: 'NotPermitted', detail: '' } }],
    [
      'several customers have the id',
      { status: 409, body: { error: 'AmbiguousExternalCustomerID', detail: 'Several' } },
    ],
    ['a proxy knows no such page', { status: 404, body: '<html>Not found</html>' }],
    ['it says 404 in other words', { status: 404, body: { detail: 'Not Found' } }],
    ['it says 404 without a word', { status: 404, body: 'null' }],
    ['it answers with less than JSON', { status: 200, body: '{"id":' }],
    ['it answers with a list', { status: 200, body: { items: [], pagination: {} } }],
  ])('when %s', async (_, fault) => {
    await unavailable(fault)
  })

  test('when it hangs for longer than the timeout', async () => {
    started.polar.fault = () => 'hang'
    const id = made()
    const gaveUp = (patience: number) =>
      ask({ id }, patience).catch((error: unknown) => {
        expect(error).toBeInstanceOf(PolarUnavailableError)
        return patience
      })
    // A caller with a longer timeout still waits.
    expect(await Promise.race([gaveUp(PATIENCE), gaveUp(50)])).toBe(50)
  })

  test('when the token is wrong', async () => {
    const id = made()
    await expect(client('polar_oat_other').customer({ id }, PATIENCE)).rejects.toThrow(
      PolarUnavailableError,
    )
  })

  test('when it answers about another customer', async () => {
    const other = made({ external_id: 'usr_2', email: 'other@example.com' })
    await unavailable({ status: 200, body: started.polar.world.customers.get(other) })
  })

  test.each(ODD.map((odd) => [JSON.stringify(odd), odd] as const))(
    'when it returns an odd value, which is never taken for an address: %s',
    async (_, odd) => {
      const id = made()
      const customer = started.polar.world.customers.get(id)
      started.polar.fault = () => ({ status: 200, body: JSON.stringify(odd) })
      await expect(ask({ id })).rejects.toThrow(PolarUnavailableError)
      for (const field of ['id', 'external_id', 'email', 'locale', 'type', 'deleted_at']) {
        started.polar.fault = () => ({ status: 200, body: { ...customer, [field]: odd } })
        const found = await ask({ id }).catch((error: unknown) => {
          expect(error).toBeInstanceOf(PolarUnavailableError)
          return null
        })
        if (found) {
          expect(found.id).toBe(id)
          expect([typeof found.isTeam, typeof found.isDeleted]).toEqual(['boolean', 'boolean'])
          for (const text of [found.address, found.locale])
            if (text !== null) expect(text).toMatch(/./)
        }
      }
    },
  )
})

describe('a session', () => {
  test('leads back to the return URL, if there is one', async () => {
    const customerId = made()
    const mint = async (returnUrl?: string | null) => {
      await client().createSession(
        { customerId, memberId: null, ...(returnUrl !== undefined && { returnUrl }) },
        PATIENCE,
      )
      return started.polar.sessions()[0]?.return_url
    }
    const returnUrl = 'https://acme.example.com/account?tab=billing'
    expect(await mint(returnUrl)).toBe(returnUrl)
    expect(await mint(null)).toBeNull()
    expect(await mint()).toBeNull()
  })

  test('may be tried again when Polar rejects the return URL', async () => {
    const customerId = made()
    const of = { customerId, memberId: null, returnUrl: 'account' }
    await expect(client().createSession(of, PATIENCE)).rejects.toThrow(PolarUnavailableError)
  })
})
