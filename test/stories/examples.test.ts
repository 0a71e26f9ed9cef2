// Runs the examples of docs/portal-links.md as they are.

import { readFileSync } from 'node:fs'
import { expect, onTestFinished, test } from 'vitest'
import { visit } from '../../src/sandbox/person.ts'
import { startTestSystem } from '../support/system.ts'

const TOKEN = 'a-token-of-the-test-backend'

const page = readFileSync(new URL('../../docs/portal-links.md', import.meta.url), 'utf8')

/** The code of the example that begins with this comment, without its imports. */
const exampleOf = (name: string): string => {
  const [, code] =
    [...page.matchAll(/```js\n\/\/ ([^\n:]+)[^\n]*\n(.*?)```/gs)]
      .map(([, title, text]) => [title, text])
      .find(([title]) => title === name) ?? []
  if (!code) throw new Error(`no example of ${name}`)
  return code.replaceAll(/^import .*\n/gm, '').replaceAll(/^export /gm, '')
}

/** Runs code with these variables. */
const run = (code: string, names: Record<string, unknown>): unknown =>
  new Function(...Object.keys(names), code)(...Object.values(names))

const signedIn = { user: { id: 'user_42' } }

/** Each returns the URL to which it redirects a signed-in user. */
const frameworks: Record<string, (code: string) => Promise<string>> = {
  'Next.js': async (code) => {
    let to = ''
    const redirect = (url: string) => {
      to = url
    }
    const get = run(`${code}\nreturn GET`, {
      redirect,
      auth: async () => signedIn,
    }) as () => unknown
    await get()
    return to
  },
  'Express 5': async (code) => {
    type Handler = (request: unknown, response: unknown) => Promise<void>
    let handler: Handler | undefined
    const app = { get: (_path: string, _guard: unknown, given: Handler) => (handler = given) }
    run(code, { app, signedIn: () => {} })
    let to = ''
    const redirect = (url: string) => {
      to = url
    }
    await handler?.(signedIn, { redirect })
    return to
  },
}

const environment = (postern: string) => {
  const before = { ...process.env }
  Object.assign(process.env, { POSTERN_URL: postern, POSTERN_TOKEN: TOKEN })
  onTestFinished(() => {
    process.env = before
  })
}

test.each(Object.entries(frameworks))(
  'in %s a signed-in customer lands in the portal, and one unknown to Polar on its home page',
  async (name, follow) => {
    const system = await startTestSystem({ environment: { API_TOKEN: TOKEN } })
    environment(system.postern)
    const code = exampleOf(name)
    expect(await follow(code)).toBe(`${system.postern}/portal`)
    const { customerId } = await system.polarWorld.scenario.purchase({
      customer: { email: 'theo@example.com' },
    })
    await system.polarWorld.scenario.updateCustomer(customerId, { external_id: 'user_42' })
    const { status, location } = await visit(await follow(code))
    expect(status).toBe(302)
    expect(new URL(location).searchParams.get('email')).toBe('theo@example.com')
  },
)

test('the stable URL leads to the home of the portal', async () => {
  const system = await startTestSystem()
  const { status, location } = await visit(`${system.postern}/portal`)
  expect([status, location]).toEqual([302, `${system.polar}/larkspur/portal`])
})
