// `npm run setup -- --undo` and the record that it reads: it touches nothing but what the setup made or changed.

import { describe, expect, test } from 'vitest'
import { NEEDED_EVENTS } from '../../src/watch/needed-events.ts'
import { type Accounts, PUBLIC_URL, startAccounts } from '../support/setup.ts'

const RECORD = '.postern-setup.json'

const withoutShadow = (accounts: Accounts) =>
  accounts.write('.env', accounts.read('.env').replace(/^SEND_MODE=.*$/m, 'SEND_MODE=hold'))

describe('an access token of another organization', () => {
  /** The record is then of a shop that the token does not open. */
  const move = (accounts: Accounts) =>
    accounts.write(RECORD, accounts.read(RECORD).replace('"larkspur"', '"foxglove"'))

  test('undoes nothing, and keeps the record', async () => {
    const accounts = await startAccounts()
    await accounts.run('--yes')
    move(accounts)
    const [state, env, record] = [accounts.state(), accounts.read('.env'), accounts.read(RECORD)]
    const { code, text } = await accounts.run('--undo --yes', {})
    expect([code, text]).toEqual([
      1,
      expect.stringContaining('is of larkspur, but the setup was for foxglove'),
    ])
    expect([accounts.state(), accounts.read('.env'), accounts.read(RECORD)]).toEqual([
      ...[state, env, record],
    ])
  })

  test('switches no emails off into the record of the first', async () => {
    const accounts = await startAccounts()
    await accounts.run('--yes')
    withoutShadow(accounts)
    move(accounts)
    const [state, record] = [accounts.state(), accounts.read(RECORD)]
    const { code, text } = await accounts.run('--polar-emails off --yes', {})
    expect([code, text]).toEqual([1, expect.stringContaining('Undo it first')])
    expect([accounts.state(), accounts.read(RECORD)]).toEqual([state, record])
  })
})

describe('a key of another Resend account', () => {
  type Noted = { polar?: object; resend: { domains: string[] } }
  const record = (accounts: Accounts): Noted => JSON.parse(accounts.read(RECORD))

  /** The record is then of an account that the key does not open. @returns puts it back. */
  const move = (accounts: Accounts) => {
    const { resend } = record(accounts)
    const of = (domains: readonly string[]) =>
      accounts.write(
        RECORD,
        JSON.stringify({ ...record(accounts), resend: { ...resend, domains } }),
      )
    of(['another-domain'])
    return () => of(resend.domains)
  }

  test.each([
    ['that is good', {}, 'RESEND_API_KEY is of another Resend account'],
    ['that is refused', { RESEND_API_KEY: 're_of_somebody_else' }, 'RESEND_API_KEY is refused'],
  ])('%s undoes Polar, and keeps what Resend needs', async (_, environment, says) => {
    const accounts = await startAccounts()
    const before = accounts.state()
    await accounts.run('--yes')
    const putBack = move(accounts)
    const [{ webhooks }, env] = [accounts.state(), accounts.read('.env')]
    const { code, text } = await accounts.run('--undo --yes', environment)
    expect([code, text]).toEqual([1, expect.stringContaining(says)])
    expect([accounts.state(), accounts.read('.env')]).toEqual([{ ...before, webhooks }, env])
    expect(record(accounts).polar).toBeUndefined()
    putBack()
    expect((await accounts.run('--undo --yes', {})).code).toBe(0)
    expect(accounts.state()).toEqual(before)
  })

  test('sets up nothing over the first', async () => {
    const accounts = await startAccounts()
    await accounts.run('--yes')
    move(accounts)
    const [state, text] = [accounts.state(), accounts.read(RECORD)]
    expect(await accounts.run('--yes', {})).toMatchObject({
      ...{ code: 1, text: expect.stringContaining('Undo it first') },
    })
    expect([accounts.state(), accounts.read(RECORD)]).toEqual([state, text])
  })
})

describe('a webhook that was refused, and is then made by hand', () => {
  const CASES: [string, (accounts: Accounts) => () => Promise<void>][] = [
    [
      'at Polar',
      ({ polar, sdk }) => {
        polar.fault = ({ method }) => (method === 'POST' ? { status: 422 } : undefined)
        return async () => {
          polar.fault = undefined
          const events = [...NEEDED_EVENTS] as ['order.paid']
          const url = `${PUBLIC_URL}/webhooks/polar`
          await sdk.webhooks.createWebhookEndpoint({ url, format: 'raw', events })
        }
      },
    ],
    [
      'at Resend',
      ({ resend }) => {
        const body = { statusCode: 422, name: 'validation_error', message: 'Invalid endpoint.' }
        resend.fault = ({ path, n }) =>
          path === '/webhooks' && n > 1 ? { status: 422, body } : undefined
        return async () => {
          resend.fault = undefined
          resend.webhooks.add({
            ...{ endpoint: `${PUBLIC_URL}/webhooks/resend`, events: ['email.sent'] },
            signing_secret: `whsec_${Buffer.alloc(24, 7).toString('base64')}`,
          })
        }
      },
    ],
  ]

  test.each(CASES)('is not removed by an undo: %s', async (where, refuse) => {
    const accounts = await startAccounts()
    const makeByHand = refuse(accounts)
    expect((await accounts.run('--yes')).code).toBe(1)
    await makeByHand()
    expect((await accounts.run('--yes')).code).toBe(0)
    expect((await accounts.run('--undo --yes', {})).code).toBe(0)
    const { endpoints, webhooks } = accounts.state()
    expect([endpoints.length, webhooks.length]).toEqual(where === 'at Polar' ? [1, 0] : [0, 1])
  })
})
