// `npm run setup` in a folder of its own, before simulated accounts in which nothing is set up.

import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseEnv } from 'node:util'
import { createPolar } from '@polar-sh/sdk/2026-10'
import { onTestFinished } from 'vitest'
import type { Reached } from '../../src/doctor/reach.ts'
import type { PosternProcess } from '../../src/processes/store.ts'
import { createMovableClock } from '../../src/runtime/clock.ts'
import { createSimulatedPolar } from '../../src/sandbox/polar/server.ts'
import { createSimulatedResend } from '../../src/sandbox/resend/server.ts'
import { ORGANIZATION, SECRETS } from '../../src/sandbox/system.ts'
import { runSetup } from '../../src/setup/run.ts'
import type { Terminal } from '../../src/setup/terminal.ts'

export const PUBLIC_URL = 'https://billing.larkspur.example.com'

const EXAMPLE = readFileSync(new URL('../../.env.example', import.meta.url), 'utf8')

/** Answers by a word of the question; several, in their order. */
type Typed = Record<string, string | string[]>

/** A person who types these answers, or nobody. */
const typing = (typed: Typed | null) => {
  const left = new Map(Object.entries(typed ?? {}).map(([word, all]) => [word, [all].flat()]))
  const said: string[] = []
  const hidden: string[] = []
  const terminal: Terminal = {
    isInteractive: typed !== null,
    say: (line = '') => said.push(line),
    complain: (line) => said.push(line),
    ask: async (text, { isHidden, suggestion } = {}) => {
      said.push(suggestion ? `${text} [${suggestion}]` : text)
      const [, answers] = [...left].find(([word]) => text.includes(word)) ?? []
      const answer = answers?.shift()
      if (answer === undefined) throw new Error(`an unexpected question: ${text}`)
      if (isHidden) hidden.push(answer)
      return answer || (suggestion ?? '')
    },
    close: () => {},
  }
  return { terminal, said, hidden }
}

export const startAccounts = async (publicUrl = PUBLIC_URL) => {
  let workers: readonly PosternProcess['mode'][] | string = ['hold']
  const clock = createMovableClock()
  const resend = await createSimulatedResend({
    ...{ clock, apiKey: SECRETS.resendKey, rateLimit: Number.POSITIVE_INFINITY },
  })
  resend.changeDomain({ name: 'larkspur.example.com' })
  const polar = await createSimulatedPolar({
    ...{ clock, accessToken: SECRETS.polarToken, webhookSecret: SECRETS.polarWebhook },
    ...{ webhookUrl: () => `${publicUrl}/webhooks/polar`, organization: ORGANIZATION },
  })
  const sdk = createPolar({ accessToken: SECRETS.polarToken, baseUrl: polar.url })
  await sdk.webhooks.deleteWebhookEndpoint(polar.webhooks.endpoint.id)
  const emails = polar.world.organization.customer_email_settings
  const allOn = Object.fromEntries(Object.keys(emails).map((name) => [name, true]))
  polar.world.changeOrganization({ customer_email_settings: { ...emails, ...allOn } })
  onTestFinished(async () => {
    await polar.close()
    await resend.close()
  })

  const folder = mkdtempSync(join(tmpdir(), 'postern-setup-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  writeFileSync(join(folder, '.env.example'), EXAMPLE)

  const origins = { POLAR_BASE_URL: polar.url, RESEND_BASE_URL: resend.url }
  const settings: Record<string, string> = {
    POLAR_ACCESS_TOKEN: SECRETS.polarToken,
    RESEND_API_KEY: SECRETS.resendKey,
    PUBLIC_URL: publicUrl,
    REDIS_URL: 'redis://127.0.0.1:6379',
    EMAIL_FROM: 'Larkspur <billing@larkspur.example.com>',
  }
  const path = (name: string) => join(folder, name)
  /** The answer at the public address. */
  const outside: { answer: Reached } = { answer: { failed: 'ECONNREFUSED' } }

  return {
    ...{ clock, polar, resend, sdk, folder, settings, origins, outside },
    /** Runs it; `typed` is what a person types, else nobody is there. */
    run: async (line: string, environment: Record<string, string> = settings, typed?: Typed) => {
      const { terminal, said, hidden } = typing(typed ?? null)
      const args = line.split(' ').filter(Boolean)
      const code = await runSetup({
        ...{ args, environment: { ...origins, ...environment }, folder, terminal, clock },
        examine: async () => ['what the doctor says'],
        workerModes: async () => workers,
        reach: async () => outside.answer,
      })
      return { code, text: said.join('\n'), hidden }
    },
    /** From now on workers run in these modes, or nobody can tell, for this reason. */
    workersRun: (modes: typeof workers) => {
      workers = modes
    },
    /** The contents of both accounts; a change leaves its time at Polar. */
    state: () =>
      structuredClone({
        endpoints: polar.webhooks.endpoints().map(({ modified_at: _, ...row }) => row),
        emails: polar.world.organization.customer_email_settings,
        webhooks: resend.webhooks.list(),
      }),
    write: (name: string, text: string) => writeFileSync(path(name), text),
    read: (name: string) => readFileSync(path(name), 'utf8'),
    env: () => parseEnv(readFileSync(path('.env'), 'utf8')) as Record<string, string>,
    mode: (name: string) => statSync(path(name)).mode & 0o777,
  }
}

export type Accounts = Awaited<ReturnType<typeof startAccounts>>
