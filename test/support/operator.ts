// An operator at the console: signs in, reads pages, and presses their buttons as a browser does.

import type { IncomingHttpHeaders } from 'node:http'
import { NAVIGATION, visit } from '../../src/sandbox/person.ts'
import type { OnFinished } from './process.ts'
import { startTestSystem, type TestSystem } from './system.ts'

export const PASSWORD = 'correct horse battery staple'

type Options = Parameters<typeof startTestSystem>[0]

/** A system with a console. */
export const startWithConsole = (options: Options = {}, onFinished?: OnFinished) =>
  startTestSystem(
    {
      ...options,
      environment: { CONSOLE_PASSWORD: PASSWORD, ...options.environment },
    },
    onFinished,
  )

const SAME_ORIGIN = { ...NAVIGATION, 'sec-fetch-site': 'same-origin' }

export const cookieIn = (headers: IncomingHttpHeaders): string =>
  headers['set-cookie']?.[0]?.split(';')[0] ?? ''

/** Sends a form as the console's own page does. */
export const submit = (
  url: string,
  fields: Record<string, string>,
  headers: Record<string, string> = {},
) =>
  visit(url, {
    method: 'POST',
    headers: {
      ...SAME_ORIGIN,
      'content-type': 'application/x-www-form-urlencoded',
      ...headers,
    },
    body: new URLSearchParams(fields).toString(),
  })

/** Every form on a page: where it goes, and its fields as they are. */
export const formsIn = (html: string) =>
  [...html.matchAll(/<form[^>]*action="([^"]+)"[^>]*>(.*?)<\/form>/gs)].map(
    ([, action = '', inner = '']) => ({
      action: action.replaceAll('&amp;', '&'),
      fields: Object.fromEntries(
        [...inner.matchAll(/name="([^"]+)"(?:[^>]*?value="([^"]*)")?/g)].map(([, name, value]) => [
          name,
          value ?? '',
        ]),
      ),
      button: /<button[^>]*>(.*?)<\/button>/s.exec(inner)?.[1] ?? '',
    }),
  )

/** Signs in, and keeps the cookie. */
export const signedIn = async ({ postern }: Pick<TestSystem, 'postern'>) => {
  const { headers } = await submit(`${postern}/console/sign-in`, { password: PASSWORD })
  const cookie = cookieIn(headers)
  const read = (path: string) => visit(`${postern}${path}`, { headers: { ...SAME_ORIGIN, cookie } })
  return {
    cookie,
    read,
    /** The text of a page, without its markup. */
    text: async (path: string) =>
      (await read(path)).body.replaceAll(/<[^>]+>/g, ' ').replaceAll(/\s+/g, ' '),
    /** Presses the button of a form on a page, and follows it. @param given fields to fill in. */
    press: async (path: string, button: string, given: Record<string, string> = {}) => {
      const forms = formsIn((await read(path)).body)
      const form = forms.find((one) => one.button === button)
      if (!form) throw new Error(`no button ${button} on ${path}: ${forms.map((f) => f.button)}`)
      const answer = await submit(
        `${postern}${form.action}`,
        { ...form.fields, ...given },
        { cookie },
      )
      if (answer.status !== 303) return answer
      return read(answer.location)
    },
  }
}

export type Operator = Awaited<ReturnType<typeof signedIn>>
