// SpamAssassin's own rules, nothing asked of the network. Reported as skipped where it isn't installed.

import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { beforeAll, describe, expect, test } from 'vitest'
import { emailOf, everyKind, someLanguages } from './emails.ts'
import { mailboxOf } from './mime.ts'

const command = (process.env.PATH ?? '')
  .split(':')
  .map((folder) => join(folder, 'spamassassin'))
  .find(existsSync)

/** Five is spam to SpamAssassin; two leaves room for what a mail server adds. */
const SUSPICIOUS = 2

const nameOf = ({ kind, language }: { kind: string; language: string }) => `${kind}.${language}`

type Verdict = { score: number; rules: string[] }

const SETTINGS = ['use_bayes 0', 'report_safe 0'].map((line) => `--cf=${line}`)

/** One run for all of them, since it takes a second to start: a verdict by the id of each message. */
const judge = async (mailbox: string): Promise<Map<string, Verdict>> => {
  const home = await mkdtemp(join(tmpdir(), 'postern-spam-'))
  try {
    const child = spawn(command ?? '', ['--local', '--mbox', '--nocreate-prefs', ...SETTINGS], {
      env: { PATH: process.env.PATH, HOME: home },
    })
    child.stdin.end(mailbox)
    const [output, complaints] = await Promise.all([text(child.stdout), text(child.stderr)])
    if (complaints) throw new Error(complaints)
    return new Map(output.split(/^From .*\n/m).flatMap(verdictIn))
  } finally {
    await rm(home, { recursive: true })
  }
}

const verdictIn = (message: string): [id: string, verdict: Verdict][] => {
  const header = message.slice(0, message.indexOf('\n\n')).replace(/\n\s+/g, '')
  const id = /^Message-ID: <(\S+)-\w+@/m.exec(header)?.[1]
  const status = /^X-Spam-Status: .*score=(\S+) .*tests=(\S+)/m.exec(header)
  if (!id || !status) return []
  return [[id, { score: Number(status[1]), rules: (status[2] ?? '').split(',') }]]
}

const scam = {
  id: 'scam',
  subject: 'YOU WON $$$ FREE CASH BONUS!!!',
  text: 'Dear friend, claim your one million dollars now. Act now! Viagra at a discount. 100% free!',
  html: '<b>Act now!</b> <font size="7" color="#fffffe">Viagra</font> one million dollars, 100% free!',
}

describe.skipIf(!command)('SpamAssassin', () => {
  let verdicts: Map<string, Verdict>
  beforeAll(async () => {
    const messages = someLanguages.map((sample) => ({ id: nameOf(sample), ...emailOf(sample) }))
    verdicts = await judge(mailboxOf([scam, ...messages]))
  })

  test('has read all of them, and knows a scam when it sees one', () => {
    expect(verdicts.size).toBe(someLanguages.length + 1)
    expect(verdicts.get('scam')?.score).toBeGreaterThan(SUSPICIOUS)
    expect(new Set(someLanguages.map(({ kind }) => kind)).size).toBe(everyKind.length)
  })

  test.each(someLanguages)('finds nothing suspicious in $kind in $language', (sample) => {
    const verdict = verdicts.get(nameOf(sample))
    expect(verdict?.score, verdict?.rules.join(' ')).toBeLessThan(SUSPICIOUS)
  })
})
