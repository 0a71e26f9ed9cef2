// The files of a setup: a `.env` behind a symbolic link, one that cannot be written, what an undo keeps, and what a kill leaves.

import { lstatSync, mkdirSync, readdirSync, rmSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { parseEnv } from 'node:util'
import { describe, expect, test } from 'vitest'
import { readConfig } from '../../src/config.ts'
import { type Accounts, startAccounts } from '../support/setup.ts'

test('a .env that is a symbolic link stays one, and its file is written and put back', async () => {
  const accounts = await startAccounts()
  accounts.write('shared.env', 'OTHER=1\n')
  symlinkSync('shared.env', join(accounts.folder, '.env'))
  await accounts.run('--yes')
  expect(parseEnv(accounts.read('shared.env'))).toMatchObject({ OTHER: '1', SEND_MODE: 'shadow' })
  await accounts.run('--undo --yes', {})
  expect(accounts.read('shared.env')).toBe('OTHER=1\n')
  expect(lstatSync(join(accounts.folder, '.env')).isSymbolicLink()).toBe(true)
  expect(accounts.read('.env.undone')).toContain('LINK_SECRETS=')
})

describe('the file that ENV_FILE names', () => {
  const ENV_FILE = 'etc/shop.env'
  const RECORD = 'etc/.postern-setup.shop.env.json'

  test('is read, written and put back in place of .env, and every line says its name', async () => {
    const accounts = await startAccounts()
    mkdirSync(join(accounts.folder, 'etc'))
    const lines: string[] = []
    const run = async (line: string, environment: Record<string, string> = {}) => {
      const { code, text } = await accounts.run(line, { ...environment, ENV_FILE })
      lines.push(text)
      return { code, text }
    }
    const first = await run('--yes', { ...accounts.settings, PORT: '4000' })
    expect(first.text).toMatch(
      /In etc\/shop\.env, which[\s\S]*not so in etc\/shop\.env: PORT[\s\S]*needs ENV_FILE=etc\/shop\.env/,
    )
    readConfig(parseEnv(accounts.read(ENV_FILE)) as Record<string, string>)
    expect([accounts.mode(ENV_FILE), accounts.mode(RECORD)]).toEqual([0o600, 0o600])
    expect((await run('--yes')).text).toContain('nothing was changed')
    expect((await run('--polar-emails off --yes')).text).toContain('SEND_MODE=hold in etc/shop.env')
    expect((await accounts.run('--undo --yes', {})).text).toContain('Nothing to undo')
    expect((await run('--undo --yes')).code).toBe(0)
    expect(readdirSync(accounts.folder).toSorted()).toEqual(['.env.example', 'etc'])
    expect(readdirSync(join(accounts.folder, 'etc'))).toEqual(['shop.env.undone'])
    expect(accounts.mode('etc/shop.env.undone')).toBe(0o600)
    for (const text of lines) expect(text).not.toMatch(/(?<!shop)\.env\b/)
  })

  test('needs a folder, which is told before anything is changed', async () => {
    const accounts = await startAccounts()
    const before = accounts.state()
    const { code, text } = await accounts.run('--yes', { ...accounts.settings, ENV_FILE })
    expect([code, text]).toEqual([
      1,
      expect.stringMatching(/\(ENOENT\)\. Make its folder, and run/),
    ])
    expect(accounts.state()).toEqual(before)
  })
})

test('a record that cannot be written is told before anything is changed', async () => {
  const accounts = await startAccounts()
  const before = accounts.state()
  // Even an administrator cannot write a file in place of a folder.
  mkdirSync(join(accounts.folder, '.postern-setup.json.tmp'))
  const { code, text } = await accounts.run('--yes')
  expect([code, text]).toEqual([1, expect.stringMatching(/Cannot write \S+setup\.json \(\w+\)/)])
  expect(accounts.state()).toEqual(before)
})

test('a setup leaves the folder to one that runs already, and not to one that was killed', async () => {
  const accounts = await startAccounts()
  const lock = '.postern-setup.lock'
  accounts.write(lock, '999999999') // no process has so high an id
  const [first, second] = await Promise.all([accounts.run('--yes'), accounts.run('--yes')])
  expect([first.code, second]).toMatchObject([
    ...[0, { code: 1, text: expect.stringContaining('Another setup runs in this folder') }],
  ])
  expect(accounts.polar.webhooks.endpoints()).toHaveLength(1)
  expect(readdirSync(accounts.folder)).not.toContain(lock)
})

test('a setup does not free the folder for another that has begun meanwhile', async () => {
  const accounts = await startAccounts()
  const lock = '.postern-setup.lock'
  accounts.polar.fault = () => {
    accounts.write(lock, '1') // somebody has removed the lock, and begun another setup
    return undefined
  }
  await accounts.run('--yes')
  expect(accounts.read(lock)).toBe('1')
})

test('a .env that cannot be read is told', async () => {
  const accounts = await startAccounts()
  mkdirSync(join(accounts.folder, '.env'))
  const { code, text } = await accounts.run('--yes')
  expect([code, text]).toEqual([1, expect.stringMatching(/Cannot read \S+\.env \(EISDIR\)/)])
})

test('an undo keeps what an earlier one has kept', async () => {
  const accounts = await startAccounts()
  const secrets: (string | undefined)[] = []
  for (const _ of ['first', 'second']) {
    await accounts.run('--yes')
    secrets.push(accounts.env().LINK_SECRETS)
    await accounts.run('--undo --yes', {})
  }
  const kept = readdirSync(accounts.folder).filter((name) => name.startsWith('.env.undone'))
  expect(kept.toSorted().map((name) => parseEnv(accounts.read(name)).LINK_SECRETS)).toEqual(secrets)
})

test('a .env that cannot take the values is told before anything is changed', async () => {
  const accounts = await startAccounts()
  const env = 'OTHER="a\nLINK_SECRETS=b"\n'
  accounts.write('.env', env)
  const before = accounts.state()
  const { code, text } = await accounts.run('--yes')
  expect([code, text]).toEqual([1, expect.stringContaining('on one line')])
  expect([accounts.state(), accounts.read('.env')]).toEqual([before, env])
})

test.each([
  ['', 'shadow'],
  ['SEND_MODE=hold\n', 'hold'],
])('a .env that is made while the plan is carried out keeps its lines: %j', async (line, mode) => {
  const accounts = await startAccounts()
  const env = `OTHER=1\n${line}`
  accounts.polar.fault = ({ method }) => {
    if (method === 'POST') accounts.write('.env', env)
    return undefined
  }
  expect((await accounts.run('--yes')).code).toBe(0)
  expect(accounts.env()).toMatchObject({ OTHER: '1', SEND_MODE: mode })
  await accounts.run('--undo --yes', {})
  expect(accounts.read('.env')).toBe(env)
})

test('a mode that is chosen while the plan is carried out stays', async () => {
  const accounts = await startAccounts()
  accounts.write('.env', 'OTHER=1\n')
  accounts.polar.fault = ({ method }) => {
    if (method === 'POST') accounts.write('.env', 'OTHER=1\nSEND_MODE=hold\n')
    return undefined
  }
  expect((await accounts.run('--yes')).code).toBe(0)
  expect(accounts.env().SEND_MODE).toBe('hold')
})

describe('a setup that is killed', () => {
  const RECORD = '.postern-setup.json'
  const EARLIER = 'OTHER=1\n'

  const forget = (accounts: Accounts, ...parts: string[]) => {
    const kept = Object.entries(JSON.parse(accounts.read(RECORD)))
    accounts.write(
      RECORD,
      JSON.stringify(Object.fromEntries(kept.filter(([name]) => !parts.includes(name)))),
    )
  }
  const without = (accounts: Accounts, name: string) => rmSync(join(accounts.folder, name))
  const withoutWebhook = ({ resend }: Accounts) => {
    for (const { id } of resend.webhooks.list()) resend.webhooks.remove(id)
  }

  /** Each takes a setup that is done back to where it was killed. */
  const CASES: [string, before: string | null, rewind: (accounts: Accounts) => void][] = [
    [
      'before it notes what Polar answered',
      null,
      (accounts) => {
        withoutWebhook(accounts)
        without(accounts, '.env')
        forget(accounts, 'resend', 'env')
        accounts.write(RECORD, accounts.read(RECORD).replace(/"id":"[^"]+"/, '"id":null'))
      },
    ],
    [
      'before it notes what Resend answered',
      null,
      (accounts) => {
        without(accounts, '.env')
        forget(accounts, 'env')
        accounts.write(RECORD, accounts.read(RECORD).replace(/"id":"[^"]+"/g, '"id":null'))
      },
    ],
    [
      'before it notes that there was no .env',
      null,
      (accounts) => {
        without(accounts, '.env')
        forget(accounts, 'env')
      },
    ],
    ['before it writes .env', null, (accounts) => without(accounts, '.env')],
    [
      'while it writes .env',
      null,
      (accounts) => {
        accounts.write('.env.tmp', accounts.read('.env').slice(0, 99))
        without(accounts, '.env')
      },
    ],
    [
      'before it notes that it has kept the earlier .env',
      EARLIER,
      (accounts) => {
        accounts.write('.env', EARLIER)
        forget(accounts, 'env')
      },
    ],
    [
      'before it writes over the earlier .env',
      EARLIER,
      (accounts) => accounts.write('.env', EARLIER),
    ],
  ]

  test.each(CASES)('%s is gone on with, and undone as a whole', async (_, before, rewind) => {
    const accounts = await startAccounts()
    if (before !== null) accounts.write('.env', before)
    const [state, files] = [accounts.state(), readdirSync(accounts.folder).toSorted()]
    await accounts.run('--yes')
    const { endpoints } = accounts.state()
    rewind(accounts)
    expect((await accounts.run('--yes')).code).toBe(0)
    expect([accounts.state().endpoints, accounts.state().webhooks.length]).toEqual([endpoints, 1])
    readConfig(accounts.env())
    expect((await accounts.run('--undo --yes', {})).code).toBe(0)
    expect(accounts.state()).toEqual(state)
    expect(readdirSync(accounts.folder).toSorted()).toEqual([...files, '.env.undone'].toSorted())
    if (before !== null) expect(accounts.read('.env')).toBe(before)
  })

  test.each([null, EARLIER])(
    'is undone by a second undo where the first was killed: %j',
    async (before) => {
      const accounts = await startAccounts()
      if (before !== null) accounts.write('.env', before)
      await accounts.run('--yes')
      forget(accounts, 'polar', 'resend')
      const record = accounts.read(RECORD)
      await accounts.run('--undo --yes', {})
      const files = readdirSync(accounts.folder)
      accounts.write(RECORD, record)
      expect((await accounts.run('--undo --yes', {})).code).toBe(0)
      expect(readdirSync(accounts.folder)).toEqual(files)
      if (before !== null) expect(accounts.read('.env')).toBe(before)
    },
  )
})
