// Who may use the console: signs operators in and out, and lets only their own pages' forms act.

import type { Context, MiddlewareHandler } from 'hono'
import { deleteCookie, getCookie, setCookie } from 'hono/cookie'
import { csrf } from 'hono/csrf'
import type { ClientLimit } from '../redis/limit.ts'
import type { Client } from '../runtime/client-address.ts'
import { SECOND } from '../runtime/clock.ts'
import { isSecret } from '../runtime/secret.ts'
import { SESSION_FOR, type Session, type Sessions } from './sessions.ts'

const COOKIE = 'postern_console'

export const SIGN_IN = '/console/sign-in'

/** Where an operator lands who has signed in. */
const HOME = '/console'

/** The middleware leaves these for the pages. */
export type ConsoleEnv = { Variables: { session: Session; form: Record<string, string> } }

export type ConsoleContext = Context<ConsoleEnv>

type AccessParts = {
  password: string
  sessions: Sessions
  /** Limits wrong passwords. */
  guesses: ClientLimit
  clientOf: (c: Context) => Client
}

/** `wait` in seconds. */
export type SignIn =
  | { session: Session }
  | { refused: 'wrong' }
  | { refused: 'limited'; wait: number }

const hostOf = (origin: string): string | null =>
  URL.canParse(origin) ? new URL(origin).host : null

/** A path of the console to go back to after signing in; any other text leads to its first page. */
export const pathWithin = (text: string | undefined): string => {
  const HERE = 'http://here.invalid'
  if (text === undefined || !URL.canParse(text, HERE)) return HOME
  const { origin, pathname, search } = new URL(text, HERE)
  const isPage = /^\/console(\/|$)/.test(pathname) && pathname !== SIGN_IN
  return origin === HERE && isPage ? pathname + search : HOME
}

export const createAccess = ({ password, sessions, guesses, clientOf }: AccessParts) => {
  const isPassword = isSecret(password)

  const keep = (c: Context, { id }: Session) =>
    setCookie(c, COOKIE, id, {
      prefix: 'host',
      secure: true,
      path: '/',
      httpOnly: true,
      sameSite: 'Strict',
      maxAge: SESSION_FOR / SECOND,
    })

  const forget = (c: Context) =>
    deleteCookie(c, COOKIE, { prefix: 'host', secure: true, path: '/' })

  const sessionOf = async (c: Context): Promise<Session | null> => {
    const id = getCookie(c, COOKIE, 'host')
    return id === undefined ? null : sessions.find(id)
  }

  return {
    sessionOf,

    /** Every guess counts before it is compared, so that many at once are limited too. The right one is given back. */
    signIn: async (c: Context, given: string): Promise<SignIn> => {
      const client = clientOf(c)
      const wait = await guesses.take(client)
      if (wait !== null) return { refused: 'limited', wait }
      if (!isPassword(given)) return { refused: 'wrong' }
      await guesses.giveBack(client)
      const session = await sessions.begin()
      keep(c, session)
      return { session }
    },

    signOut: async (c: Context, { id }: Session) => {
      await sessions.end(id)
      forget(c)
    },

    /** Browsers say which site a form comes from. */
    ownForms: csrf({ origin: (origin, c) => hostOf(origin) === c.req.header('host') }),

    /** Lets only operators through; others are sent to sign in, and come back after that. */
    operatorsOnly: (async (c, next) => {
      const session = await sessionOf(c)
      if (!session) {
        const { pathname, search } = new URL(c.req.url)
        const back = c.req.method === 'GET' ? `?to=${encodeURIComponent(pathname + search)}` : ''
        return c.redirect(`${SIGN_IN}${back}`, 303)
      }
      c.set('session', session)
      return next()
    }) satisfies MiddlewareHandler<ConsoleEnv>,

    /** Whether a form carries the token of this session. */
    isOwnForm: ({ csrf }: Session, given: string | undefined): boolean =>
      given !== undefined && isSecret(csrf)(given),
  }
}

export type Access = ReturnType<typeof createAccess>
