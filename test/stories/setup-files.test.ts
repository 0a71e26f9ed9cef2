// The files of a setup: a `.env` behind a symbolic link, one that cannot be written, and what an undo keeps.

import { lstatSync, mkdirSync, readdirSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { parseEnv } from 'node:util'
import { expect, test } from 'vitest'
import { startAccounts } from '../support/setup.ts'

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

test('a record that cannot be written is told before anything is changed', async () => {
  const accounts = await startAccounts()
  const before = accounts.state()
  // Even an administrator cannot write a file in place of a folder.
  mkdirSync(join(accounts.folder, `.postern-setup.json.${process.pid}.tmp`))
  const { code, text } = await accounts.run('--yes')
  expect([code, text]).toEqual([1, expect.stringMatching(/Cannot write \S+setup\.json \(\w+\)/)])
  expect(accounts.state()).toEqual(before)
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
