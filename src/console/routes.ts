// The operator's console: who may use it, the headers of its pages, and its sections.

import { Hono } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import { HTTPException } from 'hono/http-exception'
import { secureHeaders } from 'hono/secure-headers'
import type { NoteAct } from '../operator/actions.ts'
import { failure, type Log } from '../runtime/log.ts'
import { type Access, type ConsoleEnv, pathWithin, SIGN_IN } from './access.ts'
import type { Frame } from './frame.ts'
import { assetRoutes } from './ui/assets.ts'
import { emailHeaders } from './ui/email.ts'
import { signInDocument } from './ui/shell.tsx'

const MAX_FORM_BYTES = 64 * 1024

/** No script or style but the console's own, and no page of another site around it. */
const headers = secureHeaders({
  contentSecurityPolicy: {
    defaultSrc: ["'none'"],
    scriptSrc: ["'self'"],
    styleSrc: ["'self'"],
    imgSrc: ["'self'", 'data:'],
    connectSrc: ["'self'"],
    frameSrc: ["'self'"],
    formAction: ["'self'"],
    frameAncestors: ["'self'"],
    baseUri: ["'none'"],
  },
  referrerPolicy: 'same-origin',
  xFrameOptions: 'SAMEORIGIN',
  strictTransportSecurity: false, // the proxy in front of Postern speaks TLS, and decides on it
})

type ConsoleParts = {
  access: Access
  frame: Frame
  /** The routes of each section, with their whole paths. */
  sections: readonly Hono<ConsoleEnv>[]
  note: NoteAct
  log: Log
}

export const consoleRoutes = ({ access, frame, sections, note, log }: ConsoleParts) => {
  const door = new Hono<ConsoleEnv>()
    .get(SIGN_IN, async (c) => {
      const to = pathWithin(c.req.query('to'))
      return (await access.sessionOf(c)) ? c.redirect(to, 303) : c.html(signInDocument({ to }))
    })
    .post(SIGN_IN, async (c) => {
      const { password = '', to } = c.get('form')
      const answer = await access.signIn(c, password)
      const back = pathWithin(to)
      if ('session' in answer) {
        await note.result({ act: 'signed in' })
        return c.redirect(back, 303)
      }
      log.warn({ because: answer.refused }, 'console: sign-in refused')
      if (answer.refused === 'wrong')
        return c.html(signInDocument({ problem: 'That is not the password.', to: back }), 403)
      c.header('Retry-After', `${answer.wait}`)
      const minutes = Math.ceil(answer.wait / 60)
      const problem = `Too many attempts from this network. Try again in ${minutes} minutes.`
      return c.html(signInDocument({ problem, to: back }), 429)
    })

  const signOut = new Hono<ConsoleEnv>().post('/console/sign-out', async (c) => {
    await access.signOut(c, c.get('session'))
    await note.result({ act: 'signed out' })
    return c.redirect(SIGN_IN, 303)
  })

  const app = new Hono<ConsoleEnv>()
    .use('/console/*', emailHeaders, headers)
    .route('/', assetRoutes())
    .use('/console/*', async (c, next) => {
      await next()
      c.header('Cache-Control', 'no-store')
      c.header('X-Robots-Tag', 'noindex')
    })
    .use('/console/*', access.ownForms)
    .post('/console/*', bodyLimit({ maxSize: MAX_FORM_BYTES }), async (c, next) => {
      const fields = Object.entries(await c.req.parseBody())
      const texts = fields.filter(
        (field): field is [string, string] => typeof field[1] === 'string',
      )
      c.set('form', Object.fromEntries(texts))
      return next()
    })
    .route('/', door)
    .use('/console/*', access.operatorsOnly)
    .post('/console/*', (c, next) =>
      access.isOwnForm(c.get('session'), c.get('form').csrf)
        ? next()
        : frame.show(c, formExpired, 403),
    )

  const whole = [signOut, ...sections]
    .reduce((all, some) => all.route('/', some), app)
    .all('/console/*', (c) => frame.show(c, notFound, 404))
    .onError((error, c) => {
      if (error instanceof HTTPException) return error.getResponse()
      log.error({ method: c.req.method, ...failure(error) }, 'console request failed')
      return c.text('Something went wrong here. The log says what; try again.', 500)
    })
  return new Hono().route('/', whole)
}

const overview = { path: '/console', name: 'Overview' }

const notFound = {
  title: 'There is nothing here',
  parent: overview,
  body: 'The address may be wrong, or what it showed has grown old and is gone.',
}

const formExpired = {
  title: 'This form is too old',
  parent: overview,
  body: 'Nothing was changed. Go back, reload the page, and try again.',
}
